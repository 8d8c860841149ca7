"""A turn in a JPEG is one number: what other programs show turns, and nothing else of the file does."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps

from core.jpeg_turning import NotTurned, reversed_splices, spliced, turning, write_spliced
from core.turning import turned

ORIENTATION = ExifTags.Base.Orientation
XMP = b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf tiff:Orientation="%d" xmp:Rating="4"/></x:xmpmeta>'


def picture() -> Image.Image:
    made = Image.new("RGB", (48, 32))
    made.putdata([(x * 5, y * 7, (x * y) % 256) for y in range(32) for x in range(48)])
    return made


def jpeg(exif: Image.Exif | None = None, xmp: bytes | None = None) -> bytes:
    out = io.BytesIO()
    said = {key: value for key, value in (("exif", exif), ("xmp", xmp)) if value is not None}
    picture().save(out, "JPEG", quality=95, **said)
    return out.getvalue()


def exif_with(orientation: int | None, endian: str = "<") -> Image.Exif:
    exif = Image.Exif()
    exif.endian = endian
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Artist] = "Pinhole", "雪 and a longer name than fits"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2019:05:17 18:03:01"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    if orientation is not None:
        exif[ORIENTATION] = orientation
    return exif


def shown(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        upright = ImageOps.exif_transpose(image)
        assert upright is not None
        return upright.copy()


def said(data: bytes) -> dict[object, object]:
    with Image.open(io.BytesIO(data)) as image:
        exif = image.getexif()
        parts = {ifd: dict(exif.get_ifd(ifd)) for ifd in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)}
        places = (ORIENTATION, ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
        return {**{tag: value for tag, value in exif.items() if tag not in places}, **parts}


def after(data: bytes, quarters: int) -> bytes:
    splices = turning(data, quarters)
    made = spliced(data, splices)
    assert spliced(made, reversed_splices(splices)) == data
    return made


@pytest.mark.parametrize("endian", ["<", ">"])
@pytest.mark.parametrize("orientation", [None, *range(1, 9)])
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_it_is_shown_turned_and_says_all_it_said(orientation: int | None, quarters: int, endian: str) -> None:
    before = jpeg(exif_with(orientation, endian))
    made = after(before, quarters)
    assert shown(made).tobytes() == turned(shown(before), quarters).tobytes()
    assert said(made) == said(before)
    if orientation is not None:
        assert len(made) == len(before) and sum(a != b for a, b in zip(made, before, strict=True)) == 1


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_file_without_exif_gets_one(quarters: int) -> None:
    before = jpeg()
    made = after(before, quarters)
    assert shown(made).tobytes() == turned(shown(before), quarters).tobytes()
    assert made.endswith(before[before.index(b"\xff\xdb") :])


def test_what_repeats_it_says_the_same() -> None:
    before = jpeg(exif_with(6), XMP[29:] % 6)
    made = after(before, 1)
    assert b'tiff:Orientation="3" xmp:Rating="4"' in made and shown(made).size == (48, 32)
    alone = jpeg(None, XMP[29:] % 6)
    assert shown(after(alone, 1)).tobytes() == turned(shown(alone), 1).tobytes(), "it was turned by what XMP says"


def test_pictures_behind_the_first_stay_where_they_are_counted() -> None:
    more = struct.pack(">BBH", 0xFF, 0xE2, 6) + b"MPF\0"
    bare = jpeg()
    with pytest.raises(NotTurned):
        turning(bare[:2] + more + bare[2:], 1)
    held = jpeg(exif_with(1))
    assert len(after(held[:2] + more + held[2:], 1)) == len(held) + len(more)


@given(st.binary(max_size=200), st.integers(0, 600))
def test_no_bytes_trip_it_up(noise: bytes, at: int) -> None:
    data = bytearray(jpeg(exif_with(6)))
    data[at : at + len(noise)] = noise
    for made in (bytes(data), noise, bytes(data[:at])):
        try:
            after(made, 1)
        except NotTurned:
            continue


def test_a_file_is_exchanged_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "雪.jpg"
    before = jpeg(exif_with(1))
    path.write_bytes(before)
    path.chmod(0o640)
    os.utime(path, ns=(10**18, 10**18))
    splices = turning(before, 1)
    made = write_spliced(path, before, splices)
    assert path.read_bytes() == made != before and path.stat().st_mtime_ns == 10**18 + 10**9
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(NotTurned):
        write_spliced(path, before, splices)
    assert path.read_bytes() == made and [one.name for one in tmp_path.iterdir()] == ["雪.jpg"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only to who runs this")
def test_a_read_only_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "kept.jpg"
    path.write_bytes(jpeg())
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        write_spliced(path, path.read_bytes(), turning(path.read_bytes(), 1))

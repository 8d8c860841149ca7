"""Every format decodes to the same picture, upright and in sRGB."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from PIL import Image, ImageCms

from core.decode.formats import open_image
from core.decode.job import Refused
from core.decode.jxl import jxl_size
from core.decode.picture import open_picture
from tests.core.decode.dng import dng
from tests.core.decode.making import LIMITS, difference, encoded, photo, rendered

LOSSLESS = ["PNG", "TIFF", "BMP", "GIF", "PPM", "QOI", "PCX", "WEBP", "JPEG2000", "JXL"]
LOSSY = {"JPEG": 4.0, "AVIF": 5.0, "HEIF": 5.0, "WEBP": 5.0}


def _codecs() -> None:
    """Have the optional codecs registered for writing."""
    import pillow_heif
    import pillow_jxl

    assert pillow_jxl
    pillow_heif.register_heif_opener()


@pytest.mark.parametrize("format", LOSSLESS)
def test_lossless_formats(format: str) -> None:
    _codecs()
    image = photo(200, 130)
    if format == "GIF":
        image = image.quantize(64)
    options = {"lossless": True} if format in ("WEBP", "JXL") else {}
    assert difference(rendered(encoded(image, format, **options)), image.convert("RGB")) == 0


@pytest.mark.parametrize(("format", "most"), LOSSY.items())
def test_lossy_formats(format: str, most: float) -> None:
    _codecs()
    image = photo(320, 200)
    assert difference(rendered(encoded(image, format, quality=90)), image) < most


def test_the_name_of_a_file_does_not_matter() -> None:
    assert open_picture(encoded(photo(), "PNG"), "wrong.jpg", pixels=10**8).facts.format == "PNG"


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_orientation(format: str, turn: int) -> None:
    _codecs()
    upright = photo(240, 160)
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(turn)
    stored = upright if back is None else upright.transpose(back)
    exif = Image.Exif()
    exif[274] = turn
    picture = open_picture(encoded(stored, format, exif=exif.tobytes()), "x", pixels=10**8)
    assert (picture.facts.width, picture.facts.height) == upright.size
    assert picture.facts.orientation == turn or (format in ("HEIF", "AVIF") and turn == 1)
    assert difference(picture.render(1).image, upright) < 8


def test_sixteen_bits_are_scaled_and_not_clipped() -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (64, 1))
    for format in ("PNG", "TIFF"):
        shown = np.asarray(rendered(encoded(Image.fromarray(ramp), format)))[0, :, 0].astype(int)
        assert np.abs(shown - np.arange(256)).max() <= 1
    twelve = Image.fromarray((ramp // 16).astype(np.uint16))
    shown = np.asarray(rendered(encoded(twelve, "TIFF")))[0, :, 0].astype(int)
    assert np.abs(shown - np.arange(256)).max() <= 1


@pytest.mark.parametrize("low, high", [(0.0, 1.0), (0.0, 255.0), (-5.0, 1e6)])
def test_floating_point_pictures_show_their_range(low: float, high: float) -> None:
    ramp = np.tile(np.linspace(low, high, 256, dtype=np.float32), (64, 1))
    ramp[3, 3] = np.nan
    shown = np.asarray(rendered(encoded(Image.fromarray(ramp), "TIFF")))[0, :, 0].astype(int)
    assert np.abs(shown - np.arange(256)).max() <= 1


def test_transparent_parts_become_white() -> None:
    image = Image.new("RGBA", (80, 60), (0, 0, 0, 0))
    image.paste((200, 30, 40, 255), (0, 0, 40, 60))
    shown = rendered(encoded(image, "PNG"))
    assert shown.getpixel((10, 10)) == (200, 30, 40)
    assert shown.getpixel((70, 10)) == (255, 255, 255)
    grey = Image.new("LA", (20, 20), (0, 128))
    assert rendered(encoded(grey, "PNG")).getpixel((5, 5)) == (127, 127, 127)


def test_a_transparent_palette_colour_becomes_white() -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 10, 20, 30])
    image.putpixel((0, 0), 0)
    shown = rendered(encoded(image, "PNG", transparency=0))
    assert shown.getpixel((0, 0)) == (255, 255, 255) and shown.getpixel((4, 4)) == (10, 20, 30)


@pytest.mark.parametrize("mode", ["1", "L", "CMYK", "YCbCr", "LAB"])
def test_other_colour_modes(mode: str) -> None:
    image = photo(120, 80)
    if mode == "LAB":
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        stored = ImageCms.profileToProfile(image, srgb, lab, outputMode="LAB")
        assert stored is not None
    else:
        stored = image.convert(mode)
    expected = image if mode in ("LAB", "CMYK", "YCbCr") else stored.convert("RGB")
    assert difference(rendered(encoded(stored, "TIFF")), expected) < 3


def _profile(kind: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(kind)).tobytes()  # type: ignore[arg-type]


def test_an_srgb_profile_changes_not_a_bit() -> None:
    image = photo(100, 80)
    assert difference(rendered(encoded(image, "PNG", icc_profile=_profile("sRGB"))), image) == 0


def test_another_profile_is_converted() -> None:
    # A profile whose red and blue are swapped: cheap to make, and plainly wrong if ignored.
    swapped = bytearray(_profile("sRGB"))
    names = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}
    for at in range(132, 132 + 12 * int.from_bytes(swapped[128:132], "big"), 12):
        name = bytes(swapped[at : at + 4])
        swapped[at : at + 4] = names.get(name, name)
    image = Image.new("RGB", (40, 40), (250, 10, 20))
    red, _, blue = rendered(encoded(image, "PNG", icc_profile=bytes(swapped))).getpixel((5, 5))  # type: ignore[misc]
    assert blue > 200 > 100 > red


@pytest.mark.parametrize("profile", [b"garbage", b"\0" * 200])
def test_a_broken_profile_is_ignored(profile: bytes) -> None:
    image = photo(60, 40)
    assert difference(rendered(encoded(image, "PNG", icc_profile=profile)), image) == 0


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP"])
def test_the_first_frame_that_shows_something(format: str) -> None:
    empty, shown = Image.new("RGBA", (50, 40), (0, 0, 0, 0)), photo(50, 40).convert("RGBA")
    data = encoded(empty, format, save_all=True, append_images=[shown, shown.rotate(180)], duration=40, disposal=1) \
        if format != "WEBP" else encoded(empty, format, save_all=True, append_images=[shown], duration=40)  # fmt: skip
    assert np.asarray(rendered(data)).std() > 20


def test_a_jpeg_that_ends_early_is_shown_if_half_of_it_is_there() -> None:
    data = encoded(photo(800, 600), "JPEG", quality=85)
    whole = rendered(data)
    mended = rendered(data[: int(len(data) * 0.8)])
    assert mended.size == whole.size
    assert difference(np.asarray(mended)[:300], np.asarray(whole)[:300]) < 1
    with pytest.raises(Refused, match="More than half"):
        rendered(data[: int(len(data) * 0.3)])


def test_a_picture_with_too_many_pixels_is_refused_by_its_header() -> None:
    data = encoded(Image.new("1", (20_000, 20_600)), "PNG")
    with pytest.raises(Refused, match="has 412 million pixels; Recollect reads up to 250 million"):
        open_image(data, LIMITS.pixels)


def test_a_jpeg_xl_with_too_many_pixels_is_refused_before_it_is_opened() -> None:
    _codecs()
    for size in ((8, 8), (256, 256), (200, 130), (3000, 17), (640, 480)):
        assert jxl_size(encoded(Image.new("RGB", size), "JXL")) == size
    with pytest.raises(Refused, match="million pixels"):
        open_image(encoded(Image.new("RGB", (3000, 17)), "JXL"), 50_000)
    with pytest.raises(Refused):
        jxl_size(b"\x00\x00\x00\x0cJXL \r\n\x87\n" + b"\0" * 40)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 and more", "PDF"),
        (b"  <!doctype html><html>", "web page"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "film"),
        (b"hello, this is text", "not a picture"),
        (b"\x89PNG but no more", "damaged"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "PostScript"),
    ],
)
def test_what_is_no_picture_is_named(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        open_image(data, LIMITS.pixels)


def test_raw_shows_the_picture_inside_it() -> None:
    inside = photo(1200, 800)
    data = dng(1600, 1100, preview=encoded(inside, "JPEG", quality=92))
    picture = open_picture(data, "IMG_1.DNG", pixels=LIMITS.pixels)
    assert difference(picture.render(1).image, inside) < 4
    facts = picture.facts
    assert (facts.width, facts.height, facts.format) == (1600, 1100, "DNG")
    assert (facts.camera, facts.taken_at) == ("Recollect Test One", "2021-06-05T04:03:02")


def test_raw_is_turned_upright() -> None:
    inside = photo(1200, 800)
    data = dng(1600, 1100, preview=encoded(inside, "JPEG"), orientation=6)
    picture = open_picture(data, "a.dng", pixels=LIMITS.pixels)
    assert (picture.facts.width, picture.facts.height, picture.facts.orientation) == (1100, 1600, 6)
    assert difference(picture.render(1).image, inside.transpose(Image.Transpose.ROTATE_270)) < 5


def test_raw_without_a_picture_is_developed() -> None:
    shown = np.asarray(open_picture(dng(1600, 1100), "a.dng", pixels=LIMITS.pixels).render(1).image).astype(int)
    assert shown.shape == (550, 800, 3)
    assert shown[100:400, 600:700].mean() > shown[100:400, 100:300].mean() + 20
    stamp = dng(1600, 1100, preview=encoded(photo(160, 110), "JPEG"))
    assert open_picture(stamp, "a.dng", pixels=LIMITS.pixels).render(1).image.size == (800, 550)


def test_a_damaged_raw_is_named() -> None:
    with pytest.raises(Refused, match="RAW file is damaged"):
        open_picture(b"FUJIFILMCCD-RAW 0201" + b"\0" * 500, "a.raf", pixels=LIMITS.pixels)


def test_an_ordinary_tiff_with_a_maker_is_no_raw() -> None:
    exif = Image.Exif()
    exif[271] = "Epson"
    image = photo(90, 70)
    picture = open_picture(encoded(image, "TIFF", exif=exif), "scan.nef", pixels=LIMITS.pixels)
    assert picture.facts.format == "TIFF" and picture.facts.camera == "Epson"
    assert difference(picture.render(1).image, image) == 0


@pytest.mark.parametrize(("name", "format_"), [("a.dng", "DNG"), ("A.DNG", "DNG"), ("a.tif", "TIFF")])
def test_a_dng_that_no_camera_made_is_one_by_its_name(name: str, format_: str) -> None:
    exif = Image.Exif()
    exif[50706] = b"\1\4\0\0"
    assert open_picture(encoded(photo(90, 70), "TIFF", exif=exif), name, pixels=LIMITS.pixels).facts.format == format_


def test_a_missing_codec_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _codecs()
    heif, raw = encoded(photo(64, 64), "HEIF"), dng()
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    monkeypatch.setitem(sys.modules, "rawpy", None)
    with pytest.raises(Refused, match="HEIF pictures are not supported by this installation"):
        open_image(heif, LIMITS.pixels)
    with pytest.raises(Refused, match="RAW is not supported by this installation"):
        open_picture(raw, "a.dng", pixels=LIMITS.pixels)


def test_large_pictures_are_shrunk_before_their_colours_are_converted() -> None:
    image = photo(1602, 1200)
    small = rendered(encoded(image, "PNG"), 3.9)
    assert small.size == (534, 400)
    assert difference(small, image.resize(small.size, Image.Resampling.BOX)) < 1

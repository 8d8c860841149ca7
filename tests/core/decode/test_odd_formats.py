"""Pictures that other programs open and whose usual codec does not: decoded in another way, to the same picture."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image, ImageCms

from core.decode import bmff
from core.decode.job import Refused
from core.decode.picture import open_picture
from core.decode.tiff import as_shown
from tests.core.decode.making import SHARED, difference, encoded, photo, rendered

pytestmark = pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
"""What Pillow says when it takes a BigTIFF in Motorola's order for an ordinary one; a worker shows no warnings."""

_LIGHT = np.linspace(0, 1, 40 * 50 * 3, dtype=np.float32).reshape(40, 50, 3)


def _tiff(pixels: NDArray[Any], **options: Any) -> bytes:
    target = BytesIO()
    tifffile.imwrite(target, pixels, **options)
    return target.getvalue()


def _heic(image: Image.Image) -> bytes:
    import pillow_heif

    target = BytesIO()
    pillow_heif.from_pillow(image).save(target, quality=90)
    return target.getvalue()


@pytest.mark.parametrize("tile", [None, (32, 32)])
@pytest.mark.parametrize("planes", ["contig", "separate"])
def test_big_tiff_in_motorolas_byte_order(planes: str, tile: tuple[int, int] | None) -> None:
    pixels = np.asarray(photo(90, 70))
    stored = pixels if planes == "contig" else pixels.transpose(2, 0, 1)
    data = _tiff(stored, bigtiff=True, byteorder=">", photometric="rgb", planarconfig=planes, tile=tile)
    assert difference(rendered(data), pixels) == 0


def test_what_such_a_tiff_says_of_itself_is_kept() -> None:
    tags = [(271, "s", 0, "Canon", True), (274, "H", 1, 6, True)]
    data = _tiff(np.asarray(photo(90, 70)), bigtiff=True, byteorder=">", photometric="rgb", extratags=tags)
    picture = open_picture(data, "x", pixels=10**8)
    assert (picture.facts.camera, picture.facts.orientation, picture.size) == ("Canon", 6, (70, 90))
    assert difference(picture.render(1).image, photo(90, 70).transpose(Image.Transpose.ROTATE_270)) == 0


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("number", ["f4", "f2"])
def test_light_in_floating_point(number: str, order: str) -> None:
    data = _tiff(_LIGHT.astype(number), byteorder=order, photometric="rgb", compression="zlib")
    assert difference(rendered(data), as_shown(_LIGHT)) < 0.5


@pytest.mark.parametrize("order", ["<", ">"])
def test_light_stored_as_differences(order: str) -> None:
    stored = _LIGHT.astype(">f4").view(np.uint8).reshape(40, 150, 4).transpose(0, 2, 1).reshape(40, 200, 3)
    rows = zlib.compress(np.diff(stored, axis=1, prepend=np.uint8(0)).astype(np.uint8).tobytes())
    data = _plain_tiff(order, rows, {256: 50, 257: 40, 259: 8, 262: 2, 277: 3, 278: 40, 284: 1, 317: 3})
    assert difference(rendered(data), as_shown(_LIGHT)) < 0.5


def _plain_tiff(order: str, strip: bytes, short: dict[int, int]) -> bytes:
    """Write a TIFF of one strip of three floating point samples a pixel."""
    values = {tag: (3, 1, struct.pack(order + "HH", number, 0)) for tag, number in short.items()}
    values[273], values[279] = (4, 1, struct.pack(order + "I", 20)), (4, 1, struct.pack(order + "I", len(strip)))
    values[258], values[339] = (3, 3, struct.pack(order + "I", 8)), (3, 3, struct.pack(order + "I", 14))
    entries = b"".join(struct.pack(order + "HHI", tag, *values[tag][:2]) + values[tag][2] for tag in sorted(values))
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I6H", 20 + len(strip), 32, 32, 32, 3, 3, 3)
    return head + strip + struct.pack(order + "H", len(values)) + entries + bytes(4)


def test_light_brighter_than_a_screen_keeps_its_shapes() -> None:
    lamp = _LIGHT * 0.5
    lamp[:2, :2] = 1000.0
    shown = np.asarray(rendered(_tiff(lamp, photometric="rgb"))).astype(int)
    assert shown[:2, :2].min() == 255 and 0 < shown[20, 20].mean() < 255
    assert np.ptp(shown[30:, :]) > 20


def test_numbers_with_a_profile_are_shown_as_they_are() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = _tiff(_LIGHT, photometric="rgb", extratags=[(34675, "B", len(profile), profile, True)])
    assert difference(rendered(data), np.rint(_LIGHT * 255).astype(np.uint8)) < 1


def test_such_a_tiff_has_a_limit_too() -> None:
    with pytest.raises(Refused, match="pixels"):
        open_picture(_tiff(_LIGHT, photometric="rgb"), "x", pixels=1999)


def _packed(row: bytes) -> bytes:
    runs = [row[at : at + 128] for at in range(0, len(row), 128)]
    return b"".join(bytes([len(run) - 1]) + run for run in runs)


def _psd(planes: NDArray[Any], mode: int, *, packed: bool, resources: bytes = b"") -> bytes:
    count, height, width = planes.shape
    bits = planes.dtype.itemsize * 8
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, count, height, width, bits, mode)
    blocks = struct.pack(">I", 0) + struct.pack(">I", len(resources)) + resources + struct.pack(">I", 0)
    rows = [row.tobytes() for plane in planes for row in plane]
    if not packed:
        return head + blocks + struct.pack(">H", 0) + b"".join(rows)
    rows = [_packed(row) for row in rows]
    lengths = struct.pack(f">{len(rows)}H", *map(len, rows))
    return head + blocks + struct.pack(">H", 1) + lengths + b"".join(rows)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(("mode", "name"), [(1, "L"), (3, "RGB"), (4, "CMYK")])
def test_photoshop_documents_of_16_bits(mode: int, name: str, packed: bool) -> None:
    image = photo(90, 70).convert(name)
    planes = np.atleast_3d(np.asarray(image)).transpose(2, 0, 1)
    stored = (255 - planes if name == "CMYK" else planes).astype(">u2") * 257
    assert difference(rendered(_psd(stored.astype(">u2"), mode, packed=packed)), image.convert("RGB")) == 0


def test_photoshop_documents_of_32_bits_are_light() -> None:
    planes = _LIGHT.transpose(2, 0, 1).astype(">f4")
    assert difference(rendered(_psd(planes, 3, packed=False)), as_shown(_LIGHT)) == 0


def test_the_profile_of_a_deep_photoshop_document_is_used() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    resources = b"8BIM" + struct.pack(">HxxI", 1039, len(profile)) + profile + bytes(len(profile) % 2)
    data = _psd(np.zeros((3, 4, 4), ">u2"), 3, packed=False, resources=resources)
    assert open_picture(data, "x", pixels=100).image.info["icc_profile"] == profile


def test_a_deep_photoshop_document_that_ends_too_early_is_refused() -> None:
    data = _psd(np.zeros((3, 40, 40), ">u2"), 3, packed=True)
    with pytest.raises((OSError, ValueError, struct.error)):
        rendered(data[:-4000])


@pytest.mark.parametrize("brand", [b"mif2", b"heif", b"MiHE"])
def test_heic_under_the_brand_of_a_newer_writer(brand: bytes) -> None:
    data = _heic(photo(160, 120))
    other = data[:8] + brand + data[12:]
    assert difference(rendered(other), rendered(data)) == 0
    assert open_picture(other, "x", pixels=10**8).facts.format == "HEIF"


def _in_two_boxes(data: bytes) -> bytes:
    """Write the associations of a picture of two items into a box each, and move what lies behind."""
    at = data.index(b"ipma") - 4
    (length,) = struct.unpack_from(">I", data, at)
    entries, count = data[at + 16 : at + length], struct.unpack_from(">I", data, at + 12)[0]
    assert count == 2
    first = 3 + entries[2]
    boxes = [struct.pack(">I4sII", 16 + len(part), b"ipma", 0, 1) + part for part in (entries[:first], entries[first:])]
    grown = bytearray(data[:at] + b"".join(boxes) + data[at + length :])
    for kind in (b"iprp", b"meta"):
        start = grown.index(kind) - 4
        struct.pack_into(">I", grown, start, struct.unpack_from(">I", grown, start)[0] + 16)
    iloc = grown.index(b"iloc") + 4
    for item in range(struct.unpack_from(">H", grown, iloc + 6)[0]):
        place = iloc + 8 + 14 * item + 6
        struct.pack_into(">I", grown, place, struct.unpack_from(">I", grown, place)[0] + 16)
    return bytes(grown)


def test_avif_with_a_box_for_each_items_properties() -> None:
    image = photo(160, 120)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    data = encoded(image, "AVIF", quality=90)
    split = _in_two_boxes(data)
    with pytest.raises(OSError, match="identify"):
        Image.open(BytesIO(split))
    assert difference(rendered(split), rendered(data)) == 0
    assert bmff.with_one_association_box(data) is None


@pytest.mark.parametrize(
    "name",
    [
        "10x12x16bit-CMYK.psd",
        "C013.heic",
        "plum-blossom-large.profile0.8bpc.yuv420.alpha-limited.monochrome.avif",
        "plum-blossom-small.profile0.10bpc.yuv420.alpha-full.monochrome.avif",
        "plum-blossom-small.profile2.12bpc.yuv422.alpha-full.monochrome.avif",
        "rgbr4x4.hdr.tiff",
    ],
)
def test_samples_that_others_open(name: str) -> None:
    path = SHARED / "formats" / name
    if not path.is_file():
        pytest.skip(f"{path} is not on this machine")
    assert np.ptp(np.asarray(rendered(path.read_bytes(), name=name))) > 30


def test_a_heic_that_shows_a_small_part_of_what_it_holds() -> None:
    path = SHARED / "formats" / "C013.heic"
    if not path.is_file():
        pytest.skip(f"{path} is not on this machine")
    import pillow_heif

    shown = np.asarray(pillow_heif.open_heif(path.read_bytes())[0])[..., :3]
    assert difference(rendered(path.read_bytes()), shown) < 1

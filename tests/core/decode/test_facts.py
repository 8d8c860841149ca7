"""What photos say about themselves, and what is not believed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from core.decode.facts import exif_facts, merged, orientation
from core.decode.picture import open_picture
from core.decode.xmp import xmp_facts
from core.photo import Facts
from tests.core.decode.making import SHARED, encoded, photo


def _exif(
    main: dict[int, Any], photo_tags: dict[int, Any] | None = None, gps: dict[int, Any] | None = None
) -> Image.Exif:
    exif = Image.Exif()
    exif.update(main)
    exif.get_ifd(0x8769).update(photo_tags or {})
    exif.get_ifd(0x8825).update(gps or {})
    return exif


def test_all_facts_through_a_real_file() -> None:
    exif = Image.Exif()
    exif[271], exif[272], exif[274], exif[0x4746] = "Canon", "Canon EOS 40D", 1, 4
    exif[0x8769] = {36867: "2008:05:30 15:56:01", 0xA434: "EF-S17-85mm f/4-5.6 IS USM"}
    exif[0x8825] = {1: "S", 2: (33.0, 51.0, 24.5), 3: "E", 4: (151.0, 12.0, 0.0)}
    facts = open_picture(encoded(photo(90, 60), "JPEG", exif=exif), "a.jpg", pixels=10**6).facts
    assert facts == Facts(
        width=90,
        height=60,
        taken_at="2008-05-30T15:56:01",
        camera="Canon EOS 40D",
        lens="EF-S17-85mm f/4-5.6 IS USM",
        orientation=1,
        latitude=-33.8568056,
        longitude=151.2,
        rating=4,
        format="JPEG",
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2008:05:30 15:56:01", "2008-05-30T15:56:01"),
        ("2008-05-30T15:56", "2008-05-30T15:56:00"),
        ("2008:05:30", "2008-05-30T00:00:00"),
        ("2008:05:30 15:56:01\0", "2008-05-30T15:56:01"),
        (b"2008:05:30 15:56:01", "2008-05-30T15:56:01"),
        ("0000:00:00 00:00:00", None),
        ("2008:13:30 15:56:01", None),
        ("9999:01:01 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("1950:  :     :  :  ", "1950-01-01T00:00:00"),
        ("1950:04:  :  :  :  ", "1950-04-01T00:00:00"),
        ("2008", "2008-01-01T00:00:00"),
        ("2008-13", None),
        ("2008:00:00 00:00:00", None),
        ("Fri, 09 Aug 2019 10:11:12 +0200", "2019-08-09T10:11:12"),
        ("9 Aug 2019", "2019-08-09T00:00:00"),
        ("99 Aug 2019 10:11:12", None),
        ("", None),
        (20080530, None),
    ],
)
def test_dates(written: object, read: str | None) -> None:
    assert exif_facts(_exif({}, {36867: written})).taken_at == read


def test_a_bad_date_gives_way_to_the_next() -> None:
    exif = _exif({306: "2010:01:02 03:04:05"}, {36867: "0000:00:00 00:00:00"})
    assert exif_facts(exif).taken_at == "2010-01-02T03:04:05"


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 40D", "Canon EOS 40D"),
        ("NIKON CORPORATION", "NIKON D70s", "NIKON D70s"),
        ("SONY", "DSC-W1", "SONY DSC-W1"),
        ("EASTMAN KODAK COMPANY", "KODAK DC210", "KODAK DC210"),
        ("OLYMPUS IMAGING CORP.", "E-M1", "OLYMPUS E-M1"),
        ("SAMSUNG TECHWIN", "SAMSUNG NX10", "SAMSUNG NX10"),
        ("LEICA CAMERA AG", "LEICA Q2", "LEICA Q2"),
        ("KONICA MINOLTA", "MINOLTA DiMAGE Z5", "KONICA MINOLTA DiMAGE Z5"),
        ("PENTAX RICOH IMAGING", "PENTAX K-30", "PENTAX RICOH K-30"),
        ("Sony Ericsson", "Sony K750i", "Sony Ericsson K750i"),
        ("FUJIFILM  ", " X-T4\0\0", "FUJIFILM X-T4"),
        (None, "X100", "X100"),
        ("Leica", None, "Leica"),
        ("", "", None),
    ],
)
def test_cameras(make: str | None, model: str | None, camera: str | None) -> None:
    tags = {tag: value for tag, value in ((271, make), (272, model)) if value is not None}
    assert exif_facts(_exif(tags)).camera == camera


@pytest.mark.parametrize(
    ("make", "model", "numbers", "lens"),
    [
        ("TAMRON", "28-75mm F2.8 Di III RXD", None, "TAMRON 28-75mm F2.8 Di III RXD"),
        ("Canon", "Canon RF50mm", None, "Canon RF50mm"),
        (None, "EF50mm", (50.0, 50.0, 1.8, 1.8), "EF50mm"),
        ("Voigtländer", None, (40.0, 40.0, 1.2, 1.2), "Voigtländer 40mm f/1.2"),
        ("Voigtländer", None, None, "Voigtländer"),
    ],
)
def test_lenses(make: str | None, model: str | None, numbers: tuple[float, ...] | None, lens: str) -> None:
    tags = {tag: value for tag, value in ((42035, make), (42036, model), (42034, numbers)) if value is not None}
    assert exif_facts(_exif({}, tags)).lens == lens


@pytest.mark.parametrize(
    ("latitude", "south", "place"),
    [
        ((10.0, 30.0, 0.0), "N", (10.5, 20.0)),
        ((10.0, 30.0, 0.0), b"S\0", (-10.5, 20.0)),
        ((10.5,), "n", (10.5, 20.0)),
        ((IFDRational(1, 0), 0.0, 0.0), "N", (None, None)),
        ((95.0, 0.0, 0.0), "N", (None, None)),
        ((10.0, 0.0, 0.0), None, (None, None)),
        (("x", "y", "z"), "N", (None, None)),
        (12.0, "N", (None, None)),
    ],
)
def test_places(latitude: object, south: object, place: tuple[float | None, float | None]) -> None:
    facts = exif_facts(_exif({}, gps={1: south, 2: latitude, 3: "E", 4: (20.0, 0.0, 0.0)}))
    assert (facts.latitude, facts.longitude) == place


def test_no_fix_is_no_place() -> None:
    facts = exif_facts(_exif({}, gps={1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}))
    assert facts.latitude is None and facts.longitude is None


@pytest.mark.parametrize(
    ("packet", "rating", "taken_at"),
    [
        (b'<x xmp:Rating="5" photoshop:DateCreated="2019-04-03T10:20:30.00+02:00"/>', 5, "2019-04-03T10:20:30"),
        (b"<xmp:Rating>3</xmp:Rating><xmp:CreateDate>2019-04-03</xmp:CreateDate>", 3, "2019-04-03T00:00:00"),
        (b'<x xmp:Rating="-1"/>', None, None),
        ("<x xmp:Rating='2'/>", 2, None),
        (None, None, None),
        ({"not": "a packet"}, None, None),
    ],
)
def test_xmp(packet: object, rating: int | None, taken_at: str | None) -> None:
    facts = xmp_facts(packet)
    assert (facts.rating, facts.taken_at) == (rating, taken_at)


def test_known_facts_win() -> None:
    assert merged(Facts(rating=1), Facts(rating=2, lens="a"), Facts(lens="b", camera="c")) == Facts(
        rating=1, lens="a", camera="c"
    )


@pytest.mark.parametrize(("value", "read"), [(1, 1), (8, 8), (0, None), (9, None), ("6", None)])
def test_orientation_out_of_range_is_unknown(value: object, read: int | None) -> None:
    assert orientation(_exif({274: value})) == read


@pytest.mark.filterwarnings("ignore")  # Pillow warns of corrupt EXIF; a worker process ignores that
@pytest.mark.parametrize("junk", [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"])
def test_malformed_exif_costs_no_photo(junk: bytes) -> None:
    picture = open_picture(encoded(photo(40, 30), "JPEG", exif=junk), "a.jpg", pixels=10**6)
    assert picture.facts.width == 40 and picture.facts.taken_at is None
    assert picture.render(1).image.size == (40, 30)


@pytest.mark.skipif(not (SHARED / "exif").is_dir(), reason="the shared samples are not on this machine")
def test_a_real_camera() -> None:
    data = (SHARED / "exif" / "DSCN0010.jpg").read_bytes()
    facts = open_picture(data, "a.jpg", pixels=10**7).facts
    assert facts.camera == "NIKON COOLPIX P6000" and facts.taken_at == "2008-10-22T16:28:39"
    assert facts.latitude == pytest.approx(43.46745, abs=1e-4) and facts.longitude == pytest.approx(11.88513, abs=1e-4)
    assert Image.open(BytesIO(data)).size == (facts.width, facts.height)

"""Which of several fields of a file tells a fact, and facts that a file tells in only one way of several."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from core.decode.picture import open_picture
from core.decode.xmp import xmp_facts
from core.photo import Facts
from tests.core.decode.making import LIMITS, encoded, photo

_DESCRIPTION = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:exifEX="http://cipa.jp/exif/1.0/"
  xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:m="http://ns.microsoft.com/photo/1.0/"
  xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/">{}</rdf:Description>
</rdf:RDF></x:xmpmeta>"""

PHOTO, SCAN, SAVED = "1975:06:05 04:03:02", "2024:12:31 10:00:00", "2025:01:02 03:04:05"


def packet(**said: str) -> bytes:
    """Return XMP with these properties; "__" stands for the colon."""
    named = ((name.replace("__", ":"), value) for name, value in said.items())
    elements = (f"<{name}>{value}</{name}>" for name, value in named)
    return _DESCRIPTION.format("".join(elements)).encode()


def facts_of(exif: Mapping[int, object], main: Mapping[int, object], xmp: bytes) -> Facts:
    written = Image.Exif()
    written.update(main)
    written.get_ifd(0x8769).update(exif)
    return open_picture(encoded(photo(90, 60), "JPEG", exif=written, xmp=xmp), "a.jpg", pixels=LIMITS.pixels).facts


@pytest.mark.parametrize(
    ("digitized", "xmp", "taken_at"),
    [
        (SCAN, packet(photoshop__DateCreated="1975-06-05T04:03:02"), "1975-06-05T04:03:02"),
        (SCAN, packet(exif__DateTimeOriginal="1975-06-05T04:03:02"), "1975-06-05T04:03:02"),
        (SCAN, packet(xmp__CreateDate="2023-01-01T00:00:00"), "2024-12-31T10:00:00"),
        (None, packet(xmp__CreateDate="2023-01-01T00:00:00"), "2023-01-01T00:00:00"),
        (None, packet(), "2025-01-02T03:04:05"),
    ],
)
def test_when_it_was_taken_goes_before_when_it_was_scanned_and_saved(
    digitized: str | None, xmp: bytes, taken_at: str
) -> None:
    assert facts_of({36868: digitized} if digitized else {}, {306: SAVED}, xmp).taken_at == taken_at


def test_what_exif_says_of_the_photo_goes_before_xmp() -> None:
    xmp = packet(photoshop__DateCreated="2025-02-03T00:00:00", exif__FNumber="8/1")
    facts = facts_of({36867: PHOTO, 33437: IFDRational(28, 10)}, {306: SAVED}, xmp)
    assert (facts.taken_at, facts.aperture) == ("1975-06-05T04:03:02", 2.8)


@pytest.mark.parametrize(
    ("said", "lens"),
    [
        ({"aux__LensInfo": "24/1 70/1 28/10 28/10"}, "24-70mm f/2.8"),
        (
            {
                "exifEX__LensSpecification": "<rdf:Seq><rdf:li>50/1</rdf:li><rdf:li>50/1</rdf:li><rdf:li>9/5</rdf:li>"
                "<rdf:li>9/5</rdf:li></rdf:Seq>"
            },
            "50mm f/1.8",
        ),
        ({"aux__LensInfo": "24/1 70/1 28/10 28/10", "aux__Lens": "EF24-70mm"}, "EF24-70mm"),
        ({"aux__LensInfo": "24/1 70/1"}, None),
        ({"aux__LensInfo": "0/0 0/0 0/0 0/0"}, None),
    ],
)
def test_a_lens_by_its_numbers_in_xmp(said: Mapping[str, str], lens: str | None) -> None:
    assert xmp_facts(packet(**said)).lens == lens


def test_a_lens_that_xmp_names_goes_before_its_numbers_in_exif() -> None:
    numbers = {0xA432: tuple(IFDRational(number) for number in (24, 70, 4, 4))}
    assert facts_of(numbers, {}, packet(aux__Lens="EF24-70mm")).lens == "EF24-70mm"
    assert facts_of(numbers, {}, packet(aux__LensInfo="18/1 55/1 4/1 4/1")).lens == "18-55mm f/4"


def test_exposures_that_xmp_tells_in_powers_of_two() -> None:
    facts = xmp_facts(packet(exif__ShutterSpeedValue="5906891/1000000", exif__ApertureValue="4/1"))
    assert facts.exposure == pytest.approx(1 / 60, rel=1e-5) and facts.aperture == 4.0
    assert xmp_facts(packet(exif__ApertureValue="-148/1000")).aperture == 0.95


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ({"exifEX__RecommendedExposureIndex": "400"}, 400),
        ({"exifEX__StandardOutputSensitivity": "102400"}, 102400),
        ({"exif__ISOSpeedRatings": "<rdf:Seq><rdf:li>65535</rdf:li></rdf:Seq>", "exifEX__ISOSpeed": "102400"}, 102400),
        ({"exifEX__PhotographicSensitivity": "200", "exifEX__ISOSpeed": "800"}, 200),
    ],
)
def test_iso_in_every_field_of_xmp(said: Mapping[str, str], iso: int) -> None:
    assert xmp_facts(packet(**said)).iso == iso


def test_a_rejected_photo_has_no_stars_whatever_other_programs_say() -> None:
    assert xmp_facts(packet(xmp__Rating="-1", m__Rating="50", acdsee__rating="3")).rating is None
    assert xmp_facts(packet(m__Rating="50")).rating == 3


@pytest.mark.parametrize(
    ("said", "stars"),
    [
        ({"acdsee__rating": "4"}, 4),
        ({"acdsee__Rating": "4", "m__Rating": "99"}, 4),
        ({"acdsee__rating": "4", "xmp__Rating": "2"}, 2),
        ({"acdsee__rating": "0"}, None),
        ({"acdsee__rating": "0", "m__Rating": "99"}, 5),
        ({"acdsee__rating": "many"}, None),
    ],
)
def test_stars_that_acdsee_gave_count_where_no_others_stand(said: Mapping[str, str], stars: int | None) -> None:
    assert xmp_facts(packet(**said)).rating == stars

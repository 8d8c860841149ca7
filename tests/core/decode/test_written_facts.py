"""What is written of a photo: XMP, IPTC and EXIF in its file, and XMP beside it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational, ImageFileDirectory_v2

from core.decode.decoder import Decoder
from core.decode.facts import captions, combined, exif_facts
from core.decode.iptc import IPTC_RESOURCE, iptc_facts, photoshop_resource
from core.decode.job import DecodeJob, FactsJob, FactsRead, Unreadable
from core.decode.kinds import judged
from core.decode.picture import open_picture
from core.decode.sidecars import sidecar_facts
from core.decode.xmp import properties, xmp_facts
from core.photo import Facts
from tests.core.decode.making import LIMITS, SPEC, encoded, photo, written

PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xap="http://ns.adobe.com/xap/1.0/"
   xmlns:e="http://ns.adobe.com/exif/1.0/" xmlns:mm="http://ns.adobe.com/xap/1.0/mm/" xap:Rating="4">
  <dc:title><rdf:Alt><rdf:li xml:lang="de">Hund</rdf:li><rdf:li xml:lang="x-default">Dog &amp; sea</rdf:li></rdf:Alt>
  </dc:title>
  <dc:description><rdf:Alt><rdf:li xml:lang="x-default">狗在沙滩</rdf:li></rdf:Alt></dc:description>
  <dc:subject><rdf:Bag><rdf:li>dog</rdf:li><rdf:li>Beach</rdf:li><rdf:li>DOG</rdf:li></rdf:Bag></dc:subject>
  <mm:History><rdf:Seq><rdf:li rdf:parseType="Resource"><xap:Rating>1</xap:Rating></rdf:li></rdf:Seq></mm:History>
  <e:DateTimeOriginal>2020-05-06T07:08:09.50+02:00</e:DateTimeOriginal>
  <e:GPSLatitude>48,51.5N</e:GPSLatitude><e:GPSLongitude>2,21,0W</e:GPSLongitude>
  <e:GPSAltitude>70/2</e:GPSAltitude><e:GPSAltitudeRef>1</e:GPSAltitudeRef>
  <e:FNumber>28/10</e:FNumber><e:ExposureTime>1/250</e:ExposureTime><e:FocalLength>35/1</e:FocalLength>
  <e:ISOSpeedRatings><rdf:Seq><rdf:li>640</rdf:li></rdf:Seq></e:ISOSpeedRatings>
 </rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()

SAID = Facts(
    taken_at="2020-05-06T07:08:09",
    zone="+02:00",
    latitude=48.8583333,
    longitude=-2.35,
    altitude=-35.0,
    rating=4,
    iso=640,
    aperture=2.8,
    exposure=0.004,
    focal_length=35.0,
    title="Dog & sea",
    caption="狗在沙滩",
    keywords=("dog", "Beach"),
)


def field(number: int, value: bytes, record: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


UTF_8 = field(90, b"\x1b%G", record=1)
IPTC = b"".join(
    (
        UTF_8,
        field(5, "Überschrift".encode()),
        *(field(25, word.encode()) for word in ("Hund", "沙滩")),
        field(120, b"Ein Hund am Strand"),
        field(55, b"20190102"),
        field(60, b"030405+0100"),
    )
)


def resources(data: bytes) -> bytes:
    other = b"8BIM" + struct.pack(">H", 0x03ED) + b"\x03abc" + struct.pack(">I", 3) + b"123\0"
    size = struct.pack(">I", len(data))
    return other + b"8BIM" + struct.pack(">H", IPTC_RESOURCE) + b"\0\0" + size + data + b"\0" * (len(data) & 1)


def with_segment(jpeg: bytes, marker: int, data: bytes) -> bytes:
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + jpeg[2:]


def facts_of(data: bytes, name: str = "a.jpg") -> Facts:
    return open_picture(data, name, pixels=10**6).facts


def said(facts: Facts) -> tuple[str | None, str | None, tuple[str, ...]]:
    return facts.title, facts.caption, facts.keywords


def test_everything_of_a_packet() -> None:
    assert xmp_facts(PACKET) == SAID
    assert xmp_facts(PACKET.decode()) == SAID
    assert xmp_facts(b"\0\0" + PACKET + b"\0" * 2000) == SAID


@pytest.mark.parametrize("length", range(0, len(PACKET), 97))
def test_a_packet_that_breaks_off_tells_what_it_told(length: int) -> None:
    facts = xmp_facts(PACKET[:length])
    assert facts.title in (None, "Hund", "Dog & sea") and facts.rating in (None, 4)


def test_no_entity_is_expanded_and_no_document_type_taken() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    evil = bomb + PACKET.replace(b"Dog &amp; sea", b"&b;")
    assert xmp_facts(evil).title is None
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PACKET.replace(b"Dog &amp; sea", b"&a;")
    assert xmp_facts(outside).title is None


def test_a_packet_is_bounded() -> None:
    assert xmp_facts(PACKET + b" " * 9 * 1024**2).title is None
    deep = b"<a>" * 100_000
    assert properties(deep) == {}
    many = PACKET.replace(b"<rdf:li>dog</rdf:li>", b"<rdf:li>dog</rdf:li>" * 30_000)
    assert len(xmp_facts(many).keywords) <= 300


def test_everything_of_iptc() -> None:
    facts = iptc_facts(IPTC)
    assert said(facts) == ("Überschrift", "Ein Hund am Strand", ("Hund", "沙滩"))
    assert (facts.taken_at, facts.zone) == ("2019-01-02T03:04:05", "+01:00")


@pytest.mark.parametrize(
    ("value", "title"),
    [(b"Caf\xe9", "Café"), ("Café".encode(), "Café"), (b"  ", None), (b"\0", None)],
)
def test_iptc_without_a_character_set(value: bytes, title: str | None) -> None:
    assert iptc_facts(field(5, value)).title == title


@pytest.mark.parametrize("length", range(len(IPTC)))
def test_iptc_that_breaks_off(length: int) -> None:
    iptc_facts(IPTC[:length])
    photoshop_resource(resources(IPTC)[:length], IPTC_RESOURCE)


def test_a_jpeg_says_it_in_three_places() -> None:
    exif = Image.Exif()
    exif[270] = "Ein Hund"
    exif[0x9C9B], exif[0x9C9E] = "Windows".encode("utf-16-le"), "chien;dog\0".encode("utf-16-le")
    jpeg = encoded(photo(90, 60), "JPEG", exif=exif, xmp=PACKET)
    facts = facts_of(with_segment(jpeg, 0xED, b"Photoshop 3.0\0" + resources(IPTC)))
    assert facts.title == "Windows"
    assert facts.caption == "狗在沙滩\nEin Hund am Strand"  # the shorter one is a part of the longer one
    assert facts.keywords == ("chien", "dog", "Beach", "Hund", "沙滩")


def test_iptc_over_two_segments() -> None:
    block = resources(field(120, b"x" * 300 + b"sea") + field(25, b"dog"))
    jpeg = encoded(photo(90, 60), "JPEG")
    for part in (block[200:], block[:200]):  # the last put in stands first
        jpeg = with_segment(jpeg, 0xED, b"Photoshop 3.0\0" + part)
    assert facts_of(jpeg).keywords == ("dog",)


def test_a_tiff() -> None:
    tags = ImageFileDirectory_v2()
    tags[700], tags[33723] = PACKET, IPTC
    tags.tagtype[700] = tags.tagtype[33723] = 7
    facts = facts_of(encoded(photo(90, 60), "TIFF", tiffinfo=tags), "a.tif")
    assert said(facts) == ("Dog & sea", "狗在沙滩\nEin Hund am Strand", ("dog", "Beach", "Hund", "沙滩"))


@pytest.mark.parametrize("format", ["WEBP", "AVIF"])
def test_formats_with_a_place_for_xmp(format: str) -> None:
    assert said(facts_of(encoded(photo(90, 60), format, xmp=PACKET))) == said(SAID)


def test_a_gif_with_a_packet_inside() -> None:
    gif = encoded(photo(90, 60).convert("P"), "GIF")
    block = b"\x21\xff\x0bXMP DataXMP" + PACKET + b"\x01" + bytes(range(255, -1, -1)) + b"\0\0"
    assert said(facts_of(gif[:-1] + block + gif[-1:], "a.gif")) == said(SAID)


@pytest.mark.parametrize("behind", [False, True])
def test_a_png_before_and_behind_its_picture(behind: bool) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Title", "PNG")
    texts.add_text("Software", "gnome-screenshot")
    texts.add_itxt("XML:com.adobe.xmp", PACKET.decode())
    png = encoded(photo(90, 60), "PNG", pnginfo=texts)
    profile = b"\nIPTC profile\n      %d\n%s\n" % (len(IPTC), resources(IPTC).hex().encode())
    chunk = b"zTXt" + b"Raw profile type iptc\0\0" + zlib.compress(profile)
    chunk = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    at = len(png) - 12 if behind else 33
    facts = facts_of(png[:at] + chunk + png[at:], "a.png")
    assert facts.title == "Dog & sea" and facts.software == "gnome-screenshot"
    assert facts.keywords == ("dog", "Beach", "Hund", "沙滩")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({0x8827: 640, 0x829D: IFDRational(28, 10), 0x829A: IFDRational(1, 250)}, (640, 2.8, 0.004)),
        ({0x8827: (100, 200), 0x9202: IFDRational(5), 0x9201: IFDRational(8)}, (100, 5.66, 1 / 256)),
        ({0x8827: 65535, 0x8832: 102400}, (102400, None, None)),
        ({0x8827: 0, 0x829D: IFDRational(0, 0), 0x829A: IFDRational(1, 0)}, (None, None, None)),
        ({0x8827: "x", 0x829D: "y", 0x829A: (), 0x9201: IFDRational(10**9)}, (None, None, None)),
        ({0x9201: IFDRational(-2)}, (None, None, 4.0)),
    ],
)
def test_exposures(tags: dict[int, object], expected: tuple[int | None, float | None, float | None]) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update(tags)
    facts = exif_facts(exif)
    assert (facts.iso, facts.aperture, facts.exposure) == expected


@pytest.mark.parametrize(
    ("stars", "percent", "rating"),
    [
        (None, 1, 1),
        (None, 25, 2),
        (None, 50, 3),
        (None, 75, 4),
        (None, 99, 5),
        (2, 99, 2),
        (None, 101, None),
        (75, 0, 0),
    ],
)
def test_a_rating_in_per_cent(stars: int | None, percent: int, rating: int | None) -> None:
    exif = Image.Exif()
    exif.update({0x4749: percent} if stars is None else {0x4746: stars, 0x4749: percent})
    assert exif_facts(exif).rating == rating


@pytest.mark.parametrize("slash", ["", "/"])
def test_what_windows_and_other_programs_have_names_of_their_own_for(slash: str) -> None:
    others = (
        f'xmlns:m="http://ns.microsoft.com/photo/1.0{slash}" m:Rating="75" '
        'xmlns:lr="http://ns.adobe.com/lightroom/1.0/" '
        'xmlns:k="http://www.digikam.org/ns/1.0/" e:DateTimeDigitized="2013-03-03T03:03:03">'
        "<lr:hierarchicalSubject><rdf:Bag><rdf:li>places|France</rdf:li></rdf:Bag></lr:hierarchicalSubject>"
        "<k:TagsList><rdf:Seq><rdf:li>People/Ann</rdf:li></rdf:Seq></k:TagsList>"
    )
    own = PACKET[PACKET.index(b"<dc:title>") : PACKET.index(b"</rdf:Description>")]
    facts = xmp_facts(PACKET.replace(own, b"").replace(b'xap:Rating="4">', others.encode()))
    assert (facts.rating, facts.taken_at, facts.keywords) == (4, "2013-03-03T03:03:03", ("France", "Ann"))


@pytest.mark.parametrize(
    ("numbers", "packet", "lens"),
    [
        ((24, 105, 4, 4), b"", "24-105mm f/4"),
        ((35, 35, 1.4, 1.4), b"", "35mm f/1.4"),
        ((18, 55, 3.5, 5.6), b"", "18-55mm f/3.5-5.6"),
        ((50, 50, 0, 0), b"", "50mm"),
        (
            (24, 105, 4, 4),
            PACKET.replace(
                b"<e:FNumber>", b"<a:Lens xmlns:a='http://ns.adobe.com/exif/1.0/aux/'>EF</a:Lens><e:FNumber>"
            ),
            "EF",
        ),
        ((0, 0, 0, 0), b"", None),
    ],
)
def test_a_lens_by_its_numbers_where_nothing_names_it(numbers: tuple[float, ...], packet: bytes, lens: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA432] = tuple(IFDRational(number) for number in numbers)
    assert facts_of(encoded(photo(90, 60), "JPEG", exif=exif, xmp=packet)).lens == lens


@pytest.mark.parametrize(
    ("height", "below", "metres"),
    [(IFDRational(701, 2), 0, 350.5), (5, b"\1", -5.0), (IFDRational(1, 0), 0, None), ("x", 0, None)],
)
def test_altitudes(height: object, below: object, metres: float | None) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({5: below, 6: height})
    assert exif_facts(exif).altitude == metres


def test_the_zone_belongs_to_its_date() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({36867: "2020:05:06 07:08:09", 0x9011: "+05:30", 0x9010: "+01:00"})
    assert exif_facts(exif).zone == "+05:30"
    other = Facts(taken_at="2021-01-01T00:00:00", zone="-03:00")
    assert combined([Facts(taken_at="2020-05-06T07:08:09"), other]).zone is None


def test_one_of_several_captions_that_say_the_same() -> None:
    assert captions(["A dog at", "a  DOG at the sea", "A dog at the sea", None, " "]) == "a DOG at the sea"
    assert captions([b"caf\xe9", "café"]) == "café"
    assert captions(["CafÃ©"]) == "Café"  # UTF-8 in a field of EXIF that is read as Latin 1


@pytest.mark.parametrize(
    ("name", "facts", "screenshot", "panorama"),
    [
        ("Screenshot_2024-01-02.png", Facts(), True, False),
        ("Screenshot_2024-01-02.jpg", Facts(camera="Canon"), False, False),
        ("screenshots/a.png", Facts(), True, False),
        ("屏幕截图 2024.png", Facts(), True, False),
        ("Bildschirmfoto 2024.png", Facts(width=4000, height=400), True, False),
        ("offscreen shot.jpg", Facts(), False, False),
        ("a.png", Facts(screenshot=True), True, False),
        ("PANO_2024.jpg", Facts(), False, True),
        ("a.jpg", Facts(camera="Apple", width=9000, height=3000), False, True),
        ("a.jpg", Facts(camera="Apple", width=3000, height=2000), False, False),
        ("a.jpg", Facts(panorama=True), False, True),
    ],
)
def test_kinds(name: str, facts: Facts, screenshot: bool, panorama: bool) -> None:
    found = judged(facts, Path("/photos") / name)
    assert (found.screenshot, found.panorama) == (screenshot, panorama)


def beside(tmp_path: Path, name: str, packet: bytes = PACKET) -> None:
    (tmp_path / name).write_bytes(packet)


@pytest.mark.parametrize("name", ["a.nef.xmp", "a.xmp", "a.XMP", "a.nef.XMP"])
def test_a_sidecar_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    beside(tmp_path, name)
    assert sidecar_facts(tmp_path / "a.nef") == SAID


@pytest.mark.parametrize("name", ["b.xmp", "a.jpg.xmp", "a.nef.xmp.bak"])
def test_what_is_no_sidecar_of_it(tmp_path: Path, name: str) -> None:
    beside(tmp_path, name)
    assert sidecar_facts(tmp_path / "a.nef") == Facts()


def test_a_sidecar_that_names_the_suffix_it_is_for(tmp_path: Path) -> None:
    for_raw = PACKET.replace(
        b"<e:DateTimeOriginal>",
        b'<p:SidecarForExtension xmlns:p="http://ns.adobe.com/photoshop/1.0/">NEF</p:SidecarForExtension>'
        b"<e:DateTimeOriginal>",
    )
    beside(tmp_path, "a.xmp", for_raw)
    assert sidecar_facts(tmp_path / "a.nef").rating == 4
    assert sidecar_facts(tmp_path / "a.jpg") == Facts()


def test_a_sidecar_of_its_own_comes_before_a_shared_one(tmp_path: Path) -> None:
    beside(tmp_path, "a.xmp")
    beside(tmp_path, "a.nef.xmp", b'<x xmp:Rating="2"/>')
    facts = sidecar_facts(tmp_path / "a.nef")
    assert facts.rating == 2 and facts.title == "Dog & sea"


def answered(path: Path) -> FactsRead | Unreadable:
    status = path.stat()
    answer = Decoder(SPEC, LIMITS)(FactsJob(1, path, status.st_size, status.st_mtime_ns), lambda *_: None)
    assert isinstance(answer, FactsRead | Unreadable)
    return answer


def test_a_pass_over_the_facts_reads_the_header_alone(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x4746] = 1
    jpeg = encoded(photo(900, 600), "JPEG", quality=100, exif=exif)
    path = written(tmp_path, "a.jpg", jpeg)
    beside(tmp_path, "a.jpg.xmp")
    answer = answered(path)
    assert isinstance(answer, FactsRead)
    assert answer.facts.rating == 4 and answer.facts.title == "Dog & sea"  # said later than what is in the photo
    decoded = Decoder(SPEC, LIMITS)(DecodeJob(1, path), lambda *_: None)
    assert not isinstance(decoded, Unreadable | FactsRead) and answer.facts == getattr(decoded, "facts", None)
    cut = written(tmp_path, "b.jpg", jpeg[: jpeg.index(b"\xff\xda") + 2] + b"\0" * 2_000_000)
    assert isinstance(answered(cut), FactsRead)


def test_a_pass_over_the_facts_leaves_a_changed_file_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jpg", encoded(photo(90, 60), "JPEG"))
    answer = Decoder(SPEC, LIMITS)(FactsJob(1, path, 5, 5), lambda *_: None)
    assert isinstance(answer, Unreadable) and answer.transient


def test_text_in_a_png_may_not_claim_a_thousandfold() -> None:
    packed = b"zTXtComment\0\0" + zlib.compress(b"a" * 50_000_000)
    chunk = struct.pack(">I", len(packed) - 4) + packed + struct.pack(">I", zlib.crc32(packed))
    png = encoded(photo(90, 60), "PNG")
    caption = facts_of(png[:-12] + chunk + png[-12:], "a.png").caption  # Pillow reads what stands before the picture
    assert caption is not None and len(caption) <= 5_000


def test_a_file_of_several_pictures_keeps_its_facts() -> None:
    out = BytesIO()
    photo(90, 60).save(out, "MPO", save_all=True, append_images=[photo(90, 60)], xmp=PACKET)
    assert facts_of(out.getvalue()).rating in (None, 4)

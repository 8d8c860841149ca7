"""Read XMP: what programs say of a photo in XML, inside its file or beside it (ISO 16684-1).

The XML comes from anywhere, so that it may declare no document type (and with it no entities), and may be only so
large and so deep. Where it breaks off, what stood before it counts.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from core.decode import written
from core.decode.facts import (
    MAKER_NAME_LIMIT,
    Ranks,
    altitude,
    camera_of,
    captions,
    degrees,
    f_number,
    focal_length,
    iso,
    lens_of,
    lens_of_its_numbers,
    merged,
    position,
    seconds,
)
from core.photo import Facts

LARGEST = 8 * 1024**2
"""Bytes of a packet that are read: programs keep their whole history of a photo in one."""
_DEEPEST = 100
_MOST_VALUES = 20_000
_LONGEST_VALUE = 20_000

_NAMESPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.google.com/photos/1.0/panorama/": "GPano",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.microsoft.com/photo/1.0/": "microsoft",
    "http://ns.microsoft.com/photo/1.0": "microsoft",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.fstopapp.com/xmp/": "fstop",
    "http://ns.acdsee.com/iptc/1.0/": "acdsee",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/": "xmpDM",
    "adobe:ns:meta/": "x",
}
_OUTER = ("x:xmpmeta", "rdf:RDF")
_LISTS = ("rdf:Seq", "rdf:Bag", "rdf:Alt")
_OLD_PREFIXES = {"xap": "xmp"}

_LOOSE = re.compile(
    rb"(exif:DateTimeOriginal|photoshop:DateCreated|xmp:CreateDate|xmp:Rating)"
    rb"(?:\s*=\s*[\"']|>)\s*([0-9T: .\-+Z]{1,32})"
)
"""Date and rating in what is no XML."""
_ANGLE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])")
_TAKEN = ("exif:DateTimeOriginal", "photoshop:DateCreated")
_CREATED = ("xmp:CreateDate", "exif:DateTimeDigitized")
"""When a photo was taken; when what shows it was made, which may be a scan."""
_NEWER_ISO = ("exifEX:RecommendedExposureIndex", "exifEX:StandardOutputSensitivity", "exifEX:ISOSpeed")
_REJECTED = -1
"""A rating of XMP: no stars, and out of sight elsewhere."""
_TREES = {"lr:hierarchicalSubject": "|", "digiKam:TagsList": "/"}
"""Where keywords stand with what they are below, and what is between."""
_PICKED = {"fstop:favorite": "1", "digiKam:PickLabel": "3", "xmpDM:pick": "1"}
"""What says that a photo was picked, and how."""
_PANORAMA = ("GPano:ProjectionType", "GPano:UsePanoramaViewer", "GPano:FullPanoWidthPixels")

Properties = Mapping[str, list[str]]
"""Values by name ("dc:subject"); of a text in several languages the one for everybody comes first."""


def xmp_facts(packet: object) -> Facts:
    """Return what a packet tells, as far as it can be believed."""
    return merged(*xmp_ranks(packet))


def xmp_ranks(packet: object) -> Ranks:
    """Return what a packet tells, by how near it is to the photo itself."""
    said = properties(packet)
    if not said:
        return (Facts(),)
    one = _First(said)
    taken_at, zone = _dated(one, _CREATED)
    return _said(said, one), Facts(taken_at=taken_at, zone=zone, lens=_numbered_lens(said))


def _said(said: Properties, one: _First) -> Facts:
    latitude, longitude = position(_angle(one("exif:GPSLatitude"), 90), _angle(one("exif:GPSLongitude"), 180))
    taken_at, zone = _dated(one, _TAKEN)
    return Facts(
        taken_at=taken_at,
        zone=zone,
        camera=camera_of(*(written.text(one(name), MAKER_NAME_LIMIT) for name in ("tiff:Make", "tiff:Model"))),
        lens=_named_lens(one),
        latitude=latitude,
        longitude=longitude,
        altitude=_altitude(one),
        rating=_rating(one),
        iso=iso(one("exifEX:PhotographicSensitivity") or one("exif:ISOSpeedRatings"), map(one, _NEWER_ISO)),
        aperture=f_number(one("exif:FNumber"), one("exif:ApertureValue")),
        exposure=seconds(one("exif:ExposureTime"), one("exif:ShutterSpeedValue")),
        focal_length=focal_length(one("exif:FocalLength")),
        software=written.text(one("xmp:CreatorTool") or one("tiff:Software"), written.LONGEST_KEYWORD),
        title=written.text(one("dc:title") or one("photoshop:Headline"), written.LONGEST_TITLE),
        caption=captions([one("dc:description") or one("tiff:ImageDescription")]),
        keywords=written.keywords([*said.get("dc:subject", []), *_leaves(said)]),
        screenshot=(one("exif:UserComment") or "").strip().casefold() == "screenshot",
        panorama=any(one(name) not in (None, "", "False") for name in _PANORAMA),
        picked=any((one(name) or "").strip() == value for name, value in _PICKED.items()),
    )


def properties(packet: object) -> Properties:
    """Return the properties of a packet; nothing if it is none."""
    data = packet.encode("utf-8", "replace") if isinstance(packet, str) else packet
    if not isinstance(data, bytes) or len(data) > LARGEST:
        return {}
    return _Reader().read(data.strip(b"\0 \r\n\t")) or _loose(data)


def sidecar_suffix(said: Properties) -> str | None:
    """Return the suffix of the files that a sidecar is for, where it says so: "nef"."""
    values = said.get("photoshop:SidecarForExtension", [])
    return values[0].strip(". ").casefold() if values else None


class _First:
    """Answers with the first value of a property."""

    def __init__(self, said: Properties) -> None:
        self._said = said

    def __call__(self, name: str) -> str | None:
        values = self._said.get(name)
        return values[0] if values else None


class _Refused(Exception):
    """Raised inside a parser for what no photo's XMP has."""


class _Reader:
    """Gathers the properties of the outermost descriptions of one packet; structures inside them are passed over."""

    def __init__(self) -> None:
        self._prefixes = dict(_OLD_PREFIXES)
        self._open: list[str] = []
        self._found: dict[str, list[str]] = {}
        self._count = 0
        self._text: list[str] = []
        self._everybodys = False
        self._listed = False

    def read(self, data: bytes) -> dict[str, list[str]]:
        """Return what can be read."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        with contextlib.suppress(expat.ExpatError, _Refused, ValueError, LookupError):
            parser.Parse(data, True)
        return self._found

    def _refuse(self, *_: object) -> None:
        raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            if key.startswith("xmlns:") and value in _NAMESPACES:
                self._prefixes[key[6:]] = _NAMESPACES[value]
        named = self._named(name)
        self._open.append(named)
        if len(self._open) > _DEEPEST:
            raise _Refused
        if named == "rdf:Description" and self._is_outer(len(self._open) - 1):
            for key, value in attributes.items():
                self._add(self._named(key), value)
        self._text = []
        if self._property is not None and len(self._open) == self._property + 1:
            self._listed = False
        self._everybodys = attributes.get("xml:lang") == "x-default"

    def _end(self, _: str) -> None:
        place = self._property
        if place is not None:
            depth = len(self._open) - 1 - place
            said = "".join(self._text)
            if depth == 0 and not self._listed:
                self._add(self._open[place], said)
            elif depth == 2 and self._open[-1] == "rdf:li" and self._open[-2] in _LISTS:
                self._listed = True
                self._add(self._open[place], said, first=self._everybodys)
            elif depth > 0:
                self._listed = True  # a structure: its text is not the property's
        self._open.pop()
        self._text = []

    def _characters(self, data: str) -> None:
        self._text.append(data[:_LONGEST_VALUE])

    @property
    def _property(self) -> int | None:
        """Where among the open elements a property of an outermost description is."""
        for place, name in enumerate(self._open):
            if name == "rdf:Description" and self._is_outer(place):
                return place + 1 if len(self._open) > place + 1 else None
        return None

    def _is_outer(self, place: int) -> bool:
        return all(name in _OUTER for name in self._open[:place])

    def _named(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return f"{self._prefixes.get(prefix, prefix)}:{local}" if colon else name

    def _add(self, name: str, value: str, *, first: bool = False) -> None:
        self._count += 1
        if self._count > _MOST_VALUES:
            raise _Refused
        if value.strip():
            values = self._found.setdefault(name, [])
            values.insert(0 if first else len(values), value[:_LONGEST_VALUE])


def _loose(data: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in _LOOSE.findall(data):
        found.setdefault(name.decode(), []).append(value.decode())
    return found


def _dated(one: _First, names: tuple[str, ...]) -> tuple[str | None, str | None]:
    for said in _known(one(name) for name in names):
        when = written.date(said)
        if when is not None:
            return when, written.zone_of(said)
    return None, None


def _rating(one: _First) -> int | None:
    own = written.stars(one("xmp:Rating"))
    if written.number(one("xmp:Rating")) == _REJECTED:
        return None  # whatever other programs make of that
    if own is None:  # of ACDSee 0 is that it has none
        own = written.stars(one("acdsee:rating") or one("acdsee:Rating")) or None
    return written.stars_of_percent(one("microsoft:Rating")) if own is None else own


def _leaves(said: Properties) -> Iterator[str]:
    """Yield the keywords of trees: "France" of "places|Europe|France"."""
    for name, between in _TREES.items():
        yield from (path.rpartition(between)[2] for path in said.get(name, []))


def _known(values: Iterator[str | None]) -> Iterator[str]:
    return (value for value in values if value is not None)


def _angle(said: str | None, limit: int) -> float | None:
    match = _ANGLE.fullmatch((said or "").strip())
    if match is None:
        return None
    angle = int(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return degrees(-angle if match[4] in "SW" else angle, limit)


def _altitude(one: _First) -> float | None:
    below = (one("exif:GPSAltitudeRef") or "").strip() == "1"
    return altitude(one("exif:GPSAltitude"), below=below)


def _named_lens(one: _First) -> str | None:
    make, model = (written.text(one(f"exifEX:{name}"), MAKER_NAME_LIMIT) for name in ("LensMake", "LensModel"))
    return lens_of(make, model) or written.text(one("aux:Lens"), MAKER_NAME_LIMIT)


def _numbered_lens(said: Properties) -> str | None:
    """Return a lens by its four numbers: a list, or as Adobe's programs write them, "24/1 105/1 4/1 4/1"."""
    numbers = said.get("exifEX:LensSpecification") or (said.get("aux:LensInfo") or [""])[0].split()
    return lens_of_its_numbers(numbers)

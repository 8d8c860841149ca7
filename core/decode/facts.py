"""Read what EXIF says of a photo, and join what several parts of a file say of it.

Written by thousands of cameras and programs, a good part of it is wrong (see `written`). A fact that cannot be true is
unknown, and no fact ever costs a photo.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import zip_longest
from typing import Any, TypeAlias

from PIL import ExifTags, Image

from core.decode import written
from core.photo import COMPANY_WORDS, MAKERS_WORDS, Facts

Tags = Mapping[int, Any]

Ranks: TypeAlias = tuple[Facts, ...]
"""What one part of a file says: first what is said of the photo itself, then what stands in for it.

A date of scanning or of saving counts only where no part of the file says when the photo was taken.
"""

_COMPANY = re.compile(rf"[\s,]+({'|'.join(COMPANY_WORDS)})\b.*", re.I)
MAKER_NAME_LIMIT = 80
"""Characters; what is longer is no camera's name but a damaged field."""

_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F
"""What Windows writes, in UTF-16."""

_TAKEN = (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal)
_DIGITIZED = (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized)
_SAVED = (ExifTags.Base.DateTime, ExifTags.Base.OffsetTime)
"""Where dates stand, and their zones."""
_PANORAMA = 6
"""EXIF's CustomRendered, as phones write it for a panorama."""

_SHORTS_END = 65535
"""The highest ISO that EXIF's old field can say: a higher one is in a newer field."""
_HIGHEST_ISO = 10**8
"""Twenty times the highest that a camera was sold with (Nikon's D6: 3,280,000, as "Hi-5"); beyond it is damage."""


_DEEPEST, _HIGHEST = 20_000, 1_000_000
"""Metres: twice as deep as the sea, and where satellites fly."""
_HIGHEST_POWER = 20
"""Of APEX: 2 to that is a microsecond, or twelve days."""


def exif_facts(exif: Image.Exif) -> Facts:
    """Return what EXIF tells, as far as it can be believed."""
    return merged(*exif_ranks(exif))


def exif_ranks(exif: Image.Exif) -> Ranks:
    """Return what EXIF tells, by how near it is to the photo itself."""
    main: Tags = exif
    photo = _directory(exif, ExifTags.IFD.Exif)
    lens = camera_of(_name(photo.get(ExifTags.Base.LensMake)), _numbered_lens(photo))
    last = replace(_dated({**photo, _SAVED[0]: main.get(_SAVED[0])}, *_SAVED), lens=lens)
    return _said(main, photo, _directory(exif, ExifTags.IFD.GPSInfo)), _dated(photo, *_DIGITIZED), last


def _said(main: Tags, photo: Tags, gps: Tags) -> Facts:
    latitude, longitude = _position(gps)
    base = ExifTags.Base
    aperture, exposure = _exposure(photo)
    return replace(
        _dated(photo, *_TAKEN),
        camera=camera_of(_name(main.get(base.Make)), _name(main.get(base.Model))),
        lens=lens_of(_name(photo.get(base.LensMake)), _name(photo.get(base.LensModel))),
        latitude=latitude,
        longitude=longitude,
        altitude=_altitude(gps),
        rating=_rating(main),
        iso=_iso(photo),
        aperture=aperture,
        exposure=exposure,
        focal_length=focal_length(photo.get(base.FocalLength)),
        software=written.text(main.get(base.Software), written.LONGEST_KEYWORD),
        title=written.text(_wide(main.get(_XP_TITLE)), written.LONGEST_TITLE),
        caption=captions([main.get(base.ImageDescription), _wide(main.get(_XP_COMMENT)), _wide(main.get(_XP_SUBJECT))]),
        keywords=written.keywords((_wide(main.get(_XP_KEYWORDS)) or "").split(";")),
        screenshot=_comment(photo.get(base.UserComment)) == "screenshot",
        panorama=photo.get(base.CustomRendered) == _PANORAMA,
    )


def merged(first: Facts, *others: Facts) -> Facts:
    """Return `first`, its unknown fields filled from the others in turn."""
    for other in others:
        missing = {f.name: getattr(other, f.name) for f in fields(Facts) if _unknown(getattr(first, f.name))}
        if first.taken_at is not None and first.taken_at != other.taken_at:
            missing.pop("zone", None)  # of another moment
        first = replace(first, **missing)
    return first


def by_rank(parts: Iterable[Sequence[Facts]]) -> list[Facts]:
    """Return what the parts of a file say, what is said of the photo itself before what stands in for it."""
    ranks = zip_longest(*parts, fillvalue=Facts())
    return [facts for rank in ranks for facts in rank]


def combined(parts: Iterable[Facts]) -> Facts:
    """Return what the parts of one file say: of each fact the first that knows it, of words all."""
    said = list(parts)
    whole = merged(Facts(), *said)
    return replace(
        whole,
        caption=captions(part.caption for part in said),
        keywords=written.keywords(word for part in said for word in part.keywords),
    )


def captions(values: Iterable[object]) -> str | None:
    """Return several captions as one: programs write the same into three fields, one of which cuts it off."""
    kept: list[str] = []
    for value in values:
        said = written.lined_text(value, written.LONGEST_CAPTION)
        if said is None or any(_folded(said) in _folded(other) for other in kept):
            continue
        kept = [other for other in kept if _folded(other) not in _folded(said)] + [said]
    return "\n".join(kept)[: written.LONGEST_CAPTION] or None


def orientation(exif: Image.Exif) -> int | None:
    """Return the EXIF orientation, 1-8, or None."""
    value = exif.get(ExifTags.Base.Orientation)
    return value if isinstance(value, int) and 1 <= value <= 8 else None


def degrees(value: float | None, limit: float) -> float | None:
    """Return an angle as it is kept; None if it is none on the earth."""
    if value is None or not math.isfinite(value) or not -limit <= value <= limit:
        return None
    return round(value, 7)


def position(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """Return a place, if it is known. Cameras without a fix write zeros; nobody photographs at 0°, 0°."""
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None, None
    return latitude, longitude


def _unknown(value: object) -> bool:
    return value is None or value is False or value == ()


def _folded(said: str) -> str:
    return " ".join(said.casefold().split())


def _directory(exif: Image.Exif, number: int) -> Tags:
    try:
        return exif.get_ifd(number)
    except Exception:  # whatever Pillow's parser trips over, the photo is still a photo
        return {}


def _name(value: object) -> str | None:
    name = written.text(value, MAKER_NAME_LIMIT + 1)
    return name if name is not None and len(name) <= MAKER_NAME_LIMIT else None


def _wide(value: object) -> str | None:
    """Return the text of a field that Windows wrote."""
    if isinstance(value, tuple | list):
        value = _bytes(value)
    return value.decode("utf-16-le", "replace").rstrip("\0") if isinstance(value, bytes) else None


def _bytes(values: Iterable[object]) -> bytes:
    return bytes(value for value in values if isinstance(value, int) and 0 <= value < 256)


def _comment(value: object) -> str:
    """Return EXIF's UserComment, whose first eight bytes name its encoding, in small letters."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    said = value[8:] if isinstance(value, bytes) else b""
    return said.replace(b"\0", b"").decode("ascii", "replace").strip().casefold()


def _dated(tags: Tags, field: int, zone: int) -> Facts:
    """Return the date in a field, and its zone."""
    when = written.date(tags.get(field))
    if when is None:
        return Facts()
    return Facts(taken_at=when, zone=written.zone(tags.get(zone)) or written.zone_of(tags.get(field)))


def camera_of(make: str | None, model: str | None) -> str | None:
    """Return "Canon EOS 40D" for ("Canon", "Canon EOS 40D") and "SONY DSC-W1" for ("SONY", "DSC-W1").

    No name of a maker is lost: ("KONICA MINOLTA", "MINOLTA DiMAGE") is "KONICA MINOLTA DiMAGE".
    """
    if make is None or model is None:
        return model or make
    maker = _COMPANY.sub("", make)
    if model.casefold().startswith(maker.casefold()):
        return model
    first, *rest = model.split()
    others = [word for word in maker.casefold().split() if word != first.casefold()]
    if len(others) == len(maker.split()):
        return f"{maker} {model}"
    return model if MAKERS_WORDS.issuperset(others) else " ".join((maker, *rest))


def lens_of(make: str | None, model: str | None) -> str | None:
    """Return what a lens is called, as cameras are; None where nothing but its maker is said."""
    return None if model is None else camera_of(make, model)


def focal_length(said: object) -> float | None:
    """Return millimetres, as exactly as files say them: "57.019"."""
    return _rounded(written.positive(said), 4)


def _numbered_lens(photo: Tags) -> str | None:
    specification = photo.get(ExifTags.Base.LensSpecification)
    return lens_of_its_numbers(specification) if isinstance(specification, tuple | list) else None


def lens_of_its_numbers(specification: Iterable[object]) -> str | None:
    """Return "24-105mm f/4" for its focal lengths and its largest apertures there, as other programs show it."""
    numbers = [written.positive(value) for value in specification]
    if len(numbers) != 4 or numbers[0] is None:
        return None
    (shortest, longest), apertures = numbers[:2], numbers[2:]
    lengths = dict.fromkeys(f"{length:g}" for length in (shortest, longest) if length is not None)
    openings = dict.fromkeys(f"{aperture:g}" for aperture in apertures if aperture is not None)
    return f"{'-'.join(lengths)}mm" + (f" f/{'-'.join(openings)}" if openings else "")


def _rating(main: Tags) -> int | None:
    own = written.stars(main.get(ExifTags.Base.Rating))
    return written.stars_of_percent(main.get(ExifTags.Base.RatingPercent)) if own is None else own


def _iso(photo: Tags) -> int | None:
    base = ExifTags.Base
    newer = (base.RecommendedExposureIndex, base.StandardOutputSensitivity, base.ISOSpeed)
    return iso(photo.get(base.ISOSpeedRatings), map(photo.get, newer))


def iso(old: object, newer: Iterable[object]) -> int | None:
    """Return what EXIF's old field says, or where that is empty or full, the first of the newer ones that says it."""
    said = written.positive(old)
    if said is None or said >= _SHORTS_END:
        said = next((found for value in newer if (found := written.positive(value))), said)
    return round(said) if said is not None and said < _HIGHEST_ISO else None


def _exposure(photo: Tags) -> tuple[float | None, float | None]:
    base = ExifTags.Base
    aperture = f_number(photo.get(base.FNumber), photo.get(base.ApertureValue))
    return aperture, seconds(photo.get(base.ExposureTime), photo.get(base.ShutterSpeedValue))


def f_number(said: object, power: object) -> float | None:
    """Return an f-number; where it is missing, from its power of two in the APEX system (EXIF 2.32, annex C)."""
    number = written.positive(said)
    if number is None:
        value = written.number(power)
        number = 2 ** (value / 2) if value is not None and abs(value) < _HIGHEST_POWER else None
    return _rounded(number, 2)


def seconds(said: object, power: object) -> float | None:
    """Return an exposure; where it is missing, from its power of two in the APEX system."""
    exposure = written.positive(said)
    if exposure is None:
        value = written.number(power)
        exposure = 2**-value if value is not None and abs(value) < _HIGHEST_POWER else None
    return exposure


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _altitude(gps: Tags) -> float | None:
    below = gps.get(ExifTags.GPS.GPSAltitudeRef) in (1, 3, b"\x01", b"\x03")
    return altitude(gps.get(ExifTags.GPS.GPSAltitude), below=below)


def altitude(said: object, *, below: bool) -> float | None:
    """Return metres above the sea, as they are kept; None if nobody photographs there."""
    metres = written.number(said)
    if metres is None or not -_DEEPEST < metres < _HIGHEST:
        return None
    return round(-metres if below else metres, 2)


def _position(gps: Tags) -> tuple[float | None, float | None]:
    tag = ExifTags.GPS
    latitude = _degrees(gps.get(tag.GPSLatitude), gps.get(tag.GPSLatitudeRef), "NS", 90)
    longitude = _degrees(gps.get(tag.GPSLongitude), gps.get(tag.GPSLongitudeRef), "EW", 180)
    return position(latitude, longitude)


def _degrees(parts: object, reference: object, signs: str, limit: int) -> float | None:
    letter = (_name(reference) or "?")[0].upper()
    if letter not in signs or not isinstance(parts, tuple | list) or not parts:
        return None
    try:
        angle = sum(float(part) / 60**place for place, part in enumerate(parts[:3]))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return degrees(-angle if letter == signs[1] else angle, limit) if angle >= 0 else None

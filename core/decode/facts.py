"""Read what EXIF says of a photo, and join what several parts of a file say of it.

Written by thousands of cameras and programs, a good part of it is wrong (see `written`). A fact that cannot be true is
unknown, and no fact ever costs a photo.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from PIL import ExifTags, Image

from core.decode import written
from core.photo import Facts

Tags = Mapping[int, Any]

_COMPANY = re.compile(
    r"[\s,]+(corporation|corp|company|co|inc|ltd|gmbh|ag|electronics|electric|optical|imaging|computer)\b.*", re.I
)
_MAKER_NAME_LIMIT = 80
"""Characters; what is longer is no camera's name but a damaged field."""

_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F
"""What Windows writes, in UTF-16."""

_ZONES = {
    ExifTags.Base.DateTimeOriginal: ExifTags.Base.OffsetTimeOriginal,
    ExifTags.Base.DateTimeDigitized: ExifTags.Base.OffsetTimeDigitized,
    ExifTags.Base.DateTime: ExifTags.Base.OffsetTime,
}
_PANORAMA = 6
"""EXIF's CustomRendered, as phones write it for a panorama."""

_SHORTS_END = 65535
"""The highest ISO that EXIF's old field can say: a higher one is in a newer field."""


def exif_facts(exif: Image.Exif) -> Facts:
    """Return what EXIF tells, as far as it can be believed."""
    main: Tags = exif
    photo = _directory(exif, ExifTags.IFD.Exif)
    gps = _directory(exif, ExifTags.IFD.GPSInfo)
    latitude, longitude = _position(gps)
    base = ExifTags.Base
    taken_at, zone = _taken({**{base.DateTime: main.get(base.DateTime)}, **photo})
    aperture, exposure = _exposure(photo)
    return Facts(
        taken_at=taken_at,
        zone=zone,
        camera=_camera(_name(main.get(base.Make)), _name(main.get(base.Model))),
        lens=_name(photo.get(base.LensModel)),
        latitude=latitude,
        longitude=longitude,
        altitude=_altitude(gps),
        rating=_rating(main),
        iso=_iso(photo),
        aperture=aperture,
        exposure=exposure,
        focal_length=_rounded(written.positive(photo.get(base.FocalLength)), 2),
        software=written.text(main.get(base.Software), written.LONGEST_KEYWORD),
        title=written.text(_wide(main.get(_XP_TITLE)), written.LONGEST_TITLE),
        caption=captions([main.get(base.ImageDescription), _wide(main.get(_XP_COMMENT)), _wide(main.get(_XP_SUBJECT))]),
        keywords=written.keywords((_wide(main.get(_XP_KEYWORDS)) or "").split(";")),
        screenshot=_comment(photo.get(base.UserComment)) == "screenshot",
        panorama=photo.get(base.CustomRendered) == _PANORAMA,
    )


def facts_by_numbers(exif: Image.Exif) -> Facts:
    """Return what EXIF tells by numbers alone, where no part of a file has a name for it."""
    specification = _directory(exif, ExifTags.IFD.Exif).get(ExifTags.Base.LensSpecification)
    return Facts(lens=_lens_of_its_numbers(specification))


def merged(first: Facts, *others: Facts) -> Facts:
    """Return `first`, its unknown fields filled from the others in turn."""
    for other in others:
        missing = {f.name: getattr(other, f.name) for f in fields(Facts) if _unknown(getattr(first, f.name))}
        if first.taken_at is not None and first.taken_at != other.taken_at:
            missing.pop("zone", None)  # of another moment
        first = replace(first, **missing)
    return first


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
    name = written.text(value, _MAKER_NAME_LIMIT + 1)
    return name if name is not None and len(name) <= _MAKER_NAME_LIMIT else None


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


def _taken(tags: Tags) -> tuple[str | None, str | None]:
    """Return when a photo was taken, and the zone of that time: the first date that can be believed."""
    for field, zone in _ZONES.items():
        when = written.date(tags.get(field))
        if when is not None:
            return when, written.zone(tags.get(zone)) or written.zone_of(tags.get(field))
    return None, None


def _camera(make: str | None, model: str | None) -> str | None:
    """Return "Canon EOS 40D" for ("Canon", "Canon EOS 40D") and "SONY DSC-W1" for ("SONY", "DSC-W1")."""
    if make is None or model is None:
        return model or make
    if model.split()[0].casefold() in make.casefold().split():
        return model
    maker = _COMPANY.sub("", make)
    return model if model.casefold().startswith(maker.casefold()) else f"{maker} {model}"


camera_of: Callable[[str | None, str | None], str | None] = _camera
"""A make and a model → what a camera is called."""


def _lens_of_its_numbers(specification: object) -> str | None:
    """Return "24-105mm f/4" for its focal lengths and its largest apertures there, as other programs show it."""
    numbers = [written.positive(value) for value in specification] if isinstance(specification, tuple | list) else []
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
    old = written.positive(photo.get(base.ISOSpeedRatings))
    if old is None or old >= _SHORTS_END:
        newer = (base.RecommendedExposureIndex, base.StandardOutputSensitivity, base.ISOSpeed)
        old = next((found for field in newer if (found := written.positive(photo.get(field)))), old)
    return round(old) if old is not None and old < 10**8 else None


def _exposure(photo: Tags) -> tuple[float | None, float | None]:
    """Return f-number and seconds; where they are missing, from the powers of two of the APEX system."""
    base = ExifTags.Base
    aperture = written.positive(photo.get(base.FNumber))
    if aperture is None:
        power = written.positive(photo.get(base.ApertureValue))
        aperture = 2 ** (power / 2) if power is not None and power < 20 else None
    exposure = written.positive(photo.get(base.ExposureTime))
    if exposure is None:
        power = written.number(photo.get(base.ShutterSpeedValue))
        exposure = 2**-power if power is not None and abs(power) < 20 else None
    return _rounded(aperture, 2), exposure


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _altitude(gps: Tags) -> float | None:
    metres = written.number(gps.get(ExifTags.GPS.GPSAltitude))
    if metres is None or not -20_000 < metres < 1_000_000:
        return None
    below = gps.get(ExifTags.GPS.GPSAltitudeRef)
    return round(-metres if below in (1, 3, b"\x01", b"\x03") else metres, 2)


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

"""Read what a photo's file says about it: when, with what, where, how many stars.

Written by thousands of cameras and programs, a good part of it is wrong: dates of year 0, denominators of 0,
text where numbers belong. A fact that cannot be true is unknown, and no fact ever costs a photo.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image

from core.photo import Facts

Tags = Mapping[int, Any]

_DATE = re.compile(r"(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?")
_XMP_DATES = re.compile(
    rb"(?:exif:DateTimeOriginal|photoshop:DateCreated|xmp:CreateDate)(?:\s*=\s*[\"']|>)\s*([0-9T: .\-]{10,19})"
)
_XMP_RATING = re.compile(rb"xmp:Rating(?:\s*=\s*[\"']|>)\s*(-?\d)")
_COMPANY = re.compile(
    r"[\s,]+(corporation|corp|company|co|inc|ltd|gmbh|ag|electronics|electric|optical|imaging|computer)\b.*", re.I
)
_FIRST_PHOTOGRAPH = 1826
"""The year of the oldest photograph that is left: a date before it is a camera's mistake."""
_MAKER_NAME_LIMIT = 80
"""Characters; what is longer is no camera's name but a damaged field."""


def exif_facts(exif: Image.Exif) -> Facts:
    """Return what EXIF tells, as far as it can be believed."""
    main: Tags = exif
    photo = _directory(exif, ExifTags.IFD.Exif)
    latitude, longitude = _position(_directory(exif, ExifTags.IFD.GPSInfo))
    base = ExifTags.Base
    dates = (photo.get(base.DateTimeOriginal), photo.get(base.DateTimeDigitized), main.get(base.DateTime))
    return Facts(
        taken_at=next((date for date in map(_date, dates) if date), None),
        camera=_camera(_text(main.get(base.Make)), _text(main.get(base.Model))),
        lens=_text(photo.get(base.LensModel)),
        latitude=latitude,
        longitude=longitude,
        rating=_rating(main.get(ExifTags.Base.Rating)),
    )


def xmp_facts(xmp: object) -> Facts:
    """Return date and rating of an XMP packet. Two fields need no XML parser, and no parser's weaknesses."""
    packet = xmp.encode("utf-8", "replace") if isinstance(xmp, str) else xmp
    if not isinstance(packet, bytes):
        return Facts()
    rating, date = _XMP_RATING.search(packet), _XMP_DATES.search(packet)
    return Facts(
        rating=_rating(int(rating[1])) if rating else None,
        taken_at=_date(date[1]) if date else None,
    )


def merged(first: Facts, *others: Facts) -> Facts:
    """Return `first`, its unknown fields filled from the others in turn."""
    for other in others:
        missing = {f.name: getattr(other, f.name) for f in fields(Facts) if getattr(first, f.name) is None}
        first = replace(first, **missing)
    return first


def orientation(exif: Image.Exif) -> int | None:
    """Return the EXIF orientation, 1-8, or None."""
    value = exif.get(ExifTags.Base.Orientation)
    return value if isinstance(value, int) and 1 <= value <= 8 else None


def _directory(exif: Image.Exif, number: int) -> Tags:
    try:
        return exif.get_ifd(number)
    except Exception:  # whatever Pillow's parser trips over, the photo is still a photo
        return {}


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    text = " ".join(value.partition("\0")[0].split())
    return text if len(text) <= _MAKER_NAME_LIMIT and any(c.isalnum() for c in text) else None


def _date(value: object) -> str | None:
    match = _DATE.match(_text(value) or "")
    if match is None:
        return None
    try:
        date = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    if not _FIRST_PHOTOGRAPH <= date.year <= datetime.now().year + 1:
        return None
    return date.isoformat(timespec="seconds")


def _camera(make: str | None, model: str | None) -> str | None:
    """Return "Canon EOS 40D" for ("Canon", "Canon EOS 40D") and "SONY DSC-W1" for ("SONY", "DSC-W1")."""
    if make is None or model is None:
        return model or make
    if model.split()[0].casefold() in make.casefold().split():
        return model
    maker = _COMPANY.sub("", make)
    return model if model.casefold().startswith(maker.casefold()) else f"{maker} {model}"


def _rating(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= 5 else None


def _position(gps: Tags) -> tuple[float | None, float | None]:
    tag = ExifTags.GPS
    latitude = _degrees(gps.get(tag.GPSLatitude), gps.get(tag.GPSLatitudeRef), "NS", 90)
    longitude = _degrees(gps.get(tag.GPSLongitude), gps.get(tag.GPSLongitudeRef), "EW", 180)
    # Cameras without a fix write zeros; nobody photographs at 0°, 0°.
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None, None
    return latitude, longitude


def _degrees(parts: object, reference: object, signs: str, limit: int) -> float | None:
    letter = (_text(reference) or "?")[0].upper()
    if letter not in signs or not isinstance(parts, tuple | list) or not parts:
        return None
    try:
        degrees = sum(float(part) / 60**place for place, part in enumerate(parts[:3]))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(degrees) or not 0 <= degrees <= limit:
        return None
    return round(-degrees if letter == signs[1] else degrees, 7)

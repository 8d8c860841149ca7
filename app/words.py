"""Numbers, dates and photos in words, in the language and customs of the person at the screen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from core.photo import Photo


def count(number: int) -> str:
    return QLocale().toString(number)


def photos(number: int) -> str:
    return QCoreApplication.translate("words", "%Ln photo(s)", "", number)


def files(number: int) -> str:
    return QCoreApplication.translate("words", "%Ln file(s)", "", number)


def duration(seconds: float) -> str:
    """Say about how long something takes, as coarsely as such an estimate deserves."""
    if seconds < 10:
        return QCoreApplication.translate("words", "a few seconds")
    if seconds < 55:
        return QCoreApplication.translate("words", "%Ln second(s)", "", round(seconds / 5) * 5)
    if seconds < 55 * 60:
        return QCoreApplication.translate("words", "%Ln minute(s)", "", max(1, round(seconds / 60)))
    return QCoreApplication.translate("words", "%Ln hour(s)", "", max(1, round(seconds / 3600)))


def speed(per_second: float) -> str:
    """Say how many photos are done in a second; below one, in a minute."""
    if per_second >= 1:
        return QCoreApplication.translate("words", "%Ln a second", "", round(per_second))
    return QCoreApplication.translate("words", "%Ln a minute", "", max(1, round(per_second * 60)))


def date(taken_at: str | None) -> str | None:
    """Return a photo's date and time as this locale writes them, or None if it has none."""
    try:
        moment = datetime.fromisoformat(taken_at or "")
    except ValueError:
        return None
    locale = QLocale()
    day = locale.toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.LongFormat)
    time = locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    return f"{day}, {time}"


def dimensions(photo: Photo) -> str | None:
    facts = photo.facts
    if not facts.width or not facts.height:
        return None
    megapixels = QLocale().toString(facts.width * facts.height / 1e6, "f", 1)
    return QCoreApplication.translate("words", "{width} × {height} ({megapixels} megapixels)").format(
        width=facts.width, height=facts.height, megapixels=megapixels
    )


def folder(path: Path) -> str:
    """Return a folder as people write it: the home folder is ~."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def tooltip(photo: Photo) -> str:
    """Tell what a photo is, a line for each thing known."""
    place = photo.place
    lines = [place.path.name, folder(place.path.parent), date(photo.facts.taken_at), photo.facts.camera]
    if photo.offline:
        missing = QCoreApplication.translate(
            "words", "Not within reach now: its drive is not connected. The picture shown is a stored copy."
        )
        lines.append(missing)
    return "\n".join(line for line in lines if line)


def spoken(photo: Photo) -> str:
    """Tell what a photo is in one line, for a screen reader."""
    parts = [photo.place.path.name, date(photo.facts.taken_at)]
    if photo.offline:
        parts.append(QCoreApplication.translate("words", "not within reach"))
    return ", ".join(part for part in parts if part)

"""Numbers, dates and photos in words, in the language and customs of the person at the screen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, Qt, QTime

from core.photo import Facts, Photo
from core.user_records import Marks

_A_FEW_SECONDS, _NEARLY_A_MINUTE, _NEARLY_AN_HOUR = 10, 55, 55 * 60
"""Seconds below which a time is told less exactly: nobody wants to see "58 seconds" become "1 minute" and back."""

LEAST_PIXELS = 50_000
"""Of fewer nobody says megapixels: it would be 0.0 of them."""


class _Phrases(QObject):
    """The sentences of this file. They are here because the translation tools know plurals only of `self.tr`."""

    def photos(self, number: int) -> str:
        return self.tr("%Ln photo(s)", "", number)

    def files(self, number: int) -> str:
        return self.tr("%Ln file(s)", "", number)

    def duration(self, seconds: float) -> str:
        if seconds < _A_FEW_SECONDS:
            return self.tr("a few seconds")
        if seconds < _NEARLY_A_MINUTE:
            return self.tr("%Ln second(s)", "", round(seconds / 5) * 5)
        if seconds < _NEARLY_AN_HOUR:
            return self.tr("%Ln minute(s)", "", max(1, round(seconds / 60)))
        return self.tr("%Ln hour(s)", "", max(1, round(seconds / 3600)))

    def speed(self, per_second: float) -> str:
        if per_second >= 1:
            return self.tr("%Ln a second", "", round(per_second))
        return self.tr("%Ln a minute", "", max(1, round(per_second * 60)))

    def moment(self) -> str:
        # How Qt writes a date with its time shortly: https://doc.qt.io/qt-6/qdatetime.html#toString
        return self.tr("d MMM yyyy, HH:mm:ss")

    def dimensions(self) -> str:
        return self.tr("{width} × {height} ({megapixels} megapixels)")

    def favourite(self) -> str:
        return self.tr("Favourite")

    def stars(self, number: int) -> str:
        return self.tr("%Ln star(s)", "", number)

    def away(self) -> str:
        return self.tr("Not within reach now: its drive is not connected. The picture shown is a stored copy.")

    def elsewhere(self) -> str:
        return self.tr(
            "It is not known where this photo's folder lies on this computer. Add that folder: it is recognised, and "
            "nothing is read again. The picture shown is a stored copy."
        )

    def out_of_reach(self) -> str:
        return self.tr("not within reach")


_PHRASES = _Phrases()


def count(number: int) -> str:
    return QLocale().toString(number)


def photos(number: int) -> str:
    return _PHRASES.photos(number)


def files(number: int) -> str:
    return _PHRASES.files(number)


def duration(seconds: float) -> str:
    """Say about how long something takes, as coarsely as such an estimate deserves."""
    return _PHRASES.duration(seconds)


def speed(per_second: float) -> str:
    """Say how many photos are done in a second; below one, in a minute."""
    return _PHRASES.speed(per_second)


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


def moment(date: str) -> str:
    """Return a date with its time (ISO 8601) shortly; empty if it is none."""
    read = QDateTime.fromString(date, Qt.DateFormat.ISODate)
    return QLocale().toString(read, _PHRASES.moment()) if read.isValid() else ""


def dimensions(photo: Photo) -> str | None:
    facts = photo.facts
    if not facts.width or not facts.height:
        return None
    if facts.width * facts.height < LEAST_PIXELS:
        return f"{count(facts.width)} × {count(facts.height)}"
    megapixels = QLocale().toString(facts.width * facts.height / 1e6, "f", 1)
    return _PHRASES.dimensions().format(width=count(facts.width), height=count(facts.height), megapixels=megapixels)


def size(number: int) -> str:
    """Return a number of bytes as people say it."""
    return QLocale().formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def folder(path: Path) -> str:
    """Return a folder as people write it: the home folder is ~."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def elsewhere() -> str:
    """Say how to make a photo reachable whose folder lies at a path nobody told on this computer."""
    return _PHRASES.elsewhere()


def tooltip(photo: Photo) -> str:
    """Tell what a photo is, a line for each thing known."""
    place = photo.place
    lines = [place.path.name, folder(place.path.parent), date(photo.facts.taken_at), photo.facts.camera]
    if photo.offline:
        lines.append(elsewhere() if place.elsewhere else _PHRASES.away())
    return "\n".join(line for line in lines if line)


def spoken(photo: Photo) -> str:
    """Tell what a photo is in one line, for a screen reader."""
    parts = [photo.place.path.name, date(photo.facts.taken_at)]
    if photo.offline:
        parts.append(_PHRASES.out_of_reach())
    return ", ".join(part for part in parts if part)


def spoken_marks(marks: Marks, stars: int) -> str:
    """Tell what the user says of a photo, for a screen reader; `stars` are those shown of it."""
    parts = [_PHRASES.favourite()] if marks.favourite else []
    parts += [_PHRASES.stars(stars)] if stars else []
    return ", ".join([*parts, *([marks.title] if marks.title else []), *marks.tags])


def shortened(text: str, most: int = 60) -> str:
    """Return a text on one line, no longer than so many characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def exposure(facts: Facts) -> str | None:
    """Return how a photo was exposed: aperture, time, sensitivity, focal length; None if nothing of it is known."""
    time = facts.exposure
    parts = (
        f"f/{_number(facts.aperture)}" if facts.aperture else "",
        "" if not time else f"1/{round(1 / time)} s" if time < 0.4 else f"{_number(time)} s",
        f"ISO {facts.iso}" if facts.iso else "",
        f"{_number(facts.focal_length)} mm" if facts.focal_length else "",
    )
    return " · ".join(filter(None, parts)) or None


def _number(value: float) -> str:
    return QLocale().toString(round(value, 1), "g", 6)

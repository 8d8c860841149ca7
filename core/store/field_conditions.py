"""Where each fact that can be asked for is kept: from a field and a value to a condition on a row of `contents`.

Beside `core.query.fields`, which says what can be asked. Photos of which a fact is not known pass no condition on it
(but for "none"), and so pass every condition that begins with "-".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from core.paths import at_home
from core.photo import RAW_FORMATS
from core.query import Missing, Text, Value, quantities
from core.store import (
    day_conditions,
    name_conditions,
    picture_groups,
    picture_texts,
    place_conditions,
    text_conditions,
    texts,
    user_conditions,
)
from core.store.condition import NOTHING, Condition, all_of, any_of, one_of, with_file
from core.store.folders import stretches_in
from core.store.number_spans import ReadNumber, span_of
from core.store.reach import why_offline
from core.store.sql import Connection


@dataclass(frozen=True, slots=True)
class Asking:
    """Where and when a question is asked: the database, which day it is, and the file of what the user said.

    Without that file it is in the same database.
    """

    connection: Connection
    today: date
    user_data: Path | None


FieldCondition: TypeAlias = Callable[[Asking, Value], Condition]

_FORMATS: Mapping[str, tuple[str, ...]] = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WebP",),
    "gif": ("GIF",),
    "tiff": ("TIFF",),
    "bmp": ("BMP", "DIB"),
    "heic": ("HEIF",),
    "avif": ("AVIF",),
    "jxl": ("JPEG XL",),
    "psd": ("PSD",),
    "raw": tuple(sorted(RAW_FORMATS)),
}
_EDITORS = (
    *("photoshop", "lightroom", "camera raw", "gimp", "affinity", "pixelmator", "snapseed", "darktable", "rawtherapee"),
    *("capture one", "luminar", "vsco", "picasa", "paint", "acdsee", "photoscape", "dxo", "on1", "krita", "digikam"),
    *(
        "facetune",
        "picsart",
        "meitu",
        "美图",
        "photo editor",
        "photoeditor",
        "photos 1",
        "polarr",
        "darkroom",
        "exposure x",
    ),
)
"""Parts of the names of programs that change pictures; a camera's firmware is none."""
_APEX_INEXACT = 0.001
"""Exposures that a file tells as a power of two are 1/60 but for some thousandths; the next one is a fifth away."""
_SHAPES = {"landscape": "width > height", "portrait": "width < height", "square": "width = height"}
_WITH_SEVERAL_FILES = (
    "SELECT content_id FROM files WHERE content_id IS NOT NULL GROUP BY content_id HAVING count(*) > 1"
)
_FILES_OF_ROOTS = "SELECT content_id FROM files JOIN roots ON roots.id = root_id"
_IN_REACH = f"{_FILES_OF_ROOTS} WHERE {why_offline()} IS NULL"


def _in_folder(asking: Asking, value: Value) -> Condition:
    """Photos with a file in a folder, or below it: by path, or in every folder of that name."""
    text = value.text if isinstance(value, Text) else ""
    if "\0" in text:  # no file system has such a name, and looking for it is an error
        return NOTHING
    if not at_home(text).is_absolute():
        return name_conditions.in_folders_named(asking.connection, text)
    conditions: list[Condition] = []
    for root_id, first, before in stretches_in(asking.connection, Path(text)):
        if before is None:
            conditions.append(("root_id = ? AND relative_path >= ?", (root_id, first)))
        else:
            conditions.append(("root_id = ? AND relative_path >= ? AND relative_path < ?", (root_id, first, before)))
    return with_file(any_of(conditions))


def _named(asking: Asking, value: Value) -> Condition:
    return name_conditions.file_named(value.text) if isinstance(value, Text) else NOTHING


def _device(column: str, read: Callable[[str], str] = str) -> FieldCondition:
    """Cameras and lenses: of the few there are those that are meant, and the photos of them by index."""

    def condition(asking: Asking, value: Value) -> Condition:
        if isinstance(value, Text):
            return one_of(column, name_conditions.values_like(asking.connection, column, read(value.text)))
        return f"{column} IS NULL", ()

    return condition


def _number(expression: str, units: Mapping[str, float] = quantities.NO_UNITS) -> FieldCondition:
    return _measured(expression, lambda text: quantities.quantity(text, units))


def _measured(expression: str, read: ReadNumber, inexact: float = 0.0) -> FieldCondition:
    """A number in a column; `inexact` is the part of it by which files differ that mean the same."""

    def condition(_: Asking, value: Value) -> Condition:
        if isinstance(value, Missing):
            return f"{expression} IS NULL", ()
        span = span_of(value, read, inexact)
        return NOTHING if span is None else span.condition(expression)

    return condition


def _file_size(asking: Asking, value: Value) -> Condition:
    return with_file(_number("size", quantities.BYTES)(asking, value))


def _type(asking: Asking, value: Value) -> Condition:
    match value:
        case Text("screenshot" | "panorama" as kind):
            return kind, ()
        case Text(text):
            return one_of("format", _FORMATS.get(text, ()))
        case _:
            return "format IS NULL", ()


def _shape(asking: Asking, value: Value) -> Condition:
    return _SHAPES.get(value.text, "FALSE") if isinstance(value, Text) else "FALSE", ()


def _place(asking: Asking, value: Value) -> Condition:
    if not isinstance(value, Text):
        return "latitude IS NULL", ()
    circle = quantities.circle(value.text)
    if circle is None:
        return place_conditions.named(value.text, asking.connection)
    return place_conditions.within(circle, asking.connection)


def _state(asking: Asking, value: Value) -> Condition:
    match value:
        case Text("screenshot" | "panorama" as kind):
            return kind, ()
        case Text("raw"):
            return one_of("format", sorted(RAW_FORMATS))
        case Text("edited"):
            return one_of("software", name_conditions.values_with_any(asking.connection, "software", _EDITORS))
        case Text("offline"):
            away = f"contents.id IN ({_FILES_OF_ROOTS} WHERE {why_offline()} IS NOT NULL)"
            return f"{away} AND NOT EXISTS ({_IN_REACH} AND content_id = contents.id)", ()
        case Text("duplicate"):
            return f"contents.id IN ({_WITH_SEVERAL_FILES} UNION {picture_groups.SAME_PICTURE})", ()
        case Text("favourite"):
            return user_conditions.favourite(asking.connection, asking.user_data)
        case _:
            return NOTHING


def _rating(asking: Asking, value: Value) -> Condition:
    return user_conditions.rated(asking.connection, asking.user_data, lambda column: stars(column, value))


def stars(column: str, value: Value) -> Condition:
    """Return that a rating in a column is what a value says."""
    if isinstance(value, Missing):
        return f"{column} IS NULL", ()
    span = span_of(value, quantities.quantity)
    return NOTHING if span is None else span.condition(column)


def _album(asking: Asking, value: Value) -> Condition:
    return user_conditions.in_album(asking.connection, asking.user_data, value)


def _tag(asking: Asking, value: Value) -> Condition:
    """Tags are what the user said and what the photo's file says."""
    own = user_conditions.tagged(asking.connection, asking.user_data, value)
    both = all_of if isinstance(value, Missing) else any_of
    return both([own, text_conditions.keyword(value)])


def _titled(kind: str) -> FieldCondition:
    return lambda asking, value: user_conditions.titled(asking.connection, asking.user_data, kind, value)


def _text(asking: Asking, value: Value) -> Condition:
    titles = [_titled(kind)(asking, value) for kind in (texts.TITLE, texts.CAPTION)]
    keywords = text_conditions.written(value, texts.KEYWORD)
    joined = any_of if isinstance(value, Text) else all_of
    return text_conditions.read_or_written(value, joined([*titles, keywords]))


def _has(asking: Asking, value: Value) -> Condition:
    return picture_texts.WITH_TEXT if isinstance(value, Text) else "FALSE", ()


def _dated(condition: Callable[[Value, date], Condition]) -> FieldCondition:
    return lambda asking, value: condition(value, asking.today)


CONDITIONS: Mapping[str, FieldCondition] = {
    "date": _dated(day_conditions.on_date),
    "year": _dated(day_conditions.in_year),
    "month": _dated(day_conditions.in_month),
    "weekday": lambda _, value: day_conditions.on_weekday(value),
    "time": lambda _, value: day_conditions.at_time(value),
    "before": _dated(day_conditions.before),
    "after": _dated(day_conditions.after),
    "in": _in_folder,
    "name": _named,
    "camera": _device("camera", name_conditions.without_company),
    "lens": _device("lens"),
    "iso": _number("iso"),
    "f": _measured("aperture", quantities.f_number),
    "exposure": _measured("exposure", quantities.seconds, _APEX_INEXACT),
    "focal": _number("focal_length", quantities.MILLIMETRES),
    "title": _titled(texts.TITLE),
    "caption": _titled(texts.CAPTION),
    "keyword": lambda _, value: text_conditions.keyword(value),
    "text": _text,
    "has": _has,
    "software": _device("software"),
    "type": _type,
    "shape": _shape,
    "width": _number("width", quantities.PIXELS),
    "height": _number("height", quantities.PIXELS),
    "size": _file_size,
    "mp": _number("(width * height / 1e6)", quantities.MEGAPIXELS),
    "place": _place,
    "rating": _rating,
    "album": _album,
    "tag": _tag,
    "altitude": _number("altitude", quantities.METRES),
    "is": _state,
}
"""The condition of each field of `core.query.fields.FIELDS`."""

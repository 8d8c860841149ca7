"""The facts that can be asked for: one table of fields, by their English and Chinese names, with what they take.

A new fact is a line here and a line in `core.store.field_conditions`, which says where it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date
from typing import TypeAlias

from core import places
from core.query import dates, hours, quantities
from core.query.value import Missing, Order, Query, Range, Text, Value, facts_in

ReadText: TypeAlias = Callable[[str], str | None]
"""What is written → the same as this program writes it; None if the field takes no such value."""


@dataclass(frozen=True, slots=True)
class Field:
    """A fact by name.

    Attributes:
        name: as it is written by this program.
        also: other names for it.
        read: see `ReadText`.
        ranges: whether "..", ">" and "<" are ranges, or characters like any others.
        missing: whether a photo can be asked for of which this is not known ("none").
        choices: the values there are, if they can be listed.
        spellings: other ways to write those values.
    """

    name: str
    also: tuple[str, ...]
    read: ReadText
    ranges: bool = False
    missing: bool = True
    choices: tuple[str, ...] = ()
    spellings: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict[str, tuple[str, ...]])

    def accepted(self, value: Value) -> Value | None:
        """Return a value as this field knows it; None if it takes no such value."""
        match value:
            case Missing():
                return value if self.missing else None
            case Text(text):
                read = self.read(text)
                return None if read is None else Text(read)
            case Range(low, high):
                ends = [None if end is None else self.read(end) for end in (low, high)]
                if not self.ranges or ends.count(None) != (low, high).count(None) or ends == [None, None]:
                    return None
                return replace(value, low=ends[0], high=ends[1])


def _anything(text: str) -> str | None:
    return text if text.strip() else None


def _if(condition: Callable[[str], object]) -> ReadText:
    return lambda text: text if condition(text) else None


def _number(units: Mapping[str, float] = quantities.NO_UNITS) -> ReadText:
    return _if(lambda text: quantities.size(text, units) is not None)


def _one_of(choices: Mapping[str, str]) -> ReadText:
    return lambda text: choices.get(text.strip().casefold())


def _stars(text: str) -> str | None:
    return text if text in ("0", "1", "2", "3", "4", "5") else None


def _with_themselves(choices: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {name: choice for choice, others in choices.items() for name in (choice, *others)}


def _is_place(text: str) -> bool:
    """Tell whether a town, a region or a country is named, and perhaps how far around it."""
    place = quantities.around(text)
    return len(places.named(text if place is None else place[0]).towns) > 0


_ANY_DAY = date(2001, 1, 1)

TYPES: Mapping[str, tuple[str, ...]] = {
    "jpeg": ("jpg",),
    "png": (),
    "webp": (),
    "gif": (),
    "tiff": ("tif",),
    "bmp": (),
    "heic": ("heif",),
    "avif": (),
    "jxl": ("jpegxl",),
    "psd": ("photoshop",),
    "raw": (),
    "screenshot": ("截图", "截屏"),
    "panorama": ("全景",),
}
SHAPES: Mapping[str, tuple[str, ...]] = {
    "landscape": ("wide", "horizontal", "横", "横向", "横幅"),
    "portrait": ("tall", "vertical", "upright", "竖", "竖向", "纵向"),
    "square": ("方", "正方形", "方形"),
}
STATES: Mapping[str, tuple[str, ...]] = {
    "raw": (),
    "offline": ("离线",),
    "edited": ("编辑过", "已编辑", "修改过"),
    "duplicate": ("duplicated", "copy", "重复"),
    "favourite": ("favorite", "fav", "loved", "收藏", "喜欢"),
    "screenshot": ("截图", "截屏"),
    "panorama": ("全景",),
}
HAS: Mapping[str, tuple[str, ...]] = {
    "text": ("writing", "文字"),
}
WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "monday": ("mon", "周一", "星期一", "礼拜一"),
    "tuesday": ("tue", "周二", "星期二", "礼拜二"),
    "wednesday": ("wed", "周三", "星期三", "礼拜三"),
    "thursday": ("thu", "周四", "星期四", "礼拜四"),
    "friday": ("fri", "周五", "星期五", "礼拜五"),
    "saturday": ("sat", "周六", "星期六", "礼拜六"),
    "sunday": ("sun", "周日", "星期日", "礼拜天", "周天", "星期天"),
    "weekend": ("weekends", "周末"),
    "workday": ("workdays", "工作日"),
}
ORDERS: Mapping[str, tuple[str, ...]] = {
    Order.BEST.value: ("relevance", "最佳"),
    Order.NEWEST.value: ("date", "newest-first", "最新"),
    Order.OLDEST.value: ("oldest-first", "最早"),
    Order.NAME.value: ("文件名", "名称"),
    Order.SIZE.value: ("大小",),
    Order.RATING.value: ("stars", "评分"),
}


def _choice(
    name: str, also: tuple[str, ...], choices: Mapping[str, tuple[str, ...]], *, missing: bool = False
) -> Field:
    read = _one_of(_with_themselves(choices))
    return Field(name, also, read, missing=missing, choices=tuple(choices), spellings=choices)


_DATE = _if(dates.is_date)
_MONTH = _if(lambda text: dates.month(text) is not None)
_YEAR = _if(lambda text: dates.year(text, _ANY_DAY) is not None)
_TIME = _if(hours.hours)
_EXPOSURE = _if(lambda text: quantities.seconds(text) is not None)
_APERTURE = _if(lambda text: quantities.f_number(text) is not None)
_ALTITUDE = _if(lambda text: quantities.quantity(text, quantities.METRES) is not None)
_PLACE = _if(lambda text: quantities.circle(text) is not None or _is_place(text))


ALL = (
    Field("date", ("日期", "taken"), _DATE, ranges=True),
    Field("year", ("年", "年份"), _YEAR, ranges=True),
    Field("month", ("月", "月份"), _MONTH, ranges=True),
    _choice("weekday", ("星期", "周几"), WEEKDAYS, missing=True),
    Field("time", ("hour", "时间", "时刻"), _TIME, ranges=True),
    Field("before", ("之前", "早于", "until"), _DATE, missing=False),
    Field("after", ("之后", "晚于", "since"), _DATE, missing=False),
    Field("in", ("folder", "文件夹"), _anything, missing=False),
    Field("name", ("filename", "文件名"), _anything, missing=False),
    Field("camera", ("相机",), _anything),
    Field("lens", ("镜头",), _anything),
    Field("iso", ("感光度",), _number(), ranges=True),
    Field("f", ("aperture", "光圈"), _APERTURE, ranges=True),
    Field("exposure", ("shutter", "快门", "曝光"), _EXPOSURE, ranges=True),
    Field("focal", ("焦距",), _number(quantities.MILLIMETRES), ranges=True),
    Field("title", ("标题",), _anything),
    Field("caption", ("description", "说明", "描述"), _anything),
    Field("keyword", ("keywords", "关键词", "关键字"), _anything),
    Field("text", ("文字",), _anything),
    _choice("has", ("有",), HAS),
    Field("software", ("软件",), _anything),
    _choice("type", ("format", "类型", "格式"), TYPES, missing=True),
    _choice("shape", ("orientation", "方向"), SHAPES),
    Field("width", ("宽", "宽度"), _number(quantities.PIXELS), ranges=True),
    Field("height", ("高", "高度"), _number(quantities.PIXELS), ranges=True),
    Field("size", ("大小",), _number(quantities.BYTES), ranges=True, missing=False),
    Field("mp", ("megapixels", "像素"), _number(quantities.MEGAPIXELS), ranges=True),
    Field("place", ("地点", "near"), _PLACE),
    Field("altitude", ("海拔",), _ALTITUDE, ranges=True),
    Field("rating", ("stars", "评分"), _stars, ranges=True),
    Field("album", ("相册",), _anything),
    Field("tag", ("标签",), _anything),
    _choice("is", ("是",), STATES),
)
ORDER = _choice("order", ("sort", "排序"), ORDERS)
LIKE = Field("like", ("像", "similar"), _anything, missing=False)

FIELDS: Mapping[str, Field] = {field.name: field for field in ALL}
"""The facts, by name."""

_OF_THE_USER = ("rating", "album", "tag", "title", "caption", "text")

_BY_NAME = {name: field for field in (*ALL, ORDER, LIKE) for name in (field.name, *field.also)}


def field_named(name: str) -> Field | None:
    """Return the field of this name, in either language and whatever its case; `ORDER` and `LIKE` too."""
    return _BY_NAME.get(name.casefold())


def asks_of_the_user(query: Query) -> bool:
    """Return whether the answer depends on what the user said of photos: stars, favourites, albums, tags, titles."""
    said = any(
        fact.field in _OF_THE_USER or (fact.field == "is" and Text("favourite") in fact.values)
        for fact in facts_in(query.filter)
    )
    return said or query.order is Order.RATING

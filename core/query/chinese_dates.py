"""How dates are written in Chinese: 去年夏天, 2019年5月3日, 三天前, 上周末, 九十年代."""

from __future__ import annotations

import re
from datetime import date

from core.query import holidays
from core.query.date_rule import Meaning, Rule, ago, alternatives, believable_year, decade, lately
from core.query.days import Period, When, YearlyDays, day_ago, days_of_week, days_of_year, days_of_years, weekend
from core.query.english_dates import AUTUMN, SPRING, SUMMER, WINTER, day_of, month_period

_SEASONS = {"春": SPRING, "夏": SUMMER, "秋": AUTUMN, "冬": WINTER}
_PERIODS: dict[str, Period] = {
    **{name + end: period for name, period in _SEASONS.items() for end in ("天", "季")},
    "暑假": Period(YearlyDays((7, 1), (8, 31))),
    "寒假": Period(YearlyDays((1, 10), (2, 20))),
    **holidays.CHINESE,
}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
_DAYS_AGO = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "大前天": 3}
_UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year"}

_YEAR = rf"(?:(?P<year>\d{{4}}|[{''.join(_DIGITS)}]{{4}})年|(?P<year_ago>{alternatives(list(_YEARS_AGO))}))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_DAY = r"(?P<day>[0-3]?\d|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_NAME = f"(?P<name>{alternatives(list(_PERIODS))})"
_COUNT = r"(?P<count>\d{1,3}|[一二三四五六七八九两十百]{1,3})"
_UNIT = "(?P<unit>天|日|周|个?星期|个?礼拜|个月|年)"


def number(text: str) -> int:
    """Return a number below a hundred that is written in figures or as 十, 二十三, 两; hundreds as 百."""
    if text.isascii() and text.isdigit():
        return int(text)
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return 100 * (number(hundreds) if hundreds else 1) + (number(rest) if rest else 0)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in text if digit in _DIGITS) or 0)
    return 10 * (number(tens) if tens else 1) + (number(ones) if ones else 0)


def month_named(text: str) -> int | None:
    """Return the month of 五月, 5月, 十二月份; None if it is none."""
    match = re.fullmatch(f"{_MONTH}份?", text)
    return number(match["month"]) if match else None


def _year_of(match: re.Match[str], today: date) -> int | None:
    if match["year_ago"]:
        return today.year - _YEARS_AGO[match["year_ago"]]
    return believable_year(int("".join(digit if digit.isascii() else str(_DIGITS[digit]) for digit in match["year"])))


def _year(match: re.Match[str], today: date) -> When | None:
    year = _year_of(match, today)
    return days_of_year(year) if year else None


def _day_of_year(match: re.Match[str], today: date) -> When | None:
    year = _year_of(match, today)
    return day_of(str(year), number(match["month"]), number(match["day"])) if year else None


def _month_of_year(match: re.Match[str], today: date) -> When | None:
    year = _year_of(match, today)
    return month_period(number(match["month"])).in_year(year) if year else None


def _period_of_year(match: re.Match[str], today: date) -> When | None:
    year = _year_of(match, today)
    return _PERIODS[match["name"]].in_year(year) if year else None


def _this_or_last(match: re.Match[str], today: date) -> When:
    back = match["which"].count("上")
    match match["what"]:
        case "周末":
            return weekend(today, back)
        case "月":
            return ago(back, "month", today)
        case _:
            return days_of_week(today, back)


def _unit(match: re.Match[str]) -> str:
    return _UNITS[match["unit"].removeprefix("个")]


def _decade(match: re.Match[str], today: date) -> When | None:
    first = believable_year(decade(number(match["decade"])))
    return days_of_years(first, 10) if first else None


_AROUND = (r"(?<![\d.])", "")


def _rule(pattern: str, meaning: Meaning, *, plain: bool = True) -> Rule:
    return Rule(pattern, meaning, plain, _AROUND)


RULES = (
    _rule(f"{_YEAR}的?{_MONTH}{_DAY}", _day_of_year),
    _rule(f"{_YEAR}的?{_MONTH}份?", _month_of_year),
    _rule(f"{_YEAR}的?{_NAME}", _period_of_year),
    _rule(f"{_COUNT}{_UNIT}(?:以前|之前|前)", lambda match, today: ago(number(match["count"]), _unit(match), today)),
    _rule(f"(?:最近|过去|近){_COUNT}{_UNIT}", lambda match, today: lately(number(match["count"]), _unit(match), today)),
    _rule(r"(?P<decade>\d{3}0|\d0|[二三四五六七八九]十)年代", _decade),
    _rule(_YEAR, _year),
    _rule(f"{_MONTH}{_DAY}", lambda match, today: day_of(None, number(match["month"]), number(match["day"]))),
    _rule(f"{_MONTH}份?", lambda match, today: month_period(number(match["month"])).every_year(today)),
    _rule("(?P<which>这|本|上上|上)个?(?P<what>周末|周|星期|礼拜|月)", _this_or_last),
    _rule(f"(?P<ago>{alternatives(list(_DAYS_AGO))})", lambda match, today: day_ago(today, _DAYS_AGO[match["ago"]])),
    _rule(_NAME, lambda match, today: _PERIODS[match["name"]].every_year(today), plain=False),
)

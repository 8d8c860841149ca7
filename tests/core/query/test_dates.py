"""Dates in a question: what they mean on a day the tests choose, and which are found in a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.query.dates import dates_in, is_date, month, when, year
from core.query.days import Days, YearlyDays

TODAY = date(2026, 11, 25)  # a Wednesday
"""The clock of these tests."""


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("２０１９年", "2019-01-01", "2019-12-31"),
        ("二〇一九年", "2019-01-01", "2019-12-31"),
        ("2019-05", "2019-05-01", "2019-05-31"),
        ("2019/5", "2019-05-01", "2019-05-31"),
        ("2019年5月", "2019-05-01", "2019-05-31"),
        ("2019-may", "2019-05-01", "2019-05-31"),
        ("May 2019", "2019-05-01", "2019-05-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2019-05-03", "2019-05-03", "2019-05-03"),
        ("2019年5月3日", "2019-05-03", "2019-05-03"),
        ("3 May 2019", "2019-05-03", "2019-05-03"),
        ("May 3rd, 2019", "2019-05-03", "2019-05-03"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("90s", "1990-01-01", "1999-12-31"),
        ("九十年代", "1990-01-01", "1999-12-31"),
        ("today", "2026-11-25", "2026-11-25"),
        ("昨天", "2026-11-24", "2026-11-24"),
        ("day-before-yesterday", "2026-11-23", "2026-11-23"),
        ("3天前", "2026-11-22", "2026-11-22"),
        ("last-week", "2026-11-16", "2026-11-22"),
        ("上周末", "2026-11-21", "2026-11-22"),
        ("last monday", "2026-11-23", "2026-11-23"),
        ("last wednesday", "2026-11-18", "2026-11-18"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("上上个月", "2026-09-01", "2026-09-30"),
        ("11 months ago", "2025-12-01", "2025-12-31"),
        ("3-years-ago", "2023-01-01", "2023-12-31"),
        ("两年前", "2024-01-01", "2024-12-31"),
        ("last-7-days", "2026-11-19", "2026-11-25"),
        ("最近三天", "2026-11-23", "2026-11-25"),
        ("last-summer", "2026-06-01", "2026-08-31"),
        ("去年夏天", "2025-06-01", "2025-08-31"),
        ("summer of 2019", "2019-06-01", "2019-08-31"),
        ("winter-2023", "2023-12-01", "2024-02-29"),
        ("last december", "2025-12-01", "2025-12-31"),
        ("christmas 2020", "2020-12-24", "2020-12-26"),
        ("new year's eve 2020", "2020-12-31", "2020-12-31"),
        ("easter-2024", "2024-03-29", "2024-04-01"),
        ("thanksgiving 2025", "2025-11-27", "2025-11-27"),
        ("去年国庆节", "2025-10-01", "2025-10-07"),
        ("2026年春节", "2026-02-17", "2026-02-23"),
        ("2025年中秋", "2025-10-06", "2025-10-06"),
        ("2025年端午节", "2025-05-31", "2025-05-31"),
        ("2019..2021", "2019-01-01", "2021-12-31"),
        ("2021..2019", "2019-01-01", "2021-12-31"),
        ("2019-05..yesterday", "2019-05-01", "2026-11-24"),
        ("9999 years ago", "0001-01-01", "0001-12-31"),
    ],
)
def test_a_date_means_these_days(written: str, first: str, last: str) -> None:
    meant = when(written, TODAY)
    assert meant is not None
    (days,) = meant.days
    assert isinstance(days, Days)
    assert days.first is not None
    assert days.before is not None
    assert (days.first.isoformat(), date.fromordinal(days.before.toordinal() - 1).isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("may", (5, 1), (5, 31)),
        ("五月", (5, 1), (5, 31)),
        ("december", (12, 1), (12, 31)),
        ("winter", (12, 1), (2, 29)),
        ("圣诞节", (12, 24), (12, 26)),
        ("5月3日", (5, 3), (5, 3)),
        ("june..august", (6, 1), (8, 31)),
    ],
)
def test_a_date_without_a_year_is_of_every_year(written: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    meant = when(written, TODAY)
    assert meant is not None
    assert meant.days == (YearlyDays(first, last),)


def test_a_season_is_half_a_year_later_south_of_the_equator() -> None:
    meant = when("last-summer", TODAY)
    assert meant is not None
    assert meant.southern == (Days(date(2025, 12, 1), date(2026, 3, 1)),)


def test_a_range_may_be_open() -> None:
    since, until = when("2019..", TODAY), when("..2020", TODAY)
    assert since is not None
    assert until is not None
    assert since.days == (Days(date(2019, 1, 1), None),)
    assert until.days == (Days(None, date(2021, 1, 1)),)


@pytest.mark.parametrize(
    "written",
    ["", "..", "smarch", "2019-13", "2019-02-30", "31 june", "1080", "3000", "last", "10-2019", "may..2019", "a..b"],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert when(written, TODAY) is None


def test_the_spring_festival_is_where_almanacs_have_it() -> None:
    known = ("1949-01-29", "1985-02-20", "2000-02-05", "2012-01-23", "2020-01-25", "2033-01-31", "2034-02-19")
    for day in known:
        meant = when(f"{day[:4]}年春节", TODAY)
        assert meant is not None
        assert meant.days[0].first == date.fromisoformat(day)


def test_years_and_months_are_numbers() -> None:
    assert [year(text, TODAY) for text in ("2019", "去年", "last-year", "2019-05", "may")] == [
        2019,
        2025,
        2025,
        None,
        None,
    ]
    assert [month(text) for text in ("5", "05", "May", "sept", "五月", "十二月", "13", "0", "2019")] == [
        *(5, 5, 5, 9, 5, 12),
        *(None, None, None),
    ]


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("dog last summer in Lyon", [("last summer", "date", "last-summer")]),
        ("去年夏天的狗", [("去年夏天的", "date", "去年夏天")]),
        ("a dog sitting in March", [("in March", "date", "march")]),
        ("beach in the summer of 2019", [("in the summer of 2019", "date", "summer-of-2019")]),
        ("photos since 2019", [("since 2019", "after", "2019")]),
        ("2019年之前的狗", [("2019年之前的", "before", "2019年")]),
        ("2019年5月3日北京", [("2019年5月3日", "date", "2019年5月3日")]),
        ("in the 90s", [("in the 90s", "date", "90s")]),
    ],
)
def test_dates_in_a_sentence_are_offered(sentence: str, offered: list[tuple[str, str, str]]) -> None:
    found = dates_in(sentence)
    assert [(sentence[one.start : one.end], one.field, one.value) for one in found] == offered
    assert all(is_date(one.value) for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "march of penguins",
        "we may go",
        "the dog sat on a bench",
        "the 10 best cakes",
        "now showing",
        "a second chance, sun and sand",
        "a summer dress",
        "christmas tree",
        "IMG_2031",
        "IMG_2019-05-03",
        "一只狗在海边, 三个人在吃饭",
        "夏天的海滩",
    ],
)
def test_words_that_only_look_like_dates_are_not_offered(sentence: str) -> None:
    assert dates_in(sentence) == ()


@given(st.text(max_size=30), st.dates())
def test_nothing_written_is_an_error_on_any_day(written: str, today: date) -> None:
    assert (when(written, today) is None) == (not is_date(written))
    for found in dates_in(written):
        assert is_date(found.value)


WRITTEN = st.lists(
    st.sampled_from(
        [
            *("last", "this", "2", "13", "99", "2019", "0", "may", "years", "ago", "of", "the", "-", ",", "..", "s"),
            *(
                "三",
                "十",
                "年",
                "月",
                "日",
                "号",
                "天",
                "前",
                "去年",
                "夏天",
                "春节",
                "summer",
                "90",
                "easter",
                "weeks",
            ),
        ]
    ),
    max_size=6,
)


@pytest.mark.parametrize("today", [date.min, date(60, 1, 1), date.max])
@pytest.mark.parametrize("written", ["easter", "last-easter", "this-winter", "春节", "new-year"])
def test_a_clock_that_is_wrong_by_ages(written: str, today: date) -> None:
    assert when(written, today) is not None


@given(WRITTEN.map(" ".join) | WRITTEN.map("".join) | WRITTEN.map("-".join), st.dates())
def test_nothing_that_looks_like_a_date_is_an_error_on_any_day(written: str, today: date) -> None:
    assert (when(written, today) is None) == (not is_date(written))
    for found in dates_in(written):
        assert is_date(found.value)

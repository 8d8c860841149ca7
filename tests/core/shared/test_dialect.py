"""SQLite's SQL in PostgreSQL's words, and its expressions for words."""

from __future__ import annotations

import re

import pytest

from core.shared.dialect import glob_expression, translated
from core.shared.full_text import lexemes, trigrams, wanted, ways


@pytest.mark.parametrize(
    ("written", "values", "said", "bound"),
    [
        ("SELECT ? || '?' || ?", (1, 2), "SELECT $1 || '?' || $2", [1, 2]),
        ("a = ?2 AND b = ?1 AND c = ?2", (1, 2), "a = $1 AND b = $2 AND c = $1", [2, 1]),
        ("a = :one AND b = :two OR :one", {"one": 1, "two": 2}, "a = $1 AND b = $2 OR $1", [1, 2]),
        ("a IS NOT ? LIMIT ?", (1, -1), "a IS DISTINCT FROM $1 LIMIT nullif($2, -1)", [1, -1]),
        ("IN (SELECT value FROM json_each(?)) AND x = ?", ("[1, 2]", 3), None, [[1, 2], 3]),
        ("SELECT fingerprint FROM said.ratings", (), "SELECT fingerprint FROM mine.ratings", []),
        ("pieces MATCH ?", ('"abcd"',), None, ["'abc' & 'bcd'", "abcd"]),
    ],
)
def test_a_statement(written: str, values: tuple[object, ...], said: str | None, bound: list[object]) -> None:
    statement = translated(written, "mine")
    assert statement.bound(values) == bound
    assert said is None or statement.text == said


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*.[jJ][pP][gG]", "a/b.JPG", True),
        ("*.[jJ][pP][gG]", "a/bxJPG", False),
        ("*100%[_]x*", "100%_x", True),
        ("a[?]", "ab", False),
        ("a?c", "abc", True),
        ("/2020*", "/2020/x", True),
        ("狗*", "a狗", False),
    ],
)
def test_a_pattern(pattern: str, text: str, fits: bool) -> None:
    assert bool(re.search(glob_expression(pattern), text, re.DOTALL)) is fits


def test_expressions_are_taken_apart() -> None:
    (one, other) = ways('("a b" AND "c") OR ("c" AND "d" *)')
    assert [held.phrases for held in one] == [("a b",), ("c",)] and other[1].prefix
    assert lexemes('("a b" AND "c") OR ("c" AND "d" *)') == "('a' & 'b' & 'c') | ('c' & 'd':*)"
    assert wanted('NEAR("a" "b c", 8)') == '[[{"phrases": ["a", "b c"], "prefix": false, "near": 8}]]'
    assert trigrams('"abc"') == "'abc'"
    with pytest.raises(ValueError, match="no expression"):
        ways('"a" "b"')

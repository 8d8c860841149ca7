"""The fields in words: none without them, and every example is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.query.descriptions import DESCRIPTIONS, LISTED, described
from core.query.fields import Field, field_named
from core.query.parser import parse

README = Path(__file__).resolve().parents[3] / "README.md"


@pytest.mark.parametrize("field", LISTED, ids=lambda field: field.name)
def test_every_field_is_described(field: Field) -> None:
    words = described(field)
    assert words.title and words.about
    for example in words.examples:
        parsed = parse(f"{field.name}:{example}")
        assert parsed.parts and not parsed.notes, example


def test_nothing_else_is_described() -> None:
    assert set(DESCRIPTIONS) == {field.name for field in LISTED}
    assert all(field_named(name) for name in DESCRIPTIONS)


@pytest.mark.parametrize("field", LISTED, ids=lambda field: field.name)
def test_every_field_is_in_the_readme(field: Field) -> None:
    assert f"`{field.name}:" in README.read_text(encoding="utf-8")

"""The fields in words: none without them, and every example is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.query.descriptions import DESCRIPTIONS, LISTED, described
from core.query.fields import Field, field_named
from core.query.parser import parse

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = [DOCS / "search.md", DOCS / "search.zh.md"]
_CODE = re.compile(r"`([^`]+)`")
_NAME_ALONE = re.compile(r"\w+[:：]")


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("field", LISTED, ids=lambda field: field.name)
def test_every_field_is_on_the_page_that_teaches_the_language(field: Field, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert f"`{field.name}:" in text or field in (field_named("like"),)
    assert any(name in text for name in field.also)
    for value in field.choices:
        named = [value, *field.spellings[value]]
        assert any(name in text for name in named), value


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_on_the_page_is_understood(page: Path) -> None:
    wrong = [
        example
        for written in _CODE.findall(page.read_text(encoding="utf-8"))
        if (example := written.replace("\\|", "|")) and not _NAME_ALONE.fullmatch(example)
        if parse(example).notes
    ]
    assert wrong == []


def test_the_readme_leads_to_the_page() -> None:
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert all(f"(docs/{page.name})" in text for page in PAGES)

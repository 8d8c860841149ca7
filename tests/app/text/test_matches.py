"""Why a photo is in an answer, in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.text import matches
from app.text.matches import Evidence
from core.photo import Facts, FileLocation, Photo
from core.query import Query
from core.query.parser import parse
from core.results import Hit, Reason


def asked(typed: str) -> Query:
    return parse(typed).query


def photo(path: str, facts: Facts | None = None) -> Photo:
    return Photo(1, b"1", facts or Facts(), (FileLocation(Path("/photos"), path),))


def found_for(reason: Reason, evidence: Evidence) -> str:
    return matches.why(Hit(1, 0.3, (reason,)), 0.5, evidence)


@pytest.mark.parametrize(
    ("likelihood", "words"),
    [
        (0.9, "Very likely a match"),
        (0.6, "Likely a match"),
        (0.3, "Less likely a match"),
        (0.1, "Hardly a match"),
    ],
)
def test_a_likelihood_is_a_word(qtbot: QtBot, likelihood: float, words: str) -> None:
    hit = Hit(1, 0.3, (Reason.WORDS, Reason.FACTS), likelihood=likelihood)
    said = matches.why(hit, 0.5, Evidence(asked("dog -cat camera:nikon")))
    assert said == f"{words}: looks like “dog”; Camera: nikon"


def test_the_word_follows_the_line(qtbot: QtBot) -> None:
    hit = Hit(1, 0.3, (Reason.WORDS,), likelihood=0.85)
    assert matches.why(hit, 0.9, Evidence(asked("dog"))).startswith("Less likely")


def test_without_a_likelihood_the_reason_is_said(qtbot: QtBot) -> None:
    assert found_for(Reason.LIKENESS, Evidence(asked("like:#3"))) == "Looks like the picture"
    assert found_for(Reason.WORDS, Evidence(asked("dog + like:#3"))) == "Looks like “dog”; looks like the picture"
    assert matches.why(Hit(1, None), 0.5, Evidence(Query())) == ""


def test_what_is_written_is_quoted(qtbot: QtBot) -> None:
    query = asked("invoice")
    assert found_for(Reason.TEXT, Evidence(query, line="INVOICE No. 7")) == "Text “INVOICE No. 7”"
    assert found_for(Reason.TEXT, Evidence(query)) == "The words are written in the picture"
    described = photo("a.jpg", Facts(title="Holiday", keywords=("sea", "an invoice")))
    assert found_for(Reason.DESCRIPTION, Evidence(query, described)) == "Described as “an invoice”"
    assert found_for(Reason.NAME, Evidence(query, photo("x/Invoice 2031.jpg"))) == "Name “Invoice 2031.jpg”"
    assert found_for(Reason.NAME, Evidence(query, photo("Invoice/2031/a.jpg"))) == "Folder “Invoice”"
    assert "name of the file or folder" in found_for(Reason.NAME, Evidence(query))


def test_a_long_question_is_said_shortly(qtbot: QtBot) -> None:
    assert len(found_for(Reason.WORDS, Evidence(asked("a very long word " * 500)))) < 90

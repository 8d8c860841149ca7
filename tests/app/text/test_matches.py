"""Why a photo is in an answer, in words."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.text import matches
from core.results import Hit, Reason


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
    assert matches.why(hit, 0.5) == f"{words}: looks like the words; has the facts asked for"


def test_the_word_follows_the_line(qtbot: QtBot) -> None:
    hit = Hit(1, 0.3, (Reason.WORDS,), likelihood=0.85)
    assert matches.why(hit, 0.9).startswith("Less likely")


def test_without_a_likelihood_the_reason_is_said(qtbot: QtBot) -> None:
    assert matches.why(Hit(1, 0.3, (Reason.LIKENESS,)), 0.5) == "Looks like the picture"
    assert matches.why(Hit(1, None), 0.5) == ""

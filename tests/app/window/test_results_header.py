"""The line above the photos: it says what was asked, and what of it was not understood."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.look.elided import Elided
from app.look.plain_text import PlainLabel
from app.window.results_header import ResultsHeader
from core.query.parser import parse
from core.results import Results


@pytest.fixture
def header(qtbot: QtBot) -> ResultsHeader:
    made = ResultsHeader()
    qtbot.addWidget(made)
    return made


def shown(header: ResultsHeader, typed: str) -> str:
    """Return the heading over the answer to what was typed."""
    scores = np.ones(1, np.float32) if parse(typed).query.terms else None
    header.show_results(Results(parse(typed).query, "", np.array([1], np.int64), scores))
    return header.findChildren(PlainLabel)[0].text()


def test_the_heading_says_what_was_asked(header: ResultsHeader) -> None:
    assert shown(header, "this or that") == "Best matches for “this or that”"
    assert shown(header, "dog -cat") == "Best matches for “dog -cat”"
    assert shown(header, "dog month:smarch camera:nikon") == "Best matches for “dog month:smarch camera:nikon”"
    assert shown(header, "相机：尼康") == "Photos with “camera:尼康”"
    assert shown(header, "") == "Latest photos"


def test_what_was_not_understood_is_said(header: ResultsHeader) -> None:
    (notes,) = header.findChildren(Elided)
    header.show_notes(parse("month:smarch").notes)
    assert "“smarch” cannot be asked for with “month:”" in notes.text()
    assert notes.toolTip()
    header.show_notes(())
    assert not notes.isVisibleTo(header)

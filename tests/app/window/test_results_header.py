"""The line above the photos: it says what was asked, and what of it was not understood."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from app.look.elided import Elided
from app.look.icon_button import IconButton
from app.look.plain_text import PlainLabel, plain
from app.window.results_header import ResultsHeader
from core.likelihood import Likelihoods
from core.photo import Root
from core.query import Order
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
    assert shown(header, "dog month:smarch camera:nikon") == "Best matches for “dog month:smarch, Camera: nikon”"
    assert shown(header, "相机：尼康") == "Photos with “Camera: 尼康”"
    assert shown(header, "") == "Latest photos"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('dog -"beach"', "dog, without beach"),
        ('dog -beach place:"Lyon"', "dog, without beach, Place: Lyon"),
        ("sunset + 2:sea -camera:nikon", "sunset, 2 × sea, not Camera: nikon"),
        ("dog (camera:nikon OR rating:4|5)", "dog, Camera: nikon or Rating: ★★★★ or ★★★★★"),
        ("dog -(camera:nikon OR year:2019)", "dog, not (Camera: nikon or Year: 2019)"),
        ("dog like:pasted-0123456789abcdef.png", "dog, like a pasted picture"),
        ('dog -like:"/a/b c.jpg"', "dog, not like b c.jpg"),
        ("dog + like:#3 + like:part-0123456789abcdef.jpg", "dog, like a photo, like a part of a photo"),
        ("dog order:oldest", "dog"),
    ],
)
def test_the_heading_is_said_in_words_and_not_in_signs(header: ResultsHeader, typed: str, words: str) -> None:
    assert shown(header, typed) == f"Best matches for “{words}”"


def test_pictures_alone_are_similar_photos_with_a_way_back(header: ResultsHeader) -> None:
    back = header.findChildren(IconButton)[0]
    assert shown(header, "like:#3 + like:pasted-0123456789abcdef.png") == "Similar photos"
    assert back.isVisibleTo(header)
    shown(header, "dog -like:#3")
    assert not back.isVisibleTo(header)


def test_what_was_not_understood_is_said(header: ResultsHeader) -> None:
    notes = header.findChildren(Elided)[-1]
    header.show_notes(parse("month:smarch").notes)
    assert "“smarch” cannot be asked for with “month:”" in notes.text()
    assert notes.toolTip()
    header.show_notes(())
    assert not notes.isVisibleTo(header)


def test_a_long_question_pushes_nothing_aside(header: ResultsHeader) -> None:
    before = header.minimumSizeHint().width()
    shown(header, "一匹马 " * 500)
    title = header.findChildren(Elided)[0]
    assert header.minimumSizeHint().width() <= before + 200 and title.toolTip().startswith("一匹马")


def test_the_note_stands_below_where_it_would_cut_off_the_heading(header: ResultsHeader, qtbot: QtBot) -> None:
    title, note = header.findChildren(Elided)[:2]
    header.folders.show_roots(
        [Root(1, Path("/a folder of photos"), 1, 0, None), Root(2, Path("/another one"), 1, 0, None)]
    )
    header.show_results(likely("a brown horse that stands near a wooden fence", [0.3, 0.2]))
    header.resize(1600, header.height())
    header.show()
    qtbot.waitUntil(lambda: note.geometry().left() > title.geometry().right())
    header.resize(title.sizeHint().width() + 480, header.height())
    qtbot.waitUntil(lambda: note.geometry().top() >= title.geometry().bottom())
    assert title.shown() == title.text() and note.shown() == note.text()
    assert header.likely.geometry().left() > note.geometry().right()
    header.show_waiting("Searching…")
    header.show_results(likely("a horse", [0.3, 0.2]))
    qtbot.waitUntil(lambda: note.geometry().left() > title.geometry().right())


def test_what_is_cut_off_is_told_by_a_tooltip(header: ResultsHeader, qtbot: QtBot) -> None:
    header.show_results(likely("a brown horse that stands near a wooden fence", [0.3, 0.2]))
    title = header.findChildren(Elided)[0]
    header.resize(300, header.height())
    header.show()
    qtbot.waitUntil(lambda: title.shown() != title.text())
    place = title.rect().center()
    QApplication.sendEvent(title, QHelpEvent(QEvent.Type.ToolTip, place, title.mapToGlobal(place)))
    assert QToolTip.text() == plain(title.text())


def likely(typed: str, likelihoods: list[float], there: float | None = None) -> Results:
    """Return an answer that says how likely its photos are."""
    scores = np.ones(len(likelihoods), np.float32)
    found = Results(parse(typed).query, "", np.arange(len(likelihoods)), scores, searched=1000)
    each = np.array(likelihoods, np.float32)
    return found.with_likelihoods(Likelihoods(each, float(each.max()) if there is None else there), 0.5)


def test_the_heading_says_where_the_likely_ones_end(header: ResultsHeader) -> None:
    heading, note = header.findChildren(PlainLabel)[:2]
    header.show_results(likely("dog", [0.9, 0.6, 0.2]))
    assert heading.text() == "2 likely matches for “dog”" and note.text() == "among 1,000 photos"
    assert header.likely.isVisibleTo(header)
    header.show_results(likely("dog", [0.9, 0.2]))
    assert heading.text() == "1 likely match for “dog”"
    header.show_results(likely("unicorn riding a submarine", [0.3, 0.2]))
    assert heading.text() == "No clear match for “unicorn riding a submarine”"
    assert note.text() == "The nearest among 1,000 photos"
    header.show_results(likely("dog", [0.4, 0.4, 0.3], there=0.7))
    assert (
        heading.text() == "Best matches for “dog”"
        and note.text() == "One of the first few is probably right (1,000 photos)"
    )
    shown(header, "dog")
    assert heading.text() == "Best matches for “dog”" and not header.likely.isVisibleTo(header)


def test_the_order_beside_the_question_is_not_in_the_heading(header: ResultsHeader) -> None:
    answer = likely("dog", [0.9])
    header.show_results(replace(answer, query=replace(answer.query, order=Order.NEWEST)))
    assert header.findChildren(PlainLabel)[0].text() == "1 likely match for “dog”"


def test_the_line_is_moved_by_keys_and_slider(header: ResultsHeader, qtbot: QtBot) -> None:
    header.show_results(likely("dog", [0.9, 0.4]))
    header.show()
    with qtbot.waitSignal(header.likely.moved) as moved:
        header.likely.move_line(1)
    assert moved.args == [0.4]
    (button,) = (made for made in header.findChildren(QPushButton) if made.text() == "By date")
    with qtbot.waitSignal(header.likely.dated) as dated:
        button.click()
    assert dated.args == [True]
    header.show_results(likely("dog", [0.4, 0.3]))
    assert not button.isEnabled() and button.toolTip() == plain("None is a likely match: the best first")
    header.show_results(likely("dog", [0.9, 0.4]))
    assert button.isEnabled()
    header.likely.show_choice(0.7, by_date=False)
    with qtbot.waitSignal(header.likely.moved) as moved:
        header.likely.move_line(-1)
    assert moved.args == [0.8]

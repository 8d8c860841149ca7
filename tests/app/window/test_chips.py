"""The question in the bar: its chips say what its text says, and a change of either is a change of both."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.window.date_picker import DatePicker
from app.window.fact_popup import FactPopup
from app.window.month_histogram import months_between
from app.window.value_list import ValueList
from core.query import Missing, Query, Range, Text
from core.query.facet import ValueCount
from core.query.fields import FIELDS
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
PHOTOS = Path("/photos").absolute()


def texts(program: Program) -> list[str]:
    return [chip.body.text() for chip in program.window.top.chips.chips]


def open_fact(qtbot: QtBot, program: Program, title: str) -> FactPopup:
    """Open the menu of facts, choose one, and wait for what comes."""
    qtbot.waitUntil(program.window.isActiveWindow)
    program.window.top.chips.add.click()
    menu, further = menus(program)
    actions = {action.text(): action for one in (menu, further) for action in one.actions()}
    action = actions[title]
    menu.hide()
    QApplication.processEvents()  # without a screen the window is active again only now, which closes what is open
    action.trigger()
    return popup(qtbot)


def menus(program: Program) -> tuple[QMenu, QMenu]:
    (menu,) = [one for one in program.window.top.chips.add.findChildren(QMenu) if one.isVisible()]
    (further,) = menu.findChildren(QMenu)
    return menu, further


def popup(qtbot: QtBot) -> FactPopup:
    def there() -> list[FactPopup]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, FactPopup) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def values(qtbot: QtBot, shown: FactPopup) -> ValueList:
    (found,) = shown.findChildren(ValueList)
    qtbot.waitUntil(found.isVisible)
    return found


def changing_first(qtbot: QtBot, program: Program, question: str) -> ValueList:
    """Ask, press the first chip, and return the values it offers."""
    qtbot.waitUntil(lambda: program.services.facets.warm)
    program.window.top.field.setText(question)
    qtbot.waitUntil(program.window.isActiveWindow)
    program.window.top.chips.chips[0].body.click()
    return values(qtbot, popup(qtbot))


def item(shown: ValueList, at: int) -> QTreeWidgetItem:
    found = shown.topLevelItem(at)
    assert found is not None
    return found


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary(12)
    cameras = (ValueCount(Text("Nikon"), 7), ValueCount(Text("Canon"), 3), ValueCount(Missing(), 2))
    days = ("2019-03-01", "2019-05-03", "2019-05-04", "2020-01-01")
    folders = (PHOTOS, PHOTOS / "trips", PHOTOS / "trips" / "Lyon")
    made.facets["camera"] = cameras
    made.facets["date"] = tuple(ValueCount(Text(day), 1) for day in days)
    made.facets["in"] = tuple(ValueCount(Text(str(folder)), 2) for folder in folders)
    return made


def test_what_was_understood_stands_as_chips(start: Start, library: FakeLibrary) -> None:
    program = start(library)
    program.window.top.field.setText('dog -leash camera:nikon date:2019-05 -in:Old order:oldest like:"/a/b.jpg"')
    assert texts(program) == [
        "− leash",
        "Camera: nikon",
        "Date: May 2019",
        "not Folder: Old",
        "Order: oldest",
        "like b.jpg",
    ]
    program.window.top.field.setText("dog on the beach")
    assert texts(program) == []


def test_a_chip_is_taken_out(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    field, chips = program.window.top.field, program.window.top.chips
    field.setText("dog camera:nikon year:2019")
    qtbot.keyClick(chips.chips[0].body, Key.Key_Delete)
    assert field.text() == "dog year:2019" and texts(program) == ["Year: 2019"]
    assert str(program.services.search.query) == "dog year:2019"


def test_arrows_lead_from_chip_to_chip(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    qtbot.waitUntil(program.window.isActiveWindow)
    chips = program.window.top.chips
    program.window.top.field.setText("camera:nikon year:2019")
    chips.chips[0].body.setFocus()
    qtbot.keyClick(chips.chips[0].body, Key.Key_Right)
    assert chips.chips[1].body.hasFocus()
    qtbot.keyClick(chips.chips[1].body, Key.Key_Right)
    assert chips.add.hasFocus()


def test_tab_leads_from_the_bar_to_its_chips(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    qtbot.waitUntil(program.window.isActiveWindow)
    top = program.window.top
    top.field.setFocus()
    qtbot.keyClick(top.field, Key.Key_Tab)
    assert top.chips.add.hasFocus()
    top.field.setText("camera:nikon year:2019")
    top.field.setFocus()
    for chip in top.chips.chips:
        before = chip.sizeHint()
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        assert chip.body.hasFocus() and chip.sizeHint() == before
        assert [one.property("focused") is True for one in top.chips.chips] == [one is chip for one in top.chips.chips]


def test_a_fact_is_added_with_what_the_answer_has(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    qtbot.waitUntil(lambda: program.services.facets.warm)
    program.window.top.field.setText("dog year:2019")
    shown = values(qtbot, open_fact(qtbot, program, "Camera"))
    query, field = library.counted[-1]
    assert (str(query), field) == ("dog year:2019", "camera")
    assert (item(shown, 0).text(0), item(shown, 0).text(1)) == ("Nikon", "7")
    for key in (Key.Key_Space, Key.Key_Down, Key.Key_Space, Key.Key_Return):
        qtbot.keyClick(shown, key)
    assert program.window.top.field.text() == "dog year:2019 camera:Nikon|Canon"


def test_a_chip_is_changed(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    shown = changing_first(qtbot, program, "camera:Nikon dog")
    assert str(library.counted[-1][0]) == "dog"  # what could stand in its place is counted without it
    assert shown.ticked() == (Text("Nikon"),)
    item(shown, 0).setCheckState(0, Qt.CheckState.Unchecked)
    item(shown, 2).setCheckState(0, Qt.CheckState.Checked)
    qtbot.keyClick(shown, Key.Key_Return)
    assert program.window.top.field.text() == "camera:none dog"


def test_the_value_that_is_asked_for_is_current_and_in_sight(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    library.facets["year"] = tuple(ValueCount(Text(str(year)), 1) for year in range(1980, 2025))
    program = start(library)
    shown = changing_first(qtbot, program, "year:2021 dog")
    current = shown.currentItem()
    assert current is not None and current.text(0) == "2021" and shown.ticked() == (Text("2021"),)
    qtbot.waitUntil(lambda: shown.viewport().rect().contains(shown.visualItemRect(current)))


def test_folders_are_a_tree(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    opened = open_fact(qtbot, program, "Folder")
    shown = values(qtbot, opened)
    trips = item(shown, 0).child(0)
    assert shown.topLevelItemCount() == 1 and trips is not None
    lyon = trips.child(0)
    assert lyon is not None and lyon.text(0) == "Lyon"
    qtbot.keyClicks(opened.typed, "lyon")
    qtbot.keyClick(opened.typed, Key.Key_Return)
    assert program.services.search.query.folder == PHOTOS / "trips" / "Lyon"


def test_a_stretch_of_months_and_a_day(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    shown = open_fact(qtbot, program, "Date")
    (picker,) = shown.findChildren(DatePicker)
    qtbot.waitUntil(picker.isVisible)
    assert picker.chosen() == (Text("2020-01"),)
    qtbot.keyClick(picker.histogram, Key.Key_Home)
    for _ in range(2):
        qtbot.keyClick(picker.histogram, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert picker.chosen() == (Range("2019-03", "2019-05"),)
    assert picker.histogram.words() == "March 2019 – May 2019: 3 photos"
    qtbot.keyClick(shown.typed, Key.Key_Return)
    assert program.window.top.field.text() == "date:2019-03..2019-05"
    program.window.top.chips.chips[0].body.click()
    (picker,) = popup(qtbot).findChildren(DatePicker)
    qtbot.waitUntil(picker.isVisible)
    assert picker.chosen() == (Range("2019-03", "2019-05"),)
    picker.calendar.clicked.emit(picker.calendar.minimumDate().addDays(2))
    assert picker.chosen() == (Text("2019-03-03"),)


def test_months_are_chosen_with_keys_alone(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    asked: list[str] = []
    shown = open_fact(qtbot, program, "Date")
    shown.chosen.connect(lambda meant: asked.append(str(Query(filter=meant))))
    (picker,) = shown.findChildren(DatePicker)
    qtbot.waitUntil(picker.isVisible)
    qtbot.keyClick(shown.typed, Key.Key_Down)
    qtbot.waitUntil(picker.histogram.hasFocus)
    qtbot.keyClick(picker.histogram, Key.Key_Home)
    qtbot.keyClick(picker.histogram, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(picker.histogram, Key.Key_Return)
    assert asked == ["date:2019-03..2019-04"]
    assert program.window.top.field.text() == "date:2019-03..2019-04"


def test_what_is_typed_is_taken_once(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    shown = open_fact(qtbot, program, "Date")
    (picker,) = shown.findChildren(DatePicker)
    qtbot.waitUntil(picker.isVisible)
    taken: list[object] = []
    shown.chosen.connect(taken.append)
    qtbot.keyClicks(shown.typed, "2019")
    qtbot.keyClick(shown.typed, Key.Key_Return)
    assert len(taken) == 1 and program.window.top.field.text() == "date:2019"


def test_what_cannot_be_listed_is_typed(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    shown = open_fact(qtbot, program, "Width")
    qtbot.keyClicks(shown.typed, ">=4000")
    qtbot.keyClick(shown.typed, Key.Key_Return)
    assert program.window.top.field.text() == "width:4000.."


def test_every_fact_is_in_the_menu(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    program.window.top.chips.add.click()
    menu, further = menus(program)
    named = {action.text() for one in (menu, further) for action in one.actions() if action is not further.menuAction()}
    menu.hide()
    assert len(named - {""}) == len(FIELDS)


def test_months_run_over_the_new_year() -> None:
    assert months_between("2019-11", "2020-02") == ["2019-11", "2019-12", "2020-01", "2020-02"]


def test_what_words_could_mean_is_offered_and_taken_only_by_hand(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    top = program.window.top
    top.field.setFocus()
    qtbot.keyClicks(top.field, "beach in Paris 2019")
    qtbot.waitUntil(lambda: [one.text() for one in top.chips.offered] == ["Place: Paris?", "Year: 2019?"])
    assert top.field.text() == "beach in Paris 2019" and texts(program) == []
    assert "3 photos" in top.chips.offered[0].accessibleDescription()
    qtbot.keyClicks(top.field, " ")
    assert len(top.chips.offered) == 2  # the same question
    qtbot.keyClick(top.field, Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert top.field.text() == "beach 2019 place:Paris" and texts(program) == ["Place: Paris"]
    qtbot.waitUntil(lambda: [one.text() for one in top.chips.offered] == ["Year: 2019?"])
    top.chips.offered[0].click()
    assert top.field.text() == "beach place:Paris year:2019"
    qtbot.waitUntil(lambda: not top.chips.offered)

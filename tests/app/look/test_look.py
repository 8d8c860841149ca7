"""Colours that can be read, icons that are there, words that fit the language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from app.look.icons import app_icon, picture
from app.look.palette import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    ENOUGH,
    LIGHT,
    Palette,
    contrast,
    in_system_colours,
)
from app.look.text_size import text_sizes
from app.look.theme import Theme, filled
from app.text import formatting
from app.text.language import resolved
from app.window.folder_filter import short_names
from core.paths import resources
from core.photo import Facts, FileLocation, Photo

APP = Path(__file__).resolve().parents[3] / "app"


PAIRS = [
    ("text", "window"),
    ("text", "surface"),
    ("text", "ground"),
    ("text", "hover"),
    ("text", "chosen"),
    ("muted", "window"),
    ("muted", "surface"),
    ("accent", "window"),
    ("accent", "surface"),
    ("on_accent", "accent"),
    ("on_notice", "notice"),
    ("on_alarm", "alarm"),
]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_words_can_be_read(palette: Palette, ink: str, paper: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, paper)) >= 4.5


def of_a_system(window: str, text: str, highlight: str, on_highlight: str) -> QPalette:
    system, role = QPalette(), QPalette.ColorRole
    for name, colour in (
        (role.Window, window),
        (role.WindowText, text),
        (role.Highlight, highlight),
        (role.HighlightedText, on_highlight),
    ):
        system.setColor(name, QColor(colour))
    return system


WINDOWS = {
    "aquatic": ("#202020", "#ffffff", "#8ee3f0", "#263b50"),
    "desert": ("#fffaef", "#3d3d3d", "#903909", "#fff5e3"),
    "black": ("#000000", "#ffffff", "#1aebff", "#000000"),
    "white": ("#ffffff", "#000000", "#37006e", "#ffffff"),
}
"""The high contrast sets that Windows comes with: window, its text, what is highlighted, text on that."""


@pytest.mark.parametrize("given", [CONTRAST_LIGHT, CONTRAST_DARK, *WINDOWS])
def test_in_high_contrast_words_and_edges_stand_out(given: Palette | str) -> None:
    palette = given if isinstance(given, Palette) else in_system_colours(of_a_system(*WINDOWS[given]))
    assert palette is not None
    for ink, paper in (*PAIRS, ("line", "window")):
        assert contrast(getattr(palette, ink), getattr(palette, paper)) >= ENOUGH, (ink, paper)


def test_colours_of_a_system_that_cannot_be_read_are_not_taken() -> None:
    assert in_system_colours(of_a_system("#ffffff", "#999999", "#37006e", "#ffffff")) is None


def test_every_icon_named_in_the_code_is_there_and_drawn_in_ink(qapp: object) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))
    named = set(re.findall(r'(?:IconButton|_button|picture|icon|show_icon|show_words)\(\s*"([a-z-]+)"', code))
    assert len(named) > 12
    for name in named:
        assert (resources() / "icons" / f"{name}.svg").is_file(), name
        image = picture(name, QColor("red"), 20).toImage()
        inked = [image.pixelColor(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 200]
        assert inked, name
        assert all(colour.red() > 200 and colour.blue() < 60 for colour in inked), name


def test_the_programs_own_icon_has_every_size(qapp: object) -> None:
    sides = {size.width() for size in app_icon().availableSizes()}
    assert sides == {16, 24, 32, 48, 64, 128, 256, 512}
    assert (resources() / "icons" / "recollect.ico").is_file()
    assert (resources() / "icons" / "recollect.icns").is_file()


def test_no_name_is_left_in_the_style_sheet() -> None:
    sheets = ("recollect.qss", "contrast.qss")
    sheet = "".join((resources() / "styles" / one).read_text(encoding="utf-8") for one in sheets)
    names = {**LIGHT.named(), **text_sizes(QFont()), "drawings": "/d", "mode": "light"}
    rest = re.sub(r"/\*.*?\*/", "", filled(sheet, names), flags=re.DOTALL)
    assert "@" not in rest


def test_folders_of_the_same_name_are_told_apart() -> None:
    names = short_names([Path("/a/photos"), Path("/b/photos"), Path("/c/trip")])
    assert names == [str(Path("a/photos")), str(Path("b/photos")), "trip"]


@pytest.mark.parametrize(
    ("choice", "system", "code"),
    [
        ("system", "zh_CN", "zh_CN"),
        ("system", "zh_TW", "zh_CN"),
        ("system", "de_DE", "en"),
        ("en", "zh_CN", "en"),
        ("klingon", "en_US", "en"),
    ],
)
def test_the_language_follows_the_system_unless_chosen(choice: str, system: str, code: str) -> None:
    assert resolved(choice, QLocale(system)) == code


def test_a_photo_in_words(qapp: object) -> None:
    facts = Facts(width=4000, height=3000, taken_at="2024-05-17T18:03:55", camera="Pinhole 3")
    photo = Photo(1, b"", facts, (FileLocation(Path("/media/archive"), "a/b.jpg", offline=True),))
    lines = formatting.tooltip(photo).splitlines()
    assert lines[:2] == ["b.jpg", str(Path("/media/archive/a"))]
    assert "2024" in lines[2]
    assert "not connected" in lines[-1]
    assert formatting.dimensions(photo) == "4,000 × 3,000 (12.0 megapixels)"
    assert formatting.dimensions(replace(photo, facts=Facts(width=88, height=64))) == "88 × 64"
    assert "b.jpg" in formatting.spoken(photo)
    elsewhere = Photo(1, b"", facts, (FileLocation(Path("/mnt/photos"), "a/b.jpg", offline=True, elsewhere=True),))
    assert "Add that folder" in formatting.tooltip(elsewhere).splitlines()[-1]


@pytest.mark.parametrize("taken_at", [None, "", "0000:00:00", "yesterday"])
def test_a_date_nobody_knows_is_left_out(qapp: object, taken_at: str | None) -> None:
    assert formatting.date(taken_at) is None


def test_a_list_of_choices_hides_none_of_them(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    choices = QComboBox()
    qtbot.addWidget(choices)
    choices.addItems(["As the system", "Light", "Dark", "High contrast"])
    choices.show()
    choices.showPopup()
    shown = choices.view()
    qtbot.waitUntil(shown.isVisible)
    last = shown.visualRect(choices.model().index(3, 0))
    assert last.height() >= 20 and shown.viewport().rect().contains(last)
    choices.hidePopup()
    theme.deleteLater()

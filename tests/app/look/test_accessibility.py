"""More contrast and less motion, as the system or the user wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from app.dialogs.settings import SettingsDialog
from app.look.accessibility import Contrast, gtk_wants_stillness, kde_wants_stillness
from app.look.palette import CONTRAST_LIGHT, LIGHT
from app.look.theme import Theme
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, "light", still=False)
    yield made
    made.choose("light")


def test_high_contrast_can_be_chosen(theme: Theme, qapp: QApplication) -> None:
    theme.choose("contrast")
    assert theme.high_contrast and theme.palette in (CONTRAST_LIGHT, theme.palette)
    assert "an edge wherever a shade alone" in qapp.styleSheet()
    theme.choose("light")
    assert not theme.high_contrast and theme.palette is LIGHT and "an edge wherever" not in qapp.styleSheet()


def test_a_system_in_high_contrast_is_followed_at_once(
    theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Contrast, "wanted", property(lambda _: True))
    theme.contrast.changed.emit()
    assert theme.high_contrast and theme.palette is not LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.palette.window


@pytest.mark.parametrize(
    ("text", "still"),
    [
        ("[KDE]\nAnimationDurationFactor=0\n", True),
        ("[KDE]\nAnimationDurationFactor=0.5\n", False),
        ("[KDE]\nAnimationDurationFactor=fast\n", False),
        ("", False),
    ],
)
def test_kde_tells_whether_anything_is_to_move(tmp_path: Path, text: str, still: bool) -> None:
    settings = tmp_path / "kdeglobals"
    settings.write_text(text, encoding="utf-8")
    assert kde_wants_stillness(settings) is still


@pytest.mark.parametrize(("said", "still"), [("0", True), ("false", True), ("1", False), ("true", False)])
def test_gtk_tells_whether_anything_is_to_move(tmp_path: Path, said: str, still: bool) -> None:
    (tmp_path / "gtk-3.0").mkdir()
    (tmp_path / "gtk-3.0" / "settings.ini").write_text(f"[Settings]\ngtk-enable-animations={said}\n", encoding="utf-8")
    assert gtk_wants_stillness(tmp_path) is still
    assert not gtk_wants_stillness(tmp_path / "none")


def test_motion_is_reduced_and_that_is_remembered(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    program.services.theme.still = False
    program.window.dialogs.show_settings()
    (dialog,) = program.window.findChildren(SettingsDialog)
    (box,) = [one for one in dialog.findChildren(QCheckBox) if one.text() == "Reduce motion"]
    assert not box.isChecked()
    box.click()
    assert program.services.theme.still and program.services.preferences.still is True
    looks = dialog.findChildren(QComboBox)[1]
    assert [looks.itemText(n) for n in range(looks.count())] == ["As the system", "Light", "Dark", "High contrast"]
    dialog.close()

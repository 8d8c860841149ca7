"""What can be done with the photo that is shown large, and by which keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Command = Callable[[], None]


@dataclass(frozen=True, slots=True)
class ViewerCommands:
    """Each without arguments."""

    close: Command
    next: Command
    previous: Command
    first: Command
    last: Command
    zoom_in: Command
    zoom_out: Command
    fit: Command
    fill: Command
    actual_size: Command
    fit_or_actual: Command
    details: Command
    part: Command
    select_text: Command
    slideshow: Command
    full_screen: Command
    strip: Command
    play: Command


def command_of(event: QKeyEvent, do: ViewerCommands) -> Command | None:
    """Return what a key asks for; None if it means nothing here."""
    key, controlled = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if controlled:
        with_control = {Qt.Key.Key_0: do.fit, Qt.Key.Key_1: do.actual_size, Qt.Key.Key_2: do.fill}
        return with_control.get(Qt.Key(key))
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key == Qt.Key.Key_P:
        return do.slideshow
    return _plain_keys(do).get(Qt.Key(key))


def _plain_keys(do: ViewerCommands) -> dict[Qt.Key, Command]:
    return {
        Qt.Key.Key_Escape: do.close,
        Qt.Key.Key_Backspace: do.close,
        Qt.Key.Key_Return: do.close,
        Qt.Key.Key_Enter: do.close,
        Qt.Key.Key_Space: do.close,
        Qt.Key.Key_Right: do.next,
        Qt.Key.Key_Left: do.previous,
        Qt.Key.Key_PageDown: do.next,
        Qt.Key.Key_PageUp: do.previous,
        Qt.Key.Key_Home: do.first,
        Qt.Key.Key_End: do.last,
        Qt.Key.Key_Plus: do.zoom_in,
        Qt.Key.Key_Equal: do.zoom_in,
        Qt.Key.Key_Minus: do.zoom_out,
        Qt.Key.Key_Z: do.fit_or_actual,
        Qt.Key.Key_I: do.details,
        Qt.Key.Key_P: do.part,
        Qt.Key.Key_W: do.select_text,
        Qt.Key.Key_A: do.play,
        Qt.Key.Key_B: do.strip,
    }

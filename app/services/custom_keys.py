"""The keys of the window's actions: those they were made with, or those the user gave them instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.services.preferences import Preferences

_FIXED = frozenset(
    [
        *("Return", "Enter", "Space", "Esc", "Tab", "Shift+Tab", "Backspace", "Menu", "Home", "End", "PgUp", "PgDown"),
        *("Left", "Right", "Up", "Down", "Ctrl+Space", "+", "-", "=", "Z", "I", "P", "A", "W", "B"),
        *("0", "1", "2", "3", "4", "5", "Ctrl+0", "Ctrl+1", "Ctrl+2", "Ctrl+X"),
    ]
)
"""Keys that mean something by themselves among the photos, in the large view or in a field."""


@dataclass(frozen=True, slots=True)
class _Keyed:
    action: QAction
    usual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """An action by what it is called; `usual` is the key it was made with, which it is known by, `now` its key."""

    usual: str
    name: str
    now: str


class CustomKeys(QObject):
    """Gives actions their keys. A key is written as Qt writes it everywhere alike ("Ctrl+M")."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._keyed: list[_Keyed] = []

    @property
    def entries(self) -> list[KeyEntry]:
        """The actions that have a key, or had one, by name."""
        found = [KeyEntry(one.usual[0], _name(one.action), self.now(one.usual[0])) for one in self._keyed]
        return sorted(found, key=lambda entry: entry.name.casefold())

    def take(self, *places: QWidget) -> None:
        """Give the actions of these widgets the keys that were chosen for them. Called once, when all are there."""
        actions = {id(action): action for place in places for action in place.actions()}.values()
        keyed = [_Keyed(action, tuple(map(_written, action.shortcuts()))) for action in actions]
        self._keyed = [one for one in keyed if one.usual and one.usual[0] not in _FIXED]
        self._apply()

    def now(self, usual: str) -> str:
        """Return the key of an action that was made with this one; "" if it has none now."""
        chosen = self._preferences.keys
        return chosen.get(usual, "" if usual in chosen.values() else usual)

    def holder(self, key: str, usual: str) -> str | None:
        """Return what has a key already, besides the action made with `usual`; "" if it is no action's to have."""
        if key in _FIXED:
            return ""
        others = (one for one in self._keyed if one.usual[0] != usual)
        holding = (one for one in others if key in map(_written, one.action.shortcuts()))
        return next((_name(one.action) for one in holding), None)

    def choose(self, usual: str, key: str) -> None:
        """Give an action another key, or none ("")."""
        chosen = dict(self._preferences.keys)
        chosen.pop(usual, None)
        if key != usual:
            chosen[usual] = key
        self._keep(chosen)

    def reset(self) -> None:
        """Give every action the keys it was made with."""
        self._keep({})

    def _keep(self, chosen: Mapping[str, str]) -> None:
        self._preferences.keys = chosen
        self._apply()

    def _apply(self) -> None:
        chosen = self._preferences.keys
        taken = set(chosen.values())
        for one in self._keyed:
            usual = [key for key in one.usual if key not in taken]
            keys = [chosen[one.usual[0]]] if one.usual[0] in chosen else usual
            one.action.setShortcuts([QKeySequence(key) for key in keys if key])


def _written(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.PortableText)


def _name(action: QAction) -> str:
    return action.text().rstrip("…")

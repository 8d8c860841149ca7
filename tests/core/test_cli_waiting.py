"""Indexing goes on by itself once the library's server is back."""

from __future__ import annotations

from typing import cast

import pytest

from core.cli import waiting
from core.cli.waiting import patiently
from core.errors import LibraryError
from core.events import Control, Finished
from core.library import Library
from core.messages import library_errors

AWAY = LibraryError(library_errors.SERVER_AWAY(detail="connection refused"))
DONE = Finished(1, 0, 0, 0, 0.1)


class Server:
    """Fails as told: the first answers to whoever begins, and those to whoever asks whether it is there."""

    def __init__(self, begun: list[Exception], asked: list[Exception]) -> None:
        self.begun = begun
        self.asked = asked

    def begin(self) -> Finished:
        if self.begun:
            raise self.begun.pop(0)
        return DONE

    def roots(self) -> tuple[()]:
        if self.asked:
            raise self.asked.pop(0)
        return ()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LOOK_S", 0.0)


def test_it_says_so_waits_and_begins_again() -> None:
    server, told = Server([AWAY, AWAY], [AWAY, AWAY]), list[str]()
    assert patiently(server.begin, cast("Library", server), Control(), told.append) is DONE
    assert len(told) == 2 and "does not answer" in told[0] and not server.asked


def test_what_else_is_wrong_is_told() -> None:
    other = LibraryError(library_errors.SERVER_FULL())
    for server in (Server([other], []), Server([AWAY], [other])):
        with pytest.raises(LibraryError, match="full"):
            patiently(server.begin, cast("Library", server), Control(), lambda _: None)


def test_stopped_it_waits_no_longer() -> None:
    control = Control()
    server = Server([AWAY], [AWAY] * 3)
    assert patiently(server.begin, cast("Library", server), control, lambda _: control.stop()) is None

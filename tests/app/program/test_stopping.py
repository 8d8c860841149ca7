"""The end of the program: what runs is told to stop all at once, and waited for together."""

from __future__ import annotations

import threading
import time

import pytest

from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def test_what_takes_its_time_keeps_no_other_from_being_told(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    services = (program := start(FakeLibrary(3))).services
    told, late = threading.Event(), list[bool]()
    stop_search, stop_indexing = services.search.stop, services.indexing.stop

    def search(deadline: float) -> bool:
        told.set()
        return stop_search(deadline)

    def indexing(deadline: float) -> bool:
        """Be busy until the deadline, but for what hangs on a search."""
        if deadline > time.monotonic():
            late.append(not told.wait(deadline - time.monotonic()))
        return stop_indexing(deadline)

    monkeypatch.setattr(services.search, "stop", search)
    monkeypatch.setattr(services.indexing, "stop", indexing)
    assert program.stop()
    assert not late[0], "the search is told before indexing is waited for"

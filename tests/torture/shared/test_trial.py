"""The shortest trial of a library on a server; `python -m tests.torture.shared` is the ten minutes of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="the extra recollect[shared] is not installed")

from tests.core.shared.server import server
from tests.torture.shared.trial import Trial, figures_of

__all__ = ["server"]
SECONDS = 12.0


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("server")  # skips where none can be started
def test_two_index_and_eight_search_and_nothing_is_lost_or_twice() -> None:
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:  # a socket's path is short
        outcome = Trial(Path(folder), 1).run(SECONDS)
    assert not outcome.problems, outcome.problems[:20]
    assert figures_of(outcome)["killed"] == 2 and figures_of(outcome)["restarts"] == 2

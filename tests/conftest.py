"""What every test stands on: a library folder of its own, no way to the user's, and a log without surprises."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.paths import LIBRARY_VARIABLE
from tests.torture.random_choices import LONG

settings.register_profile("always the same", derandomize=True, deadline=None)  # how long one takes, the machine decides
if LONG not in os.environ:
    settings.load_profile("always the same")


@pytest.fixture(autouse=True)
def library_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the program at an empty library, so that a test that names none cannot touch a real one."""
    folder = tmp_path / "library"
    monkeypatch.setenv(LIBRARY_VARIABLE, str(folder))
    return folder


OF_TESTS = (r"Local config loaded, but no CLIP weights found", r"No pretrained weights loaded .* initialized randomly")
"""What open_clip says of the models that tests make: they have no weights on purpose."""


class Collected(logging.Handler):
    """Collects what is logged as a warning or an error, a text each."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        text = f"{record.levelname} {record.name}: {record.getMessage()}"
        self.texts.append(text if error is None else f"{text} ({error!r})")


@pytest.fixture(autouse=True)
def nothing_unexpected_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which a warning or an error is logged that no `logs` marker of it expects.

    A test that asks for `caplog` looks at its log itself.
    """
    marked = [str(pattern) for mark in request.node.iter_markers("logs") for pattern in mark.args]
    expected = [re.compile(pattern) for pattern in (*OF_TESTS, *marked)]
    collected = Collected()
    logging.getLogger().addHandler(collected)
    yield
    logging.getLogger().removeHandler(collected)
    unexpected = [text for text in collected.texts if not any(pattern.search(text) for pattern in expected)]
    assert "caplog" in request.fixturenames or not unexpected, "logged, and expected by no `logs` marker"

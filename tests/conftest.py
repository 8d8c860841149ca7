"""What every test stands on: a library folder of its own, and no way to the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.paths import LIBRARY_VARIABLE


@pytest.fixture(autouse=True)
def library_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the program at an empty library, so that a test that names none cannot touch a real one."""
    folder = tmp_path / "library"
    monkeypatch.setenv(LIBRARY_VARIABLE, str(folder))
    return folder

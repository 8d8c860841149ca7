"""User data on a disk of its own, as a library would open it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.paths import LibraryPaths
from core.photo import fingerprint
from core.user_data import UserData

A, B, C, D = (fingerprint(name) for name in (b"a", b"b", b"c", b"d"))


@pytest.fixture
def layout(tmp_path: Path) -> LibraryPaths:
    made = LibraryPaths(tmp_path / "library")
    made.folder.mkdir()
    return made


@pytest.fixture
def user_data(layout: LibraryPaths) -> Iterator[UserData]:
    opened = UserData.open(layout, write=True)
    yield opened
    opened.close()

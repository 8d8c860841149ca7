"""What was said of a photo whose file was written anew, when several things were said of it."""

from __future__ import annotations

from pathlib import Path

from core.paths import LibraryPaths
from core.user_data import UserData
from core.user_records import Marks

BEFORE, NOW = b"b" * 16, b"n" * 16


def test_all_that_was_said_goes_along(tmp_path: Path) -> None:
    said = UserData.open(LibraryPaths(tmp_path), write=True)
    marks = Marks(favourite=True, rating=4, tags=("beach", "family", "summer"), title="Harbour", caption="At dawn")
    said.put_marks({BEFORE: marks})
    said.carry_over({BEFORE: NOW})
    known = said.marks([BEFORE, NOW])
    assert known[NOW] == marks and known[BEFORE] == Marks()
    said.close()

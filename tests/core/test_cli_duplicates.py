"""`recollect duplicates`: what there is more than once, for a terminal and for programs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.library import Library
from tests.core.test_cli_saved import Terminal
from tests.core.test_library import Crayons, index, make_model, paint


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    folder = tmp_path / "photos"
    paint(folder / "sea.png", "blue")
    shutil.copy(folder / "sea.png", folder / "sea copy.png")
    with Library.open(
        tmp_path / "library", model=str(make_model(tmp_path / "crayons")), make_encoder=Crayons()
    ) as library:
        library.add_root(folder)
        index(library)
    return Terminal(tmp_path / "library", capsys)


def test_listed_for_people_and_programs(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.run("duplicates")[0]
    assert said.startswith("Same file: 1 group; 1 could go (0 MB)")
    assert "sea.png  (the oldest)" in said or "sea.png  (the shortest name)" in said
    (group,) = terminal.json("duplicates")
    assert (group["same"], group["unattended"]) == ("file", True)
    assert [copy["suggested"] for copy in group["copies"]] == ["keep", "trash"]
    copy = tmp_path / "photos" / "sea copy.png"
    assert group["copies"][1]["paths"] == [str(copy)]
    assert terminal.run("duplicates", "--paths")[0] == f"{copy}\n"
    assert copy.exists()


def test_only_those_that_are_asked_for(terminal: Terminal) -> None:
    assert terminal.json("duplicates", "--same", "picture", "--same", "moment") == []
    assert "No duplicates found." in terminal.run("duplicates", "--same", "picture")[1]

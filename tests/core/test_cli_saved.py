"""`recollect saved`: the same saved searches as in the window, for a terminal and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.cli import main


class Terminal:
    """Runs commands on one library, in this process."""

    def __init__(self, library: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._library = library
        self._capture = capture

    def run(self, *words: str, expect: int = 0) -> tuple[str, str]:
        """Return what was printed and what was said."""
        assert main(["--library", str(self._library), *words]) == expect
        return self._capture.readouterr()

    def json(self, *words: str, expect: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", expect=expect)[0])


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    photos = tmp_path / "photos"
    photos.mkdir()
    made = Terminal(tmp_path / "library", capsys)
    made.run("add", str(photos))
    return made


def test_saved_listed_and_removed(terminal: Terminal) -> None:
    assert "No saved searches yet" in terminal.run("saved")[1]
    assert terminal.json("saved", "add", "Old ones", "before:2010", "rating:>=4") == {
        "name": "Old ones",
        "query": "before:2010 rating:>=4",
    }
    assert "smarch" in terminal.run("saved", "add", "Months", "month:smarch")[1]
    assert "recollect saved run 'My dogs'\n" in terminal.run("saved", "add", "My dogs", "type:png")[1]
    terminal.run("saved", "remove", "My dogs")
    assert [one["name"] for one in terminal.json("saved", "list")] == ["Months", "Old ones"]
    assert terminal.run("saved")[0] == "Months\tmonth:smarch\nOld ones\tbefore:2010 rating:>=4\n"
    assert terminal.json("saved", "remove", "months")["name"] == "Months"
    assert [one["name"] for one in terminal.json("saved")] == ["Old ones"]


def test_a_saved_search_is_asked(terminal: Terminal) -> None:
    terminal.run("saved", "add", "Old ones", "before:2010")
    assert terminal.json("saved", "run", "old ONES")["query"] == "before:2010"
    assert "No photos found" in terminal.run("saved", "run", "Old ones", "--order", "oldest", "-n", "3")[1]


def test_what_is_not_there_and_what_asks_for_nothing(terminal: Terminal) -> None:
    assert terminal.json("saved", "run", "x", expect=1)["error"]["code"] == "saved_search_unknown"
    assert "no saved search" in terminal.run("saved", "remove", "x", expect=1)[1]
    assert terminal.run("saved", "add", "Nothing", " ", expect=1)[1]

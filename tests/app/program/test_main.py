"""Window or terminal: what the command line decides."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context

from app.program.arguments import COMMANDS, Options, place_of, window_options
from core.cli import recollect


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds folders named like commands, and others."""
    for name in ("add", "雪 📷", "--library", "100%#?"):
        (tmp_path / name).mkdir()
    (tmp_path / "a b.jpg").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], Options()),
        (["--library", "/tmp/l"], Options(library="/tmp/l")),
        (["--library=/tmp/l", "--model", "starter"], Options(library="/tmp/l", model="starter")),
        (["search", "dog"], None),
        (["--library", "/tmp/l", "search", "dog"], None),
        (["--help"], None),
        (["--version"], None),
        (["--library"], None),
    ],
)
def test_what_opens_the_window(arguments: list[str], expected: Options | None) -> None:
    assert window_options(arguments) == expected


def test_the_window_waits_for_none_of_what_the_library_imports() -> None:
    """Before its first paint nothing of models, pictures or the database is imported."""
    tell = "import sys, app.program.startup; print(*(name for name in sys.modules if name.startswith('core.')))"
    said = subprocess.run([sys.executable, "-c", tell], capture_output=True, encoding="utf-8", check=True, timeout=60)
    early = set(said.stdout.split())
    assert "core.photo" in early
    assert not {"core.library", "core.models", "core.store", "core.encoder", "core.decode", "core.pixels"} & early


def test_places_open_the_window(here: Path) -> None:
    assert window_options(["雪 📷"]) == Options(places=(here / "雪 📷",))
    assert window_options(["a b.jpg", "雪 📷"]) == Options(places=(here / "a b.jpg", here / "雪 📷"))
    assert window_options(["--in-tray", "--library", "x"]) == Options(library="x", in_tray=True)
    assert window_options(["./add"]) == Options(places=(here / "add",))
    assert window_options([".", ".."]) == Options(places=(here, here.parent))
    address = (here / "100%#?").as_uri()
    assert window_options([address]) == Options(places=(here / "100%#?",))
    named = window_options(["--library", "l", "雪 📷", "--model=m"])
    assert named == Options(library="l", model="m", places=(here / "雪 📷",))


def test_commands_win_and_unknown_words_are_left_to_the_terminal(here: Path) -> None:
    assert window_options(["add"]) is None
    assert window_options(["add", "雪 📷"]) is None
    assert window_options(["--library", "l", "add"]) is None
    assert window_options(["serach"]) is None
    assert window_options(["雪 📷", "serach"]) is None
    assert window_options(["", "雪 📷"]) is None
    assert window_options(["x" * 5000]) is None
    assert window_options(["--jsno", "雪 📷"]) is None


def test_a_path_that_is_not_there_is_for_the_window_to_explain(here: Path) -> None:
    assert window_options(["./gone"]) == Options(places=(here / "gone",))
    assert window_options([str(here / "gone.jpg")]) == Options(places=(here / "gone.jpg",))


def test_addresses_of_files(here: Path) -> None:
    assert place_of((here / "a b.jpg").as_uri()) == here / "a b.jpg"
    assert place_of("file://localhost" + (here / "雪 📷").as_uri().removeprefix("file://")) == here / "雪 📷"
    assert place_of("file:///a%00b") is None
    assert place_of("https://example.org/a.jpg") != Path("a.jpg")


@pytest.mark.skipif(os.name == "nt", reason="Windows shells leave ~ alone as well, but mean another folder")
def test_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert place_of("~/Pictures") == tmp_path / "Pictures"


def test_the_words_of_the_command_line_are_those_there_are() -> None:
    assert set(recollect.list_commands(Context(recollect))) == COMMANDS

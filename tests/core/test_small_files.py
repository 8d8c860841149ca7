"""Small files of the program's own that are something else: nothing of it is waited for, nor held in memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.machine_settings import MachineSettings
from core.models import installed_models
from core.models.locate import LOCATION, models_folder
from core.paths import MOVED, moved_to
from core.serve.access import TOKEN_FILE, token_of
from core.small_files import read_small

needs_pipes = pytest.mark.skipif(os.name != "posix", reason="no such files here")


def pipe(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    return path


@needs_pipes
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no ordinary file"):
        read_small(pipe(tmp_path / "pipe"))
    with pytest.raises(OSError, match="no ordinary file"):
        read_small(Path(os.devnull))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(10**11)
    with pytest.raises(OSError, match="too large"):
        read_small(large)


@needs_pipes
def test_settings_and_notes_that_are_pipes_are_as_good_as_none(tmp_path: Path) -> None:
    settings = MachineSettings(pipe(tmp_path / "settings.json"))
    assert settings.damage is not None and not settings.text("hub_proxy")
    settings.set("hub_proxy", "http://x:1")
    assert MachineSettings(tmp_path / "settings.json").text("hub_proxy") == "http://x:1"
    pipe(tmp_path / MOVED)
    assert moved_to(tmp_path) is None
    pipe(tmp_path / "models" / LOCATION)
    pipe(tmp_path / "models/mine/open_clip_config.json")
    assert models_folder(tmp_path / "models") == tmp_path / "models"
    assert "mine" not in [model.name for model in installed_models(tmp_path / "models")]


@needs_pipes
def test_a_token_that_is_a_pipe_is_made_anew(tmp_path: Path) -> None:
    pipe(tmp_path / TOKEN_FILE)
    assert token_of(tmp_path) == (tmp_path / TOKEN_FILE).read_text(encoding="ascii").strip()

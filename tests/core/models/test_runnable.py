"""Without torch a model is told to need the full edition before anything is fetched, taken in or chosen."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.encoder.openclip import OpenClipEncoder
from core.errors import ModelError
from core.library_models import LibraryModels
from core.models import find_entry, find_model, read_model_folder, runs_here
from core.models.fetch import fetch_model
from core.models.install import architecture_config, architectures, import_model
from tests.core.models.folders import write_model

LARGE = "siglip2-so400m-16"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition without torch."""
    for module in ("core.models.runnable", "core.models.install"):
        monkeypatch.setattr(f"{module}.has_torch", lambda: False)


def test_what_runs_is_told_of_the_list_and_of_folders(tmp_path: Path) -> None:
    assert runs_here(find_entry("recollect-starter")) and runs_here(find_model("recollect-starter", tmp_path))
    assert runs_here(find_entry("siglip2-base-32")) and not runs_here(find_entry(LARGE))
    assert not runs_here(read_model_folder(write_model(tmp_path / "a")))
    assert runs_here(None)


def test_nothing_is_fetched_taken_in_or_chosen_that_cannot_be_run(tmp_path: Path) -> None:
    models = tmp_path / "models"
    with pytest.raises(ModelError, match="full Recollect"):
        list(fetch_model(find_entry(LARGE), models))
    with pytest.raises(ModelError, match="full Recollect"):
        import_model(write_model(tmp_path / "mine"), models)
    assert not models.exists() or list(models.iterdir()) == []
    store: Any = SimpleNamespace()
    write_model(models / "there")
    with pytest.raises(ModelError, match="full Recollect"):
        LibraryModels(store, models, None, lambda *_: pytest.fail("loaded")).use("there")
    assert architectures() == ()


def test_a_model_whose_network_came_with_the_program_is_run(tmp_path: Path) -> None:
    folder = tmp_path / "siglip"
    config = architecture_config("ViT-B-32-SigLIP2-256")
    write_model(folder)
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    assert runs_here(read_model_folder(folder))
    config["model_cfg"]["text_cfg"]["layers"] = 3
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    assert not runs_here(read_model_folder(folder))


def test_a_library_that_uses_one_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="full Recollect"):
        OpenClipEncoder(read_model_folder(write_model(tmp_path / "a")), "images")

"""Models from elsewhere: taken in whole or not at all, removed, moved."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from core.errors import DiskFull, ModelError, ModelMissing
from core.models import STARTER, converted_folder, find_model, installed_models
from core.models.folder import CONFIG
from core.models.install import architecture_config, import_model, move_models, remove_model
from core.models.locate import LOCATION
from tests.core.models.folders import weights, write_model


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "library" / "models"


def names(models: Path) -> list[str]:
    return [model.name for model in installed_models(models) if model.name != STARTER]


def test_a_folder_is_imported_and_gives_the_same_vectors(tmp_path: Path, models: Path) -> None:
    source = write_model(tmp_path / "mine")
    (source / "LICENSE").write_text("mine")
    (source / "weights.bin").write_bytes(b"not wanted")
    imported = import_model(source, models)
    assert imported == find_model("mine", models)
    assert imported.key == find_model(str(source), models).key
    assert sorted(path.name for path in (models / "mine").iterdir()) == [
        "LICENSE",
        "open_clip_config.json",
        "open_clip_model.safetensors",
    ]


@pytest.mark.parametrize("noted", [b"", b"\n", b"\xff\xfe/x", b"somewhere/else", b"/with/\0zero"])
def test_a_note_of_the_models_place_that_is_no_path_counts_as_none(models: Path, noted: bytes) -> None:
    write_model(models / "mine")
    (models / LOCATION).write_bytes(noted)
    assert names(models) == ["mine"]
    assert find_model("mine", models).path == models / "mine"
    assert converted_folder(models) == models / "converted"


def test_nothing_is_made_where_a_drive_is_not_connected(tmp_path: Path, models: Path) -> None:
    absent = tmp_path / "drive" / "models"
    models.mkdir(parents=True)
    (models / LOCATION).write_text(str(absent))
    assert converted_folder(models) == models / "converted"
    assert names(models) == []
    with pytest.raises(ModelError, match="is not there now"):
        import_model(write_model(tmp_path / "mine"), models)
    assert not absent.parent.exists()


@pytest.mark.parametrize("side", [1_000_000, 0, -1, [224, 1_000_000]])
def test_a_picture_size_no_photo_has_is_the_models_fault(tmp_path: Path, side: object) -> None:
    folder = write_model(tmp_path / "mine")
    config = json.loads((folder / CONFIG).read_text())
    config["model_cfg"]["vision_cfg"]["image_size"] = side
    (folder / CONFIG).write_text(json.dumps(config))
    if side == 0:  # open_clip takes it for none, and so do we
        assert find_model(str(folder), tmp_path).pixels.width > 0
        return
    with pytest.raises(ModelError, match="does not understand") as raised:
        find_model(str(folder), tmp_path)
    assert "image_size" in raised.value.advice


def test_importing_costs_no_second_copy_on_the_same_disk(tmp_path: Path, models: Path) -> None:
    source = write_model(tmp_path / "mine")
    imported = import_model(source, models)
    assert imported.weights.stat().st_ino == (source / imported.weights.name).stat().st_ino
    shutil.rmtree(source)
    assert find_model("mine", models).weights.stat().st_size > 0


def test_a_disk_without_links_gets_a_copy(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: object, target: object) -> None:
        raise OSError(errno.EXDEV, "Cross-device link")

    monkeypatch.setattr(os, "link", no_links)
    assert import_model(write_model(tmp_path / "mine"), models).weights.read_bytes() == weights()


def test_a_checkpoint_file_is_imported_with_its_architecture(tmp_path: Path, models: Path) -> None:
    file = tmp_path / "checkpoint.safetensors"
    file.write_bytes(weights())
    imported = import_model(file, models, architecture="PE-Core-B-16")
    assert (imported.name, imported.dimension, imported.context_length) == ("PE-Core-B-16", 1024, 32)
    assert (imported.pixels.resize_mode, imported.pixels.interpolation) == ("squash", "bilinear")
    assert import_model(file, models, architecture="ViT-B-32", name="other").name == "other"


def test_a_checkpoint_that_needs_a_tokenizer_takes_the_one_beside_it(tmp_path: Path, models: Path) -> None:
    file = tmp_path / "checkpoint.safetensors"
    file.write_bytes(weights())
    with pytest.raises(ModelError, match="tokenizer"):
        import_model(file, models, architecture="ViT-B-32-SigLIP2-256")
    (tmp_path / "tokenizer.json").write_text("{}")
    folder = import_model(file, models, architecture="ViT-B-32-SigLIP2-256").path
    assert (folder / "tokenizer.json").is_file()


@pytest.mark.parametrize("architecture", ["", "ViT-Z-99", "../ViT-B-32"])
def test_an_unknown_architecture_is_told(tmp_path: Path, models: Path, architecture: str) -> None:
    file = tmp_path / "checkpoint.safetensors"
    file.write_bytes(weights())
    with pytest.raises(ModelError):
        import_model(file, models, architecture=architecture, name="mine")
    assert not (models / "mine.partial").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 a pickle in a zip file",
        weights()[:-1],
        (2).to_bytes(8, "little") + b"{}",
        (4).to_bytes(8, "little") + b"[1]\n",
        (1 << 60).to_bytes(8, "little"),
    ],
)
def test_a_damaged_checkpoint_is_refused_and_leaves_nothing(tmp_path: Path, models: Path, content: bytes) -> None:
    source = write_model(tmp_path / "mine")
    (source / "open_clip_model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="not a whole safetensors"):
        import_model(source, models)
    assert list(models.iterdir()) == []


def test_another_programs_layout_is_refused(tmp_path: Path, models: Path) -> None:
    import numpy as np
    from safetensors.numpy import save

    source = write_model(tmp_path / "mine")
    (source / "open_clip_model.safetensors").write_bytes(save({"vision_model.x": np.ones(3, np.float32)}))
    with pytest.raises(ModelError, match="open_clip's layout"):
        import_model(source, models)


def test_a_folder_without_a_model_is_told(tmp_path: Path, models: Path) -> None:
    with pytest.raises(ModelMissing):
        import_model(tmp_path, models)


@pytest.mark.parametrize("name", ["a/b", "..", ".hidden", "x.partial"])
def test_a_name_that_is_no_folder_name_is_refused(tmp_path: Path, models: Path, name: str) -> None:
    with pytest.raises(ModelError, match="cannot be the name"):
        import_model(write_model(tmp_path / "mine"), models, name=name)


def test_a_name_that_is_taken_is_refused(tmp_path: Path, models: Path) -> None:
    source = write_model(tmp_path / "mine")
    import_model(source, models)
    with pytest.raises(ModelError, match="already"):
        import_model(source, models)


def test_a_full_disk_leaves_nothing(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(DiskFull):
        import_model(write_model(tmp_path / "mine"), models)
    assert list(models.iterdir()) == []


def test_removing_frees_the_name(tmp_path: Path, models: Path) -> None:
    source = write_model(tmp_path / "mine")
    key = import_model(source, models).key
    (converted_folder(models) / key).mkdir(parents=True)
    (converted_folder(models) / "other@1").mkdir()
    remove_model("mine", models)
    assert [path.name for path in models.rglob("*")] == ["converted", "other@1"]
    assert (source / "open_clip_model.safetensors").is_file()
    import_model(source, models)


@pytest.mark.parametrize("name", ["nothing", "", "..", "../models", "."])
def test_what_is_no_model_is_not_removed(tmp_path: Path, models: Path, name: str) -> None:
    import_model(write_model(tmp_path / "mine"), models)
    with pytest.raises(ModelMissing):
        remove_model(name, models)
    assert names(models) == ["mine"]


def test_the_built_in_model_stays(models: Path) -> None:
    with pytest.raises(ModelError, match="stays"):
        remove_model(STARTER, models)


def test_models_can_be_moved_and_brought_back(tmp_path: Path, models: Path) -> None:
    key = import_model(write_model(tmp_path / "mine"), models).key
    other = tmp_path / "large disk" / "models"
    move_models(models, other)
    assert find_model("mine", models).path == other / "mine"
    assert find_model("mine", models).key == key
    assert not (models / "mine").exists()
    import_model(write_model(tmp_path / "second", seed=1), models)
    assert names(models) == ["mine", "second"]
    assert (other / "second").is_dir()

    move_models(models, models)
    assert find_model("mine", models).path == models / "mine"
    assert names(models) == ["mine", "second"]


def test_moving_onto_another_model_is_refused(tmp_path: Path, models: Path) -> None:
    import_model(write_model(tmp_path / "mine"), models)
    (tmp_path / "there" / "mine").mkdir(parents=True)
    with pytest.raises(ModelError, match="already"):
        move_models(models, tmp_path / "there")
    assert names(models) == ["mine"]


def test_a_move_that_fails_midway_loses_nothing(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_model(write_model(tmp_path / "mine"), models)

    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(DiskFull):
        move_models(models, tmp_path / "there")
    assert names(models) == ["mine"]


def test_a_damaged_model_does_not_hide_the_others(tmp_path: Path, models: Path) -> None:
    import_model(write_model(tmp_path / "mine"), models)
    broken = write_model(models / "broken")
    (broken / "open_clip_config.json").write_text("{")
    assert names(models) == ["mine"]


def test_preprocessing_is_the_familys_own() -> None:
    siglip = architecture_config("ViT-B-16-SigLIP2-256")["preprocess_cfg"]
    assert (siglip["resize_mode"], siglip["interpolation"], siglip["mean"]) == ("squash", "bicubic", (0.5, 0.5, 0.5))
    assert json.loads(json.dumps(architecture_config("MobileCLIP2-S0")))["preprocess_cfg"]["mean"] == [0.0, 0.0, 0.0]
    assert architecture_config("xlm-roberta-base-ViT-B-32")["preprocess_cfg"]["resize_mode"] == "shortest"

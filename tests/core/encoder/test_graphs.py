"""A network that came with the program runs a model's own weights: torch's vectors, and no torch."""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from core.encoder import backend_selection, graphs, prepared, processor
from core.encoder.backend_cache import recall
from core.encoder.backend_selection import choose_backend
from core.encoder.engine import EngineError, least_cosine
from core.encoder.graph_making import make_graph
from core.encoder.graphs import graph_tower, known_graph
from core.encoder.onnx_openvino import OnnxEngine
from core.encoder.prepared import is_prepared, prepared_choice
from core.encoder.probe import probe_of
from core.messages import engine_messages
from core.models import TOWERS, ModelFolder, Tower, find_entry, read_catalogue, read_model_folder
from core.models.install import architecture_config
from core.models.networks import described_without_weights, has_networks
from tests.core.tiny_model import make_tiny_model

pytest.importorskip("onnxscript")

WITH_NETWORKS = [entry.name for entry in read_catalogue() if entry.bundled_network]


def redraw(folder: Path, seed: int, dtype: torch.dtype = torch.float32) -> ModelFolder:
    """Give a model other weights, none of them like another."""
    weights = read_model_folder(folder).weights
    random = torch.Generator().manual_seed(seed)
    tensors = load_file(weights)
    save_file(
        {
            name: (tensor + torch.randn(tensor.shape, generator=random) * 0.05).to(dtype)
            for name, tensor in tensors.items()
        },
        weights,
    )
    return read_model_folder(folder)


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's resources, with the networks of the tiny model, made from other weights than those of the tests."""
    folder = tmp_path_factory.mktemp("resources")
    (folder / "graphs").mkdir()
    model = redraw(make_tiny_model(folder / "tiny"), 1)
    for tower in TOWERS:
        assert make_graph(model, tower, folder / "graphs") > 10
    return folder


@pytest.fixture(autouse=True)
def these_resources(resources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "resources", lambda: resources)


@pytest.fixture
def model(tmp_path: Path) -> ModelFolder:
    return redraw(make_tiny_model(tmp_path / "tiny"), 2)


def by_torch(model: ModelFolder, tower: Tower) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    probe = probe_of(model, tower)
    return choose_backend(model, tower, probe, device="cpu", backend="torch").engine.run(probe)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
@pytest.mark.parametrize("tower", TOWERS)
def test_it_gives_the_vectors_of_torch_for_any_weights(
    model: ModelFolder, tmp_path: Path, tower: Tower, dtype: torch.dtype
) -> None:
    model = redraw(model.path, 3, dtype)
    found = graph_tower(model, tower, tmp_path / "cache")
    assert found is not None
    assert least_cosine(OnnxEngine(found).run(probe_of(model, tower)), by_torch(model, tower)) > 0.9999


def test_the_weights_are_kept_once(model: ModelFolder, tmp_path: Path) -> None:
    found = graph_tower(model, "images", tmp_path)
    assert found is not None and found.file.stat().st_size < model.weights.stat().st_size / 2
    assert (found.file.parent / model.weights.name).samefile(model.weights)
    (found.file.parent / model.weights.name).unlink()
    shutil.copy(model.weights, found.file.parent)  # as a move to another drive does it
    graph_tower(model, "images", tmp_path)
    assert (found.file.parent / model.weights.name).samefile(model.weights)


@pytest.mark.parametrize("tower", TOWERS)
def test_it_is_chosen_at_once_and_remembered(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tower: Tower
) -> None:
    monkeypatch.setattr(prepared, "has_fast_bfloat16", lambda: False)  # without OpenVINO, ONNX Runtime it is
    monkeypatch.setattr(prepared, "may_have_card", lambda: False)
    probe = probe_of(model, tower)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(backend_selection, "require_torch", lambda _: pytest.fail("torch was needed"))
        choice = choose_backend(model, tower, probe, cache=tmp_path, at_once=True)
    assert not choice.provisional
    known = recall(model, tower, tmp_path, "auto")
    assert known is not None and known.backend in prepared.CONVERTED
    again = prepared_choice(model, tower, probe, cache=tmp_path)
    assert again is not None and again.engine.words == choice.engine.words
    assert least_cosine(again.engine.run(probe), by_torch(model, tower)) > 0.999


def test_a_network_that_was_damaged_is_made_again(model: ModelFolder, tmp_path: Path) -> None:
    probe = probe_of(model, "texts")
    assert prepared_choice(model, "texts", probe, cache=tmp_path) is not None
    found = graph_tower(model, "texts", tmp_path)
    assert found is not None
    found.file.write_bytes(found.file.read_bytes()[:500])
    again = prepared_choice(model, "texts", probe, cache=tmp_path)
    assert again is not None and least_cosine(again.engine.run(probe), by_torch(model, "texts")) > 0.999


def test_pictures_are_left_to_a_graphics_card_and_to_torch_in_16_bits(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise EngineError(engine_messages.NOT_INSTALLED(package="openvino"))

    probe = probe_of(model, "images")
    monkeypatch.setattr(prepared, "may_have_card", lambda: True)
    assert prepared_choice(model, "images", probe, cache=tmp_path) is None
    monkeypatch.setattr(prepared, "may_have_card", lambda: False)
    monkeypatch.setattr(prepared, "OpenVinoEngine", missing)
    monkeypatch.setattr(prepared, "has_fast_bfloat16", lambda: True)
    assert prepared_choice(model, "images", probe, cache=tmp_path) is None
    monkeypatch.setattr(prepared, "has_fast_bfloat16", lambda: False)
    choice = prepared_choice(model, "images", probe, cache=tmp_path)
    assert choice is not None and choice.engine.words.code == "engine_onnx_runtime"


@pytest.mark.parametrize(
    ("build", "nvidia", "expected"),
    [("2.13.0+cpu", True, False), ("2.13.0", True, True), ("2.13.0", False, False), ("2.13.0+xpu", False, True)],
)
def test_whether_torch_may_find_a_card_is_told_by_its_build_and_the_drivers(
    monkeypatch: pytest.MonkeyPatch, build: str, nvidia: bool, expected: bool
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _: build)
    monkeypatch.setattr(processor, "has_nvidia_driver", lambda: nvidia)
    monkeypatch.setattr(sys, "platform", "win32")
    assert processor.may_have_card() is expected


def test_other_configurations_and_other_tensors_have_no_network(model: ModelFolder, tmp_path: Path) -> None:
    assert is_prepared(model, "texts", tmp_path) and not is_prepared(model, "images", tmp_path)
    tensors = load_file(model.weights)
    first = next(name for name in tensors if name.startswith("visual.") and tensors[name].ndim == 2)
    tensors[first] = tensors[first][:-1].contiguous()
    save_file(tensors, model.weights)
    changed = read_model_folder(model.path)
    assert known_graph(changed, "images") is not None and graph_tower(changed, "images", tmp_path) is None
    config = json.loads((model.path / "open_clip_config.json").read_text())
    config["model_cfg"]["quick_gelu"] = True
    (model.path / "open_clip_config.json").write_text(json.dumps(config))
    assert known_graph(read_model_folder(model.path), "images") is None


def test_a_drive_without_second_names_leaves_the_work_to_torch(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert graph_tower(model, "images", tmp_path) is None


def test_both_towers_may_begin_at_once(model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = Path.hardlink_to

    def too_late(self: Path, target: Path) -> None:
        link(self, target)
        raise FileExistsError

    monkeypatch.setattr(Path, "hardlink_to", too_late)
    assert graph_tower(model, "images", tmp_path) is not None


def test_weights_that_are_alike_make_no_network(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is equal to"):
        make_graph(read_model_folder(make_tiny_model(tmp_path / "tiny")), "images", tmp_path)


@pytest.mark.parametrize("name", WITH_NETWORKS)
def test_models_on_offer_have_networks_that_tell_nothing_of_where_they_were_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.undo()  # the program's own resources
    (tmp_path / "open_clip_config.json").write_text(json.dumps(architecture_config(find_entry(name).architecture)))
    (tmp_path / "open_clip_model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    for tower in TOWERS:
        graph = known_graph(read_model_folder(tmp_path), tower)
        assert graph is not None
        written = gzip.decompress(graph.file.read_bytes())
        assert b"core/encoder" not in written and b"site-packages" not in written


def test_the_list_tells_which_models_have_networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the program's own resources
    found: list[str] = []
    for entry in read_catalogue():
        if entry.architecture:
            (tmp_path / "open_clip_config.json").write_text(json.dumps(architecture_config(entry.architecture)))
            found += [entry.name] if has_networks(described_without_weights(tmp_path)) else []
    assert found == WITH_NETWORKS and len(found) >= 5

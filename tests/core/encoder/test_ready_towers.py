"""A tower that came converted with its model is used at once and without torch, unless it is not that model's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from core.encoder.engine import least_cosine, probe_pictures
from core.encoder.in_process import InProcessEncoder
from core.encoder.onnx_openvino import OpenVinoEngine, openvino_file
from core.encoder.openclip import OpenClipEncoder
from core.encoder.probe import PROBE_TEXTS
from core.encoder.ready_export import add_ready_towers
from core.encoder.ready_towers import NOTES, ready_tower
from core.models import TOWERS, ModelFolder, Tower, read_model_folder
from tests.core.engines import needs_engine
from tests.core.tiny_model import make_tiny_model

pytest.importorskip("onnxscript")

TEXTS = ["a dog on the beach", "雪山", "", "one two three four five six seven eight nine ten eleven", *PROBE_TEXTS]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")
    cosines = add_ready_towers(read_model_folder(folder))
    assert set(cosines) == set(TOWERS) and min(cosines.values()) > 0.9999
    return folder


@pytest.fixture
def model(made: Path, tmp_path: Path) -> ModelFolder:
    """The model in a folder that may be damaged."""
    return read_model_folder(Path(shutil.copytree(made, tmp_path / "tiny")))


def code(encoder: OpenClipEncoder) -> str:
    return encoder.device.code


@pytest.mark.parametrize("tower", TOWERS)
def test_it_is_used_at_once_and_gives_the_vectors_of_torch(model: ModelFolder, tower: Tower) -> None:
    ours, plain = OpenClipEncoder(model, tower), OpenClipEncoder(model, tower, device="cpu", backend="torch")
    assert (code(ours), code(plain)) == ("engine_onnx_runtime", "engine_processor")
    assert ours.key == plain.key
    if tower == "images":
        pixels = probe_pictures(model, 11)
        got, expected = ours.encode_images(pixels), plain.encode_images(pixels)
    else:
        got = np.concatenate([ours.encode_texts(TEXTS[:1]), ours.encode_texts(TEXTS[1:])])
        expected = plain.encode_texts(TEXTS)
    assert least_cosine(got, expected) > 0.999


def test_openvino_reads_the_same_file(model: ModelFolder, tmp_path: Path) -> None:
    needs_engine("openvino")
    file = openvino_file(model, "images", tmp_path, lambda: pytest.fail("converted"))
    assert file == model.path / "images.onnx"
    pixels = probe_pictures(model, 3)
    expected = OpenClipEncoder(model, "images", backend="torch").encode_images(pixels)
    assert least_cosine(OpenVinoEngine(file).run(pixels), expected) > 0.999


def test_weights_of_16_bits_are_kept_once(made: Path, tmp_path: Path) -> None:
    model = read_model_folder(Path(shutil.copytree(made, tmp_path / "half")))
    save_file({name: tensor.half() for name, tensor in load_file(model.weights).items()}, model.weights)
    model = read_model_folder(model.path)
    assert min(add_ready_towers(model).values()) > 0.999
    for tower in TOWERS:
        assert (model.path / f"{tower}.onnx").stat().st_size < (made / f"{tower}.onnx").stat().st_size / 4
    pixels, plain = probe_pictures(model, 3), OpenClipEncoder(model, "images", backend="torch")
    assert least_cosine(OpenClipEncoder(model, "images").encode_images(pixels), plain.encode_images(pixels)) > 0.999


def test_it_tells_nothing_of_the_machine_it_was_made_on(model: ModelFolder) -> None:
    for tower in TOWERS:
        written = (model.path / f"{tower}.onnx").read_bytes()
        assert b"core/encoder" not in written and b"site-packages" not in written


def test_a_tower_of_other_weights_is_not_used(model: ModelFolder) -> None:
    notes = json.loads((model.path / NOTES).read_text())
    (model.path / NOTES).write_text(json.dumps({**notes, "made_from": "0123456789ab"}))
    assert ready_tower(model, "texts") is None
    assert code(OpenClipEncoder(model, "texts")) == "engine_processor"


@pytest.mark.logs("that came with the model")
@pytest.mark.parametrize("damage", ["cut", "other vectors"])
def test_a_tower_that_does_not_compute_what_it_should_leaves_the_work_to_torch(model: ModelFolder, damage: str) -> None:
    if damage == "cut":
        file = model.path / "images.onnx"
        file.write_bytes(file.read_bytes()[:1000])
    else:
        notes = json.loads((model.path / NOTES).read_text())
        notes["images"]["expected"] = [-number for number in notes["images"]["expected"]]
        (model.path / NOTES).write_text(json.dumps(notes))
    assert code(OpenClipEncoder(model, "images")) == "engine_processor"


@pytest.mark.parametrize("notes", ["{", "[]", "{}", '{"made_from": 1, "texts": {}}'])
def test_notes_that_are_damaged_count_as_none(model: ModelFolder, notes: str) -> None:
    (model.path / NOTES).write_text(notes)
    assert ready_tower(model, "texts") is None


def test_one_question_is_answered_in_this_process(model: ModelFolder, tmp_path: Path) -> None:
    here = InProcessEncoder(model, "texts", tmp_path)
    here.start()
    assert here.device is not None and here.device.code == "engine_onnx_runtime" and here.notes == ()
    assert (here.key, here.dimension, here.pixels) == (model.key, model.dimension, model.pixels)
    assert here.batch_size > 0
    expected = OpenClipEncoder(model, "texts", backend="torch").encode_texts(["a dog"])
    assert least_cosine(here.encode_texts(["a dog"]), expected) > 0.999
    here.close()


def test_what_needs_torch_is_left_to_a_process_of_its_own(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Process:
        def __init__(self, model: ModelFolder, tower: Tower, *, cache: Path) -> None:
            self.told = model, tower, cache

        def encode_images(self, pixels: object) -> object:
            return self.told

    monkeypatch.setattr("core.encoder.process.EncoderProcess", Process)
    (model.path / NOTES).unlink()
    here = InProcessEncoder(model, "images", tmp_path)
    assert here.encode_images(probe_pictures(model, 1)) == (model, "images", tmp_path)

"""A model published as ONNX is read as it lies, run without torch, and gives torch's own vectors."""

from __future__ import annotations

import dataclasses
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.encoder.clip_words import clip_tokenizer
from core.encoder.engine import EngineError, least_cosine, probe_pictures
from core.encoder.in_process import InProcessEncoder
from core.encoder.openclip import OpenClipEncoder
from core.encoder.published import PublishedEngine
from core.encoder.ready_export import probe_vectors
from core.errors import ModelError
from core.models import ModelFolder, find_model, installed_models, onnx_layout, read_model_folder
from core.models.folder import PROBE
from core.models.install import import_model, open_clip_folder, remove_model
from tests.core.tiny_model import CONFIG, make_tiny_model

pytest.importorskip("onnxscript")

TEXTS = ["a dog on the beach", "雪山", "", "One two three four five six seven eight nine ten eleven"]


def export(towers: Any, folder: Path) -> None:
    """Write a loaded model as immich's models are written: both towers for one picture or text at a time."""
    import torch

    examples = {
        "visual": ("image", torch.zeros(1, 3, 64, 64), towers.encode_image),
        "textual": ("text", torch.ones(1, 16, dtype=torch.int32), towers.encode_text),
    }
    for part, (name, example, encode) in examples.items():

        class Tower(torch.nn.Module):
            def __init__(self, encode: Any) -> None:
                super().__init__()
                self.clip = towers
                self.encode = encode

            def forward(self, batch: torch.Tensor) -> torch.Tensor:
                return self.encode(batch, normalize=True)

        (folder / part).mkdir(parents=True)
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Tower(encode).eval(),
                (example,),
                str(folder / part / "model.onnx"),
                dynamo=False,  # as theirs are
                input_names=[name],
                output_names=["embedding"],
                verbose=False,
            )
    (folder / "config.json").write_text(json.dumps(CONFIG["model_cfg"]), encoding="utf-8")
    (folder / "visual" / "preprocess_cfg.json").write_text(json.dumps(CONFIG["preprocess_cfg"]), encoding="utf-8")
    clip_tokenizer(open_clip_folder()).save(str(folder / "textual" / "tokenizer.json"))
    (folder / "README.md").write_text("# A model", encoding="utf-8")
    (folder / "visual" / "model.armnn").write_bytes(b"for another runtime")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """The model as torch has it."""
    return read_model_folder(make_tiny_model(tmp_path_factory.mktemp("plain") / "tiny"))


@pytest.fixture(scope="module")
def made(plain: ModelFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import open_clip
    import torch

    folder = tmp_path_factory.mktemp("published") / "tiny"
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)  # no operator of ONNX is like it
    export(open_clip.create_model(f"local-dir:{plain.path}").eval(), folder)
    torch.backends.mha.set_fastpath_enabled(fast)
    return folder


@pytest.fixture
def model(made: Path, tmp_path: Path) -> ModelFolder:
    """The published one in a folder that may be damaged."""
    return read_model_folder(Path(shutil.copytree(made, tmp_path / "tiny")))


def test_it_wants_the_pictures_the_original_wants(model: ModelFolder, plain: ModelFolder) -> None:
    assert (model.layout, plain.layout) == ("onnx", "open_clip")
    for name in ("dimension", "pixels", "mean", "std", "context_length"):
        assert getattr(model, name) == getattr(plain, name)


def test_its_vectors_are_those_of_torch(model: ModelFolder, plain: ModelFolder) -> None:
    pixels = probe_pictures(plain, 5)
    expected = OpenClipEncoder(plain, "images", device="cpu", backend="torch").encode_images(pixels)
    ours = OpenClipEncoder(model, "images")
    assert ours.device.code == "engine_onnx_runtime"
    assert least_cosine(ours.encode_images(pixels), expected) > 0.999
    expected = OpenClipEncoder(plain, "texts", device="cpu", backend="torch").encode_texts(TEXTS)
    assert least_cosine(OpenClipEncoder(model, "texts").encode_texts(TEXTS), expected) > 0.999


def test_a_question_is_answered_in_this_process(model: ModelFolder, tmp_path: Path) -> None:
    here = InProcessEncoder(model, "texts", tmp_path)
    assert here.encode_texts(["a dog"]).shape == (1, model.dimension)
    assert here.device is not None and here.device.code == "engine_onnx_runtime"
    here.close()


def test_it_is_imported_found_chosen_by_name_and_removed(made: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    imported = import_model(made, models, name="mine")
    assert find_model("mine", models) == imported
    assert imported.key.partition("@")[2] == read_model_folder(made).key.partition("@")[2]
    assert "mine" in [one.name for one in installed_models(models)]
    assert sorted(file.relative_to(imported.path).as_posix() for file in imported.path.rglob("*.*")) == [
        "README.md",
        "config.json",
        "textual/model.onnx",
        "textual/tokenizer.json",
        "visual/model.onnx",
        "visual/preprocess_cfg.json",
    ]
    assert OpenClipEncoder(imported, "texts").encode_texts(["a dog"]).shape == (1, 32)
    remove_model("mine", models)
    assert not imported.path.exists()


@pytest.mark.parametrize("part", ["visual", "textual"])
def test_other_weights_are_another_model(model: ModelFolder, part: str) -> None:
    file = max((model.path / part).glob("model.onnx*"), key=lambda one: one.stat().st_size)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))
    assert read_model_folder(model.path).key != model.key


@pytest.mark.parametrize("content", [b"", b"version https://git-lfs.github.com/spec/v1\n" + b" " * 2000])
def test_a_folder_without_its_large_files_is_not_taken_in(model: ModelFolder, tmp_path: Path, content: bytes) -> None:
    (model.path / "textual" / "model.onnx").write_bytes(content)
    with pytest.raises(ModelError, match=r"textual/model\.onnx"):
        import_model(model.path, tmp_path / "models", name="mine")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("tower", ["images", "texts"])
def test_a_tower_that_does_not_give_the_noted_vector_is_refused(
    model: ModelFolder, plain: ModelFolder, tower: Any
) -> None:
    noted = probe_vectors(plain)
    (model.path / PROBE).write_text(json.dumps(noted))
    assert OpenClipEncoder(model, tower).choice.cosine > 0.999
    (model.path / PROBE).write_text(json.dumps({name: [-number for number in noted[name]] for name in noted}))
    with pytest.raises(ModelError, match="does not compute"):
        OpenClipEncoder(model, tower)


def test_a_damaged_tower_is_told_in_words(model: ModelFolder) -> None:
    (model.path / "visual" / "model.onnx").write_bytes(b"x" * 5000)
    with pytest.raises(ModelError, match="could not be loaded"):
        OpenClipEncoder(model, "images")


def test_a_size_that_is_not_the_configured_one_is_told(model: ModelFolder) -> None:
    with pytest.raises(ModelError, match="does not compute"):
        OpenClipEncoder(dataclasses.replace(model, dimension=64), "images")


def test_another_engine_cannot_be_asked_for(model: ModelFolder) -> None:
    with pytest.raises(ModelError, match="torch"):
        OpenClipEncoder(model, "images", backend="torch")


@pytest.mark.parametrize("missing", ["config.json", "visual/preprocess_cfg.json"])
def test_a_missing_configuration_is_told(model: ModelFolder, missing: str) -> None:
    (model.path / missing).unlink()
    with pytest.raises(ModelError):
        read_model_folder(model.path)


def test_a_missing_tokenizer_is_told(model: ModelFolder) -> None:
    (model.path / "textual" / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="tokenizer"):
        OpenClipEncoder(model, "texts")


class Session:
    """Stands for a tower that takes its pictures in another form, any number at a time."""

    def __init__(self, kind: str, shape: list[Any]) -> None:
        self.kind, self.shape = kind, shape
        self.asked: list[np.ndarray[Any, Any]] = []

    def get_inputs(self) -> list[Any]:
        class Input:
            name, type, shape = "image", self.kind, self.shape

        return [Input, Input] if self.kind == "two" else [Input]

    def run(self, _: None, inputs: dict[str, np.ndarray[Any, Any]]) -> list[np.ndarray[Any, Any]]:
        self.asked.append(inputs["image"])
        return [np.ones((len(inputs["image"]), 4), np.float16)]


@pytest.mark.parametrize(
    ("kind", "shape", "dtype", "first"),
    [
        ("tensor(uint8)", ["batch", 64, 64, 3], np.uint8, (64, 64, 3)),
        ("tensor(float16)", ["batch", 3, 64, 64], np.float16, (3, 64, 64)),
    ],
)
def test_pictures_are_given_as_the_tower_takes_them(
    model: ModelFolder, monkeypatch: pytest.MonkeyPatch, kind: str, shape: list[Any], dtype: Any, first: tuple[int, ...]
) -> None:
    session = Session(kind, shape)
    monkeypatch.setattr("core.encoder.published.onnx_session", lambda *_: session)
    monkeypatch.setattr("core.encoder.published.cpu_threads", lambda: 1)
    engine = PublishedEngine(model, "images")
    vectors = engine.run(probe_pictures(model, 3))
    engine.close()
    assert [(one.shape[1:], one.dtype.type, len(one)) for one in session.asked] == [(first, dtype, 3)]
    assert np.allclose(vectors, 0.5)


def test_a_tower_that_asks_for_more_is_refused(model: ModelFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.encoder.published.onnx_session", lambda *_: Session("two", [1]))
    with pytest.raises(EngineError, match="something else"):
        PublishedEngine(model, "texts")


def test_files_of_other_runtimes_do_not_count(model: ModelFolder) -> None:
    assert "model.armnn" not in [file.name for file in onnx_layout.tower_files(model.path)]

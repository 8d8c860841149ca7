"""The fastest engine is used only if its vectors are torch's own, and whatever fails falls back with a reason."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.encoder import backend_selection, prepared
from core.encoder.backend_cache import BackendChoice, machine_for, remember
from core.encoder.backend_selection import choose_backend
from core.encoder.choice import Choice
from core.encoder.engine import EngineError, least_cosine, probe_pictures
from core.encoder.openclip import OpenClipEncoder
from core.encoder.probe import PROBE_TEXTS
from core.encoder.processor import cpu_title
from core.encoder.tokenizer import tokenizer_of
from core.encoder.worker import load_at_once
from core.errors import ModelError
from core.messages import Message, engine_messages, title
from core.models import ModelFolder, read_model_folder
from tests.core.engines import needs_engine
from tests.core.tiny_model import make_tiny_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return read_model_folder(make_tiny_model(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture(scope="module")
def probe(model: ModelFolder) -> NDArray[np.uint8]:
    return probe_pictures(model, 4)


@pytest.fixture(scope="module")
def plain(model: ModelFolder, probe: NDArray[np.uint8]) -> NDArray[np.float32]:
    return choose_backend(model, "images", probe, device="cpu", backend="torch").engine.run(probe)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of converted towers, shared: a conversion takes seconds."""
    return tmp_path_factory.mktemp("converted")


class FakeEngine:
    """Gives vectors that are off by `error`, or fails."""

    words = "Fake"

    def __init__(self, vectors: NDArray[np.float32], error: float = 0.0) -> None:
        self._vectors = vectors
        self._error = error
        self.closed = False

    def run(self, batch: NDArray[Any]) -> NDArray[np.float32]:
        off = self._vectors + self._error * np.random.default_rng(0).standard_normal(self._vectors.shape)
        return (off / np.linalg.norm(off, axis=1, keepdims=True)).astype(np.float32)

    def close(self) -> None:
        self.closed = True


def on_processor(bits: int) -> Message:
    return engine_messages.ON_PROCESSOR(processor=cpu_title(), bits=bits)


def force(monkeypatch: pytest.MonkeyPatch, *, half: bool, faster: bool = True) -> None:
    """Fix what the machine can do and how fast engines are measured to be."""
    monkeypatch.setattr(backend_selection, "has_fast_bfloat16", lambda: half)
    seconds = iter([1.0, *[0.3 if faster else 1.0] * 9])

    def timed(engine: Any, batch: NDArray[Any]) -> tuple[NDArray[np.float32], float]:
        return engine.run(batch), next(seconds)

    monkeypatch.setattr(backend_selection, "_timed", timed)


def test_bfloat16_is_exact_enough_and_named(
    model: ModelFolder, probe: NDArray[np.uint8], plain: NDArray[np.float32]
) -> None:
    choice = choose_backend(model, "images", probe, device="cpu", backend="torch-16")
    assert choice.engine.words == on_processor(16)
    assert choice.cosine >= 0.999
    assert least_cosine(choice.engine.run(probe), plain) >= 0.999


def test_bfloat16_is_chosen_where_the_processor_has_it(
    model: ModelFolder, probe: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    force(monkeypatch, half=True)
    assert choose_backend(model, "images", probe, device="cpu").engine.words == on_processor(16)
    force(monkeypatch, half=False)
    choice = choose_backend(model, "images", probe, device="cpu")
    assert choice.engine.words == on_processor(32)
    assert choice.notes == ()


def test_an_engine_that_is_no_faster_is_left(
    model: ModelFolder, probe: NDArray[np.uint8], plain: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    force(monkeypatch, half=True, faster=False)
    choice = choose_backend(model, "images", probe, device="cpu")
    assert choice.notes == (
        engine_messages.NOT_USED(engine=engine_messages.TORCH_16(), reason=engine_messages.NO_FASTER()),
    )
    np.testing.assert_allclose(choice.engine.run(probe), plain, atol=1e-6)


def test_an_engine_with_other_answers_is_left_and_the_reason_told(
    model: ModelFolder,
    probe: NDArray[np.uint8],
    plain: NDArray[np.float32],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    force(monkeypatch, half=False)
    wrong = FakeEngine(plain, error=0.1)

    def no_file(*arguments: object) -> Path:
        return tmp_path

    def not_there(*arguments: object) -> Path:
        raise EngineError(engine_messages.NOT_INSTALLED(package="onnxruntime"))

    monkeypatch.setattr(prepared, "openvino_file", no_file)
    monkeypatch.setattr(prepared, "OpenVinoEngine", lambda file, pictures, exact: wrong)  # type: ignore[misc]
    monkeypatch.setattr(prepared, "onnx_tower", not_there)
    choice = choose_backend(model, "images", probe, device="cpu", cache=tmp_path)
    assert wrong.closed
    assert [title(note).partition(" (")[0] for note in choice.notes] == [
        "OpenVINO in 16 bits: its answers differ",
        "OpenVINO in 32 bits: its answers differ",
    ]
    np.testing.assert_allclose(choice.engine.run(probe), plain, atol=1e-6)


def test_the_fastest_of_the_exact_ones_is_taken(
    model: ModelFolder,
    probe: NDArray[np.uint8],
    plain: NDArray[np.float32],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    engines = {name: FakeEngine(plain) for name in ("torch-16", "onnxruntime")}
    seconds = {"torch-16": 0.5, "onnxruntime": 0.2}

    def timed(engine: Any, batch: NDArray[Any]) -> tuple[NDArray[np.float32], float]:
        return engine.run(batch), next((seconds[name] for name, fake in engines.items() if fake is engine), 1.0)

    monkeypatch.setattr(backend_selection, "_timed", timed)
    monkeypatch.setattr(backend_selection._Trial, "_candidates", lambda self: list(engines))  # type: ignore[attr-defined]
    monkeypatch.setattr(backend_selection._Trial, "build", lambda self, name: engines[name])  # type: ignore[attr-defined]
    choice = choose_backend(model, "images", probe, device="cpu", cache=tmp_path)
    assert choice.engine is engines["onnxruntime"]
    assert choice.ratio == pytest.approx(5)
    assert engines["torch-16"].closed


def test_why_it_is_not_the_graphics_card_is_told_of_every_engine(
    model: ModelFolder,
    probe: NDArray[np.uint8],
    plain: NDArray[np.float32],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    reason = engine_messages.DRIVER_OLD()
    monkeypatch.setattr("core.encoder.device._cuda_count", lambda: (0, reason))
    force(monkeypatch, half=False)
    monkeypatch.setattr(prepared, "openvino_file", lambda *_: tmp_path)  # type: ignore[misc]
    monkeypatch.setattr(prepared, "OpenVinoEngine", lambda file, pictures, exact: FakeEngine(plain))  # type: ignore[misc]
    choice = choose_backend(model, "images", probe, cache=tmp_path)
    assert isinstance(choice.engine, FakeEngine) and choice.notes == (engine_messages.NO_CARD(reason=reason),)
    choice = choose_backend(model, "images", probe)
    assert dict(choice.engine.words.fields)["reason"] == reason and choice.notes == ()


def test_a_backend_asked_for_by_name_fails_in_words(model: ModelFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="“openvino” cannot run") as caught:
        OpenClipEncoder(model, "images", device="cpu", backend="openvino")
    assert "folder" in caught.value.advice


@pytest.mark.parametrize("backend", ["openvino", "onnxruntime"])
@pytest.mark.parametrize("tower", ["images", "texts"])
def test_a_converted_tower_gives_the_same_vectors(
    model: ModelFolder, converted: Path, backend: backend_selection.Backend, tower: backend_selection.Tower
) -> None:
    pytest.importorskip("onnxscript")
    needs_engine(backend)
    ours = OpenClipEncoder(model, tower, device="cpu", backend=backend, cache=converted)
    plain = OpenClipEncoder(model, tower, device="cpu", backend="torch")
    assert ours.key == plain.key
    if tower == "images":
        pixels = probe_pictures(model, 11)  # more than a batch, and no multiple of one
        got, expected = ours.encode_images(pixels), plain.encode_images(pixels)
    else:
        texts = ["a dog on the beach", "雪山", "", "one two three four five six seven eight nine ten eleven"]
        got, expected = ours.encode_texts(texts), plain.encode_texts(texts)
    assert least_cosine(got, expected) >= 0.999
    np.testing.assert_allclose(np.linalg.norm(got, axis=1), 1, atol=1e-3)
    assert not list(converted.rglob("making-*"))


def verdict_for(model: ModelFolder, plain: NDArray[np.float32], **changed: Any) -> BackendChoice:
    """Return a verdict in favour of OpenVINO that holds on this machine."""
    expected = tuple(map(float, plain[0]))
    verdict = BackendChoice("openvino", (), 0.9999, 2.5, expected, machine_for(model, "cpu"))
    return dataclasses.replace(verdict, **changed)


def test_the_choice_is_remembered_and_loaded_without_torch(
    model: ModelFolder, converted: Path, plain: NDArray[np.float32]
) -> None:
    pytest.importorskip("onnxscript")
    needs_engine("openvino")
    OpenClipEncoder(model, "images", device="cpu", backend="openvino", cache=converted).close()
    remember(verdict_for(model, plain, notes=(engine_messages.NO_FASTER(),)), model, "images", converted)
    code = f"""
import sys
from pathlib import Path
import numpy as np
from core.encoder.openclip import OpenClipEncoder
from core.encoder.backend_cache import BackendChoice, machine_for, remember
from core.messages import engine_messages
from core.models import read_model_folder
model = read_model_folder(Path({str(model.path)!r}))
encoder = OpenClipEncoder(model, "images", device="cpu", cache=Path({str(converted)!r}))
assert encoder.choice.notes == (engine_messages.NO_FASTER(),) and encoder.choice.ratio == 2.5
assert encoder.encode_images(np.zeros((3, 64, 64, 3), np.uint8)).shape == (3, 32)
assert encoder.device.code == "engine_openvino"
assert not {{"torch", "open_clip"}} & set(sys.modules), "torch was imported"
assert sys.modules.get("openvino_telemetry") is None
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.mark.parametrize("damage", ["other machine", "no json", "file gone", "file damaged", "other vectors"])
def test_a_verdict_that_no_longer_holds_is_made_again(
    model: ModelFolder,
    plain: NDArray[np.float32],
    probe: NDArray[np.uint8],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: str,
) -> None:
    needs_engine("openvino")
    verdict = verdict_for(model, plain, backend="torch" if damage == "other vectors" else "openvino")
    if damage == "other machine":
        verdict = dataclasses.replace(verdict, machine="another")
    if damage == "other vectors":
        verdict = dataclasses.replace(verdict, expected=tuple(map(float, -plain[0])))
    remember(verdict, model, "images", tmp_path)
    folder = tmp_path / model.key
    if damage == "no json":
        (folder / "images.json").write_text("{")
    if damage == "file damaged":
        (folder / "images-1.xml").write_text("<net")
    force(monkeypatch, half=False)
    monkeypatch.setattr(backend_selection._Trial, "_candidates", lambda self: [])  # type: ignore[attr-defined]
    choice = choose_backend(model, "images", probe, device="cpu", cache=tmp_path)
    assert choice.engine.words == on_processor(32)
    remembered = json.loads((folder / "images.json").read_text())
    assert (remembered["backend"], remembered["machine"]) == ("torch", machine_for(model, "cpu"))
    np.testing.assert_allclose(remembered["expected"], plain[0], atol=1e-6)


@pytest.mark.parametrize(("torch_start", "chosen"), [(2.0, "onnxruntime"), (0.001, "torch")])
def test_the_start_counts_in_the_choice_for_words(
    model: ModelFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, torch_start: float, chosen: str
) -> None:
    probe = tokenizer_of(model)(PROBE_TEXTS)
    vectors = choose_backend(model, "texts", probe, device="cpu", backend="torch").engine.run(probe)
    trials: list[Any] = []

    def build(trial: Any, name: str) -> FakeEngine:
        trial.torch_start = torch_start
        trials.append(name)
        return FakeEngine(vectors)

    monkeypatch.setattr(backend_selection, "_timed", lambda engine, batch: (engine.run(batch), 0.01))  # type: ignore[misc]
    monkeypatch.setattr(backend_selection._Trial, "build", build)  # type: ignore[attr-defined]
    choice = choose_backend(model, "texts", probe, device="cpu", cache=tmp_path)
    assert trials == ["onnxruntime", "onnxruntime"], "started once more, as it starts when it is converted"
    assert json.loads((tmp_path / model.key / "texts.json").read_text())["backend"] == chosen
    assert isinstance(choice.engine, FakeEngine) == (chosen == "onnxruntime")


def test_nobody_who_asks_waits_for_a_comparison(model: ModelFolder, tmp_path: Path) -> None:
    encoder = load_at_once(model, "texts", device="auto", backend="auto", cache=tmp_path)
    assert getattr(encoder, "provisional", None) and encoder.encode_texts(["a dog"]).shape == (1, 32)
    assert not (tmp_path / model.key).exists()


@pytest.mark.parametrize(("fast", "bits"), [(True, 16), (False, 32)])
def test_at_once_means_without_a_comparison_until_one_was_made(
    model: ModelFolder, probe: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fast: bool, bits: int
) -> None:
    def compared(trial: object) -> None:
        raise AssertionError("the first photo waits for a comparison")

    monkeypatch.setattr(backend_selection, "has_fast_bfloat16", lambda: fast)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(backend_selection._Trial, "best", compared)  # type: ignore[attr-defined]
        choice = choose_backend(model, "images", probe, device="cpu", cache=tmp_path, at_once=True)
    assert choice.provisional and choice.engine.words == on_processor(bits)
    monkeypatch.setattr(backend_selection._Trial, "_candidates", lambda trial: [])  # type: ignore[attr-defined]
    assert not choose_backend(model, "images", probe, device="cpu", cache=tmp_path).provisional
    assert not choose_backend(model, "images", probe, device="cpu", cache=tmp_path, at_once=True).provisional


def test_sixteen_bits_that_answer_otherwise_are_not_taken_at_once(
    model: ModelFolder, probe: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(backend_selection, "has_fast_bfloat16", lambda: True)
    monkeypatch.setattr(backend_selection, "least_cosine", lambda ours, reference: 0.9)  # type: ignore[misc]
    choice = choose_backend(model, "images", probe, device="cpu", cache=tmp_path, at_once=True)
    assert choice.provisional and choice.engine.words == on_processor(32)


def test_torch_that_was_chosen_is_not_compared_again(
    model: ModelFolder,
    plain: NDArray[np.float32],
    probe: NDArray[np.uint8],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remember(verdict_for(model, plain, backend="torch-16", ratio=3.0), model, "images", tmp_path)

    def never(*arguments: object) -> None:
        raise AssertionError("compared")

    monkeypatch.setattr(backend_selection, "_timed", never)
    choice = choose_backend(model, "images", probe, device="cpu", cache=tmp_path)
    assert choice.engine.words == on_processor(16)
    assert choice.ratio == 3.0


@pytest.mark.logs("conversion failed")
def test_a_conversion_that_fails_leaves_nothing_and_torch_works(
    model: ModelFolder, probe: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxscript")
    needs_engine("openvino")
    import torch

    def broken(*arguments: object, **options: object) -> None:
        raise torch.onnx.errors.OnnxExporterError("no such operator")

    monkeypatch.setattr(torch.onnx, "export", broken)
    with pytest.raises(EngineError, match="could not be converted"):
        choose_backend(model, "images", probe, device="cpu", backend="openvino", cache=tmp_path)
    assert list((tmp_path / model.key).iterdir()) == []
    choice = choose_backend(model, "images", probe, device="cpu", cache=tmp_path)
    assert isinstance(choice, Choice)
    assert any("could not be converted" in title(note) for note in choice.notes)


def test_a_cache_that_cannot_be_written_costs_only_the_memory_of_it(
    model: ModelFolder, probe: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    force(monkeypatch, half=False)
    assert choose_backend(model, "images", probe, device="cpu", cache=blocked).engine.words == on_processor(32)


def test_vectors_that_are_no_numbers_are_no_match() -> None:
    unit = np.eye(3, dtype=np.float32)
    assert least_cosine(unit, unit) == 1
    assert least_cosine(unit * np.nan, unit) == -1
    assert least_cosine(unit[:2], unit) == -1

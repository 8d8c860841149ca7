"""Devices are tried, not believed; what failed is told. No card is needed: torch's answers are played."""

from __future__ import annotations

import warnings
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.decode import process_limits
from core.encoder import device as devices
from core.encoder import processor
from core.encoder.choice import Choice
from core.encoder.device import choose_device
from core.encoder.openclip import OpenClipEncoder
from core.errors import ModelError
from core.messages import title
from core.models import ModelFolder


class Cards:
    """Graphics cards as torch would describe them."""

    def __init__(self, patch: pytest.MonkeyPatch, *cards: tuple[str, int, int]) -> None:
        self.broken: dict[str, str] = {}
        self.properties = [
            SimpleNamespace(name=name, major=major, multi_processor_count=cores, total_memory=8 << 30)
            for name, major, cores in cards
        ]
        patch.setattr(torch.cuda, "is_available", lambda: bool(cards))
        patch.setattr(torch.cuda, "device_count", lambda: len(cards))
        patch.setattr(torch.cuda, "get_device_properties", lambda name: self.properties[int(name[-1])])  # type: ignore[misc]
        patch.setattr(devices, "_probe", self._probe)

    def _probe(self, name: str) -> None:
        if name in self.broken:
            raise RuntimeError(self.broken[name])


def test_the_largest_card_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    Cards(monkeypatch, ("Small", 8, 20), ("Large", 9, 120))
    chosen = choose_device()
    assert (chosen.torch_name, chosen.title, chosen.fallback) == ("cuda:1", "Large", None)
    assert title(chosen.words) == "Large, 16-bit"


def test_one_card_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    Cards(monkeypatch, ("Small", 7, 20), ("Large", 9, 120))
    assert choose_device("cuda:0").dtype == torch.float16  # too old for bfloat16
    assert choose_device("cuda").dtype == torch.bfloat16
    missing = choose_device("cuda:7")
    assert missing.is_processor
    assert "cuda:7" in title(missing.words)


def test_a_card_that_fails_its_probe_is_passed_over_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = Cards(monkeypatch, ("Small", 8, 20), ("Large", 9, 120))
    cards.broken["cuda:1"] = "CUDA error: no kernel image is available for execution on the device\nmore"
    assert choose_device().torch_name == "cuda:0"
    cards.broken["cuda:0"] = "CUDA out of memory."
    chosen = choose_device()
    assert chosen.is_processor
    assert title(chosen.words).endswith("32-bit (Small: CUDA out of memory: using the processor)")


def test_a_driver_that_is_too_old_is_told_and_not_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable() -> bool:
        warnings.warn("CUDA initialization: The NVIDIA driver on your system is too old (found 11040).", stacklevel=1)
        return False

    monkeypatch.setattr(torch.cuda, "is_available", unavailable)
    assert "the graphics driver is too old: using the processor" in title(choose_device().words)


def test_a_torch_without_cuda_beside_a_card_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Cards(monkeypatch)
    monkeypatch.setattr(torch.version, "cuda", None)
    monkeypatch.setattr(devices, "has_nvidia_driver", lambda: True)
    assert "no support for the NVIDIA card" in title(choose_device().words)
    monkeypatch.setattr(devices, "has_nvidia_driver", lambda: False)
    assert choose_device().fallback is None


def test_apples_card_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    Cards(monkeypatch)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    chosen = choose_device()
    assert (chosen.torch_name, chosen.dtype) == ("mps", torch.float16)
    assert choose_device("cpu").is_processor


def test_the_probe_multiplies() -> None:
    devices._probe("cpu")  # type: ignore[attr-defined]


def test_the_processor_is_named_and_every_core_is_used() -> None:
    assert processor.cpu_title()
    assert processor.cpu_threads() == process_limits.processors()
    assert processor.cpu_batch() >= max(processor.CPU_BATCH, processor.cpu_threads())


class TightEngine:
    """Runs out of memory above `most` at a time."""

    words = "Tight"

    def __init__(self, most: int, error: Exception) -> None:
        self.most = most
        self.error = error
        self.sizes: list[int] = []
        self.freed = 0

    def run(self, batch: NDArray[Any]) -> NDArray[np.float32]:
        self.sizes.append(len(batch))
        if len(batch) > self.most:
            raise self.error
        return np.repeat(batch.reshape(len(batch), -1)[:, :1].astype(np.float32), 32, axis=1)

    def free_unused(self) -> None:
        self.freed += 1

    def close(self) -> None: ...


OUT_OF_MEMORY = (
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("MPS backend out of memory (MPS allocated: 8 GB)"),
    RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"),
    MemoryError(),
)


def encoder_with(engine: TightEngine, batch_size: int, monkeypatch: pytest.MonkeyPatch, tiny: ModelFolder) -> Any:
    monkeypatch.setattr("core.encoder.openclip.choose_backend", lambda *_, **__: Choice(engine, batch_size))  # type: ignore[misc]
    return OpenClipEncoder(tiny, "images")


@pytest.fixture
def tiny(tmp_path: Any) -> ModelFolder:
    from core.models import read_model_folder
    from tests.core.models.folders import write_model

    return read_model_folder(write_model(tmp_path / "tiny"))


@pytest.mark.logs("out of memory: .* at a time")
@pytest.mark.parametrize("error", OUT_OF_MEMORY, ids=lambda error: type(error).__name__)
def test_running_out_of_memory_halves_the_batch_and_goes_on(
    error: Exception, monkeypatch: pytest.MonkeyPatch, tiny: ModelFolder
) -> None:
    engine = TightEngine(20, error)
    encoder = encoder_with(engine, 64, monkeypatch, tiny)
    pixels = np.zeros((100, 2, 2, 3), np.uint8)
    pixels[:, 0, 0, 0] = np.arange(100)
    vectors = encoder.encode_images(pixels)
    np.testing.assert_array_equal(vectors[:, 0], np.arange(100))
    assert engine.sizes[:3] == [64, 32, 16]
    assert max(engine.sizes[2:]) == 16
    assert (encoder.batch_size, engine.freed) == (16, 2)


@pytest.mark.logs("out of memory: . at a time")
def test_one_picture_too_many_is_told(monkeypatch: pytest.MonkeyPatch, tiny: ModelFolder) -> None:
    encoder = encoder_with(TightEngine(0, OUT_OF_MEMORY[0]), 4, monkeypatch, tiny)
    with pytest.raises(ModelError, match="failed on Tight") as caught:
        encoder.encode_images(np.zeros((4, 2, 2, 3), np.uint8))
    assert "smaller model" in caught.value.advice
    assert encoder.batch_size == 1


def test_any_other_failure_is_final(monkeypatch: pytest.MonkeyPatch, tiny: ModelFolder) -> None:
    engine = TightEngine(0, RuntimeError("CUDA error: an illegal memory access was encountered"))
    with pytest.raises(ModelError, match="failed on Tight"):
        encoder_with(engine, 4, monkeypatch, tiny).encode_images(np.zeros((4, 2, 2, 3), np.uint8))
    assert engine.sizes == [4]

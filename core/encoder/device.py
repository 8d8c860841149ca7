"""Which device torch runs a model on, found by trying and not by asking.

A driver that is too old, a GPU that is full or a build without its kernels all look fine until the first real
operation; so each candidate has to multiply two matrices before it is trusted.
"""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass

import torch

from core.encoder.processor import CPU_BATCH, cpu_threads, cpu_title, has_nvidia_driver
from core.messages import OTHER, Message, engine_messages

logger = logging.getLogger(__name__)

GPU_BATCH = 64
"""Pictures per call: a graphics card wants more of them than a processor."""

_BITS = {torch.float32: 32, torch.bfloat16: 16, torch.float16: 16}


class _WrongProductError(RuntimeError):
    """A device multiplies wrongly."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that passed its probe.

    Attributes:
        torch_name: "cuda:0", "xpu:0", "mps" or "cpu".
        title: its name, as its maker gave it.
        dtype: what the towers compute in.
        batch_size: pictures per call to begin with.
        fallback: why a better device is not used.
    """

    torch_name: str
    title: str
    dtype: torch.dtype
    batch_size: int
    fallback: Message | None = None

    @property
    def is_processor(self) -> bool:
        return self.torch_name == "cpu"

    @property
    def words(self) -> Message:
        """Device and precision for the status line."""
        bits = _BITS[self.dtype]
        if not self.is_processor:
            return engine_messages.ON_CARD(card=self.title, bits=bits)
        if self.fallback is None:
            return engine_messages.ON_PROCESSOR(processor=self.title, bits=bits)
        return engine_messages.ON_PROCESSOR_INSTEAD(processor=self.title, bits=bits, reason=self.fallback)


def choose_device(wanted: str = "auto") -> Device:
    """Return the best device that works: CUDA (or ROCm), Intel's XPU, Apple's MPS, then the processor.

    Args:
        wanted: "auto"; or "cpu", "cuda", "cuda:1", "xpu", "mps" to be content with that one or the processor.
    """
    names, reason = _candidates(wanted)
    for name in names:
        try:
            _probe(name)
        except (RuntimeError, AssertionError, NotImplementedError) as error:
            logger.info("device %s failed its probe: %s", name, error)
            reason = _why_failed(name, error)
            continue
        return Device(name, _title(name), _half(name), GPU_BATCH)
    if not names and not reason and wanted not in ("auto", "cpu"):
        reason = engine_messages.DEVICE_MISSING(device=wanted)
    return Device("cpu", cpu_title(), torch.float32, CPU_BATCH, reason)


def configure_cpu(threads: int | None = None) -> None:
    """Set torch up for a desktop that other programs share.

    "medium" lets oneDNN take the float32 products instead of MKL, which is slow on AMD: twice the speed with
    results equal to 1e-7.
    """
    torch.set_num_threads(threads or cpu_threads())
    torch.set_float32_matmul_precision("medium")
    torch.set_grad_enabled(False)


def _candidates(wanted: str) -> tuple[list[str], Message | None]:
    """Return the devices to try, the largest first, and why an NVIDIA card is not among them if one is there."""
    kind, _, index = wanted.partition(":")
    names: list[str] = []
    reason: Message | None = None
    if kind in ("auto", "cuda"):
        count, reason = _cuda_count()
        names += sorted((f"cuda:{i}" for i in range(count)), key=_size, reverse=True)
    if kind in ("auto", "xpu") and torch.xpu.is_available():
        names += [f"xpu:{i}" for i in range(torch.xpu.device_count())]
    if kind in ("auto", "mps") and torch.backends.mps.is_available():
        names.append("mps")
    return ([name for name in names if name == wanted] if index else names), reason


def _cuda_count() -> tuple[int, Message | None]:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        if torch.cuda.is_available():
            return torch.cuda.device_count(), None
    if told:
        # torch only warns that the driver is too old or does not answer.
        words = str(told[-1].message)
        return 0, engine_messages.DRIVER_OLD() if "too old" in words else OTHER(text=words.partition(". ")[0][:120])
    if torch.version.cuda is None and has_nvidia_driver():
        return 0, engine_messages.TORCH_WITHOUT_CUDA()
    return 0, None


def _size(name: str) -> tuple[int, int]:
    properties = torch.cuda.get_device_properties(name)
    return properties.multi_processor_count, properties.total_memory


def _probe(name: str) -> None:
    """Multiply two small matrices on the device, as the towers will, and check them against the processor."""
    matrix = torch.arange(64 * 64, dtype=torch.float32).reshape(64, 64) / 4096
    for dtype in (torch.float32, _half(name)):
        there = matrix.to(name, dtype)
        if not torch.allclose((there @ there).float().cpu(), matrix @ matrix, rtol=2e-2, atol=2e-2):
            raise _WrongProductError


def _half(name: str) -> torch.dtype:
    """Return the 16-bit format of a device: bfloat16 never overflows, but old cards and MPS are slow at it."""
    if name.startswith("cuda"):
        return torch.bfloat16 if torch.cuda.get_device_properties(name).major >= 8 else torch.float16
    return torch.bfloat16 if name.startswith("xpu") else torch.float16


def _title(name: str) -> str:
    if name.startswith("cuda"):
        return str(torch.cuda.get_device_properties(name).name)
    return str(torch.xpu.get_device_name(name)) if name.startswith("xpu") else "Apple GPU"


def _why_failed(name: str, error: Exception) -> Message:
    if isinstance(error, _WrongProductError):
        return engine_messages.DEVICE_WRONG(device=_title(name))
    return engine_messages.DEVICE_FAILED(device=_title(name), detail=_first_sentence(error))


def _first_sentence(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".")[:120] if lines else type(error).__name__

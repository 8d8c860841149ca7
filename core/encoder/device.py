"""Which device a model runs on, found by trying and not by asking.

A driver that is too old, a GPU that is full or a build without its kernels all look fine until the first real
operation; so each candidate has to multiply two matrices before it is trusted.
"""

from __future__ import annotations

import contextlib
import logging
import os
import platform
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch

logger = logging.getLogger(__name__)

CPU_BATCH = 8
GPU_BATCH = 64
"""Pictures per call. On a CPU 8 is as fast as 32 (docs: measured, at most 8 % apart); a GPU wants more."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that passed its probe.

    Attributes:
        torch_name: "cuda:0", "mps" or "cpu".
        title: its name for the user.
        dtype: what the towers compute in.
        batch_size: pictures per call to begin with.
        fallback: why a better device is not used, or an empty string.
    """

    torch_name: str
    title: str
    dtype: torch.dtype
    batch_size: int
    fallback: str = ""

    @property
    def words(self) -> str:
        """Device and precision for the status line."""
        precision = {torch.float32: "32-bit", torch.bfloat16: "16-bit", torch.float16: "16-bit"}[self.dtype]
        return f"{self.title}, {precision}"


def choose_device(wanted: str = "auto") -> Device:
    """Return the best device that works: CUDA, then Apple's MPS, then the processor; or `wanted` of these."""
    reason = ""
    for name in _candidates(wanted):
        try:
            _probe(name)
        except (RuntimeError, AssertionError, NotImplementedError) as error:
            reason = _first_sentence(error)
            logger.info("device %s failed its probe: %s", name, reason)
            continue
        return _gpu(name)
    return Device("cpu", f"Processor ({cpu_title()})", torch.float32, CPU_BATCH, reason)


def cpu_threads() -> int:
    """Threads for the model on a processor: one physical core is left to the decoders and the window."""
    return max(1, (psutil.cpu_count(logical=False) or os.cpu_count() or 2) - 1)


def configure_cpu(threads: int | None = None) -> None:
    """Set torch up for a desktop that other programs share.

    "medium" lets oneDNN take the float32 products instead of MKL, which is slow on AMD: twice the speed with
    results equal to 1e-7.
    """
    torch.set_num_threads(threads or cpu_threads())
    torch.set_float32_matmul_precision("medium")
    torch.set_grad_enabled(False)


def cpu_title() -> str:
    """Return the processor's name as the system tells it."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine() or "unknown"


def _candidates(wanted: str) -> list[str]:
    names: list[str] = []
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        names += [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        names.append("mps")
    return names


def _probe(name: str) -> None:
    """Multiply two small matrices on the device and check the result against the processor."""
    matrix = torch.arange(64 * 64, dtype=torch.float32).reshape(64, 64) / 4096
    there = (matrix.to(name) @ matrix.to(name)).to("cpu")
    if not torch.allclose(there, matrix @ matrix, rtol=1e-2, atol=1e-2):
        raise RuntimeError("the device multiplies wrongly")


def _gpu(name: str) -> Device:
    if name == "mps":
        return Device(name, "Apple GPU", torch.float16, GPU_BATCH)
    properties = torch.cuda.get_device_properties(name)
    dtype = torch.bfloat16 if properties.major >= 8 else torch.float16
    return Device(name, properties.name, dtype, GPU_BATCH)


def _first_sentence(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__

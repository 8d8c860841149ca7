"""What the processor is and how much of it a model may take. Without torch: not every engine needs it."""

from __future__ import annotations

import contextlib
import functools
import os
import platform
import shutil
import sys
from pathlib import Path

CPU_BATCH = 8
"""Pictures per call on a processor: as fast as 32 (measured, at most 8 % apart), and a pause is never far."""


def cpu_threads() -> int:
    """Threads for the model on a processor: every core this process may use.

    Decoders share them, at the same low priority, so that whichever is the slower gets what the other leaves; the
    window and other programs have a higher one.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cpu_batch() -> int:
    """Pictures per call for an engine that works on a part of them on each core."""
    return max(CPU_BATCH, 2 * cpu_threads())


@functools.cache
def cpu_title() -> str:
    """Return the processor's name as the system tells it."""
    for line in _cpuinfo():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine() or "unknown"


@functools.cache
def has_fast_bfloat16() -> bool:
    """Tell whether the processor multiplies bfloat16 in hardware (avx512_bf16, AMX), twice as fast as float32."""
    for line in _cpuinfo():
        if line.startswith("flags"):
            flags = set(line.split())
            return bool(flags & {"avx512_bf16", "amx_bf16"})
    if sys.platform == "win32" and "torch" in sys.modules:
        # Windows tells no flags; torch asks the processor itself.
        cpu = getattr(sys.modules["torch"], "cpu", None)
        asks = (getattr(cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
        return any(bool(ask()) for ask in asks if ask is not None)
    return False


def has_nvidia_driver() -> bool:
    """Tell whether there is an NVIDIA card with a driver, whether or not torch can use it."""
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None


def may_have_card() -> bool:
    """Tell whether torch may find a graphics card here, without importing it: its build and the system's drivers tell.

    Where torch is not installed, nothing else uses one.
    """
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and rarely asked

    try:
        build = version("torch").partition("+")[2]
    except PackageNotFoundError:
        return False
    if build == "cpu":
        return False
    if build.startswith("xpu") or sys.platform == "darwin":
        return True
    return has_nvidia_driver() or Path("/dev/kfd").exists()


@functools.cache
def _cpuinfo() -> tuple[str, ...]:
    with contextlib.suppress(OSError):
        return tuple(Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines())
    return ()

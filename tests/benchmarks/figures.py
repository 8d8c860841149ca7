"""How a benchmark measures and tells: the median of many runs, and a ratio with its limit beside it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(action: Callable[[], object], *, repeats: int = 15) -> float:
    """Return the median duration of `action`, after one run that is not counted."""
    action()
    durations: list[float] = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def tell(name: str, value: float, unit: str, *, limit: str = "", detail: str = "") -> None:
    """Print one figure on a line: name, value, what it should be, how it came about."""
    print(f"{name:<44} {value:9.2f} {unit:<10} {limit:<14} {detail}", flush=True)

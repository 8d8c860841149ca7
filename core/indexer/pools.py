"""What a run needs of what reads files for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from core.decode import DecodeJob, FactsJob, Reply
from core.pixels import PixelSpec


class Pool(Protocol):
    """What the pipeline needs of `core.decode.DecodePool`."""

    @property
    def has_room(self) -> bool: ...
    def submit(self, job: DecodeJob | FactsJob) -> None: ...
    def take(self, timeout: float | None = None) -> Reply | None: ...
    def close(self) -> None: ...


PoolFactory = Callable[[PixelSpec], Pool]

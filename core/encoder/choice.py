"""The engine that was chosen for a tower."""

from __future__ import annotations

from dataclasses import dataclass

from core.encoder.engine import Engine
from core.messages import Message


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine, and why it and no other.

    Attributes:
        engine: ready to run.
        batch_size: pictures per call to begin with.
        notes: phrases about what was tried and is not used.
        cosine: the least of the probe between its vectors and torch's in float32.
        ratio: its speed against torch in float32 on this machine; 1 where that itself runs.
        provisional: it is the engine at hand, and others were not compared.
    """

    engine: Engine
    batch_size: int
    notes: tuple[Message, ...] = ()
    cosine: float = 1.0
    ratio: float = 1.0
    provisional: bool = False

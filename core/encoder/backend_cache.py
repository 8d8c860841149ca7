"""Which engine was found best for a tower on this machine, remembered beside its converted files.

With it a start loads that engine alone: no comparing, and no torch where torch is not the engine. It holds the
reference vector of one probe as well, so that a converted file that was damaged since is noticed and not used.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.encoder.onnx_openvino import version_of
from core.encoder.processor import cpu_threads, cpu_title, has_nvidia_driver
from core.messages import Message, message_from_json
from core.models import ModelFolder
from core.small_files import read_small

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """What is remembered of a choice.

    Attributes:
        backend: name of the engine.
        notes: why others are not used.
        cosine, ratio: see `core.encoder.backend_selection.Choice`.
        expected: the vector torch in float32 gives for the first of the probe.
        machine: everything that would make it worth choosing again.
    """

    backend: str
    notes: tuple[Message, ...]
    cosine: float
    ratio: float
    expected: tuple[float, ...]
    machine: str

    @property
    def vector(self) -> NDArray[np.float32]:
        """The expected vector, (1, dimension)."""
        return np.array([self.expected], dtype=np.float32)


def machine_for(model: ModelFolder, device: str) -> str:
    """Name what a verdict depends on: processor, threads, the wish, and the versions of all engines."""
    versions = ",".join(f"{name} {version_of(name)}" for name in ("torch", "openvino", "onnxruntime"))
    card = "NVIDIA" if has_nvidia_driver() else "no card"
    return f"{model.build} | {cpu_title()} | {cpu_threads()} threads | {card} | {device} | {versions}"


def remember(verdict: BackendChoice, model: ModelFolder, tower: str, cache: Path) -> None:
    """Write a verdict down; that it cannot be written costs only time at the next start."""
    file = _file(model, tower, cache)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        notes = [note.as_json() for note in verdict.notes]
        fresh.write_text(json.dumps({**asdict(verdict), "notes": notes}), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        logger.info("the choice of engine is not remembered: %s", error)


def recall(model: ModelFolder, tower: str, cache: Path, device: str) -> BackendChoice | None:
    """Return the verdict that holds for this machine as it is now, or None."""
    try:
        known = json.loads(read_small(_file(model, tower, cache)))
        verdict = BackendChoice(
            str(known["backend"]),
            tuple(map(message_from_json, known["notes"])),
            float(known["cosine"]),
            float(known["ratio"]),
            tuple(map(float, known["expected"])),
            str(known["machine"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return verdict if verdict.machine == machine_for(model, device) else None


def _file(model: ModelFolder, tower: str, cache: Path) -> Path:
    return cache / model.build / f"{tower}.json"

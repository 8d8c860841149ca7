"""Towers that come converted: ONNX files beside a model's weights, with what is needed to trust them without torch.

    images.onnx, texts.onnx    the towers (`core.encoder.onnx_export`); their weights, in 16 bits, are read from the
                               model's own file (`core.encoder.onnx_weights`)
    onnx.json                  which weights they were made from, and the vector that torch gives for one probe

open_clip's files stay the truth: towers that were made from other weights are not used, and neither are those that
compute something else here than torch did where they were made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.encoder.text_length import LengthRule
from core.models import ModelFolder, Tower
from core.small_files import read_small

NOTES = "onnx.json"


@dataclass(frozen=True, slots=True)
class OnnxTower:
    """A tower as ONNX.

    Attributes:
        file: the operations, with the weights in it or beside it.
        pictures: it is the pictures' tower.
        length_rule: how far texts may be shortened; None if they may not.
        expected: the vector torch in float32 gives for the first of the probe; empty if nobody noted it.
    """

    file: Path
    pictures: bool
    length_rule: LengthRule | None = None
    expected: tuple[float, ...] = ()

    @property
    def vector(self) -> NDArray[np.float32]:
        """The expected vector, (1, dimension)."""
        return np.array([self.expected], dtype=np.float32)


def ready_tower(model: ModelFolder, tower: Tower) -> OnnxTower | None:
    """Return the tower that came with a model; None if none did, or one of other weights."""
    file = model.path / f"{tower}.onnx"
    try:
        notes: dict[str, Any] = json.loads(read_small(model.path / NOTES))
        of_tower = notes[tower]
        if notes["made_from"] != weights_of(model) or not file.is_file():
            return None
        return OnnxTower(file, tower == "images", length_rule_from(of_tower), tuple(map(float, of_tower["expected"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def weights_of(model: ModelFolder) -> str:
    """Return what names a model's weights and configuration: its build without the name of its folder."""
    return model.build.rpartition("@")[2]


def length_rule_from(notes: dict[str, Any]) -> LengthRule | None:
    """Return the rule that is noted of a tower, as far as it is one we know."""
    match notes.get("length"):
        case "end":
            return "end"
        case "padding":
            return "padding"
        case _:
            return None

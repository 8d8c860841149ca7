"""Making the towers that come converted with a model: exported, run here and compared with torch."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.encoder.device import choose_device
from core.encoder.engine import ENOUGH, EngineError, least_cosine
from core.encoder.onnx_export import OPSET, export_tower
from core.encoder.onnx_openvino import OnnxEngine
from core.encoder.onnx_weights import share_weights
from core.encoder.probe import probe_of
from core.encoder.ready_towers import NOTES, OnnxTower, weights_of
from core.encoder.text_length import LengthRule
from core.encoder.torch_engine import TorchEngine
from core.encoder.towers import load_tower
from core.messages import engine_messages
from core.models import TOWERS, ModelFolder, Tower


def probe_vectors(model: ModelFolder) -> dict[Tower, tuple[float, ...]]:
    """Return of each tower the vector torch in float32 gives for the first of the probe.

    It is what is noted of a model that is offered as published ONNX towers (`core.models.folder.PROBE`).
    """
    vectors: dict[Tower, tuple[float, ...]] = {}
    for tower in TOWERS:
        vectors[tower] = _first(_by_torch(model, tower, load_tower(model, tower), probe_of(model, tower)))
    return vectors


def add_ready_towers(model: ModelFolder) -> dict[Tower, float]:
    """Put both towers as ONNX beside a model's weights (`core.encoder.ready_towers`).

    Returns:
        Of each tower the least cosine between its vectors and torch's in float32, over the probe.

    Raises:
        EngineError: if ONNX Runtime does not give torch's vectors.
    """
    notes: dict[str, Any] = {"made_from": weights_of(model), "opset": OPSET}
    cosines: dict[Tower, float] = {}
    for tower in TOWERS:
        network = load_tower(model, tower)
        rule: LengthRule | None = getattr(network, "length_rule", None)
        file = model.path / f"{tower}.onnx"
        export_tower(model, tower, network, file, half=True)
        share_weights(file, model.weights)
        probe = probe_of(model, tower)
        expected = _by_torch(model, tower, network, probe)
        cosines[tower] = least_cosine(OnnxEngine(OnnxTower(file, tower == "images", rule)).run(probe), expected)
        if cosines[tower] < ENOUGH:
            raise EngineError(engine_messages.ANSWERS_DIFFER(cosine=round(cosines[tower], 4)))
        notes[tower] = {"length": rule, "expected": _first(expected)}
    (model.path / NOTES).write_text(json.dumps(notes) + "\n", encoding="utf-8")
    return cosines


def _by_torch(model: ModelFolder, tower: Tower, network: Any, probe: NDArray[Any]) -> NDArray[np.float32]:
    return TorchEngine(network, model, choose_device("cpu"), pictures=tower == "images").run(probe)


def _first(vectors: NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(round(float(number), 6) for number in vectors[0])

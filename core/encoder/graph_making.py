"""Making the networks that come with the program (`core.encoder.graphs`): a model exported, its weights taken out."""

from __future__ import annotations

import gzip
import importlib
import json
import tempfile
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from safetensors import safe_open

from core.encoder.graphs import signature_of
from core.encoder.onnx_export import export_tower, forget_origin
from core.encoder.towers import load_tower
from core.models import ModelFolder, Tower

_SMALL = 8
"""Numbers, up to which a constant may be equal to a weight by chance; no weight that a tower needs is so small."""


_Stored: TypeAlias = tuple[str, tuple[int, ...], bool]
"""Name and shape of a tensor, and whether its numbers are turned."""


def make_graph(model: ModelFolder, tower: Tower, folder: Path) -> int:
    """Write the network of a tower into `folder`; return how many of its constants are weights.

    Raises:
        ValueError: if a constant depends on the weights and is none of them, or weights are equal, so that it cannot be
            told which of them a constant is. Random ones are neither.
    """
    onnx: Any = importlib.import_module("onnx")
    stored = _by_content(model.weights)
    network = load_tower(model, tower)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "tower.onnx"
        export_tower(model, tower, network, file)
        whole = onnx.load(str(file))
    forget_origin(whole)
    own = frozenset(f"network.{name}" for name, _ in network.named_buffers())
    constants = _take_weights_out(onnx, whole.graph, stored, own)
    base = folder / signature_of(model, tower)
    notes = {"length": getattr(network, "length_rule", None), "constants": constants}
    base.with_suffix(".json").write_text(json.dumps(notes) + "\n", encoding="utf-8")
    base.with_suffix(".onnx.gz").write_bytes(gzip.compress(whole.SerializeToString(), mtime=0))
    return len(constants)


def _take_weights_out(
    onnx: Any, graph: Any, stored: dict[bytes, _Stored], own: frozenset[str]
) -> list[tuple[str, str, tuple[int, ...]]]:
    """Let each constant that is a weight be made of a tensor of any format, and take its numbers out.

    `own` names what the network brings and no file holds, such as angles of positions.
    """
    constants: list[tuple[str, str, tuple[int, ...]]] = []
    nodes: list[Any] = []
    kept: list[Any] = []
    for constant in graph.initializer:
        values = onnx.numpy_helper.to_array(constant)
        if values.dtype != np.float32 or values.size < _SMALL:
            kept.append(constant)
            continue
        found = stored.get(values.tobytes())
        if found is None:
            if constant.name not in own:
                _require_regular(values, constant.name)
            kept.append(constant)
            continue
        tensor, shape, is_turned = found
        source = f"{constant.name}.stored"
        constants.append((source, tensor, shape))
        wide = f"{constant.name}.wide" if is_turned else constant.name
        nodes.append(onnx.helper.make_node("Cast", [source], [wide], to=onnx.TensorProto.FLOAT))
        if is_turned:
            nodes.append(onnx.helper.make_node("Transpose", [wide], [constant.name], perm=[1, 0]))
    nodes += graph.node
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    return constants


def _require_regular(values: Any, name: str) -> None:
    """Raise where a constant looks as if it were computed from weights: what a network brings is regular."""
    if len(np.unique(values)) > _SMALL:
        raise ValueError(f"{name} {values.shape} is no weight of the model, and may depend on them")


def _by_content(weights: Path) -> dict[bytes, _Stored]:
    """Return name, shape and "turned" of each tensor in float32, by its numbers; turned ones in both ways."""
    found: dict[bytes, _Stored] = {}
    with safe_open(str(weights), framework="np") as file:
        for name in file.keys():  # noqa: SIM118 (a file, not a dict)
            values = file.get_tensor(name)
            if values.dtype != np.float32 or values.size < _SMALL:
                continue
            if values.tobytes() in found:
                raise ValueError(f"{name} is equal to {found[values.tobytes()][0]}")
            found[values.tobytes()] = name, tuple(values.shape), False
            if values.ndim == 2:
                found.setdefault(np.ascontiguousarray(values.T).tobytes(), (name, tuple(values.shape), True))
    return found

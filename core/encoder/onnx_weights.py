"""The weights of an ONNX file that its model's safetensors file holds too: kept once, and read from there.

An ONNX file may name another file beside it, an offset and a length for the numbers of a constant (ONNX, "External
Data"); safetensors keeps each tensor as plain numbers at such an offset (safetensors, "Format"). So a folder with both
is hardly larger than one with the weights alone, and neither file can be of another model than the other.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SMALL = 64
"""Constants of fewer numbers stay where they are: naming the place takes as much room."""

_HEADER = 8
"""A safetensors file begins with the length of its header in so many bytes, little endian."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """A tensor of a safetensors file: its numbers, and where in the file they begin."""

    values: NDArray[np.float16]
    offset: int


def share_weights(file: Path, weights: Path) -> int:
    """Let an ONNX file read from `weights`, which must lie beside it, the 16 bit constants that are there too.

    A matrix that is there the other way round is read as it is and turned; the runtimes do that once, in loading.

    Returns:
        How many bytes are no longer kept twice.
    """
    onnx: Any = importlib.import_module("onnx")
    model = onnx.load(str(file))
    stored = _by_content(_half_tensors(weights))
    turned: list[Any] = []
    saved = 0
    for constant in model.graph.initializer:
        if constant.data_type != onnx.TensorProto.FLOAT16 or int(np.prod(constant.dims)) < _SMALL:
            continue
        values = onnx.numpy_helper.to_array(constant)
        straight, sideways = stored.get(values.tobytes()), stored.get(np.ascontiguousarray(values.T).tobytes())
        if straight is None and (sideways is None or values.ndim != 2):
            continue
        if straight is None:
            turned.append(onnx.helper.make_node("Transpose", [f"{constant.name}.stored"], [constant.name], perm=[1, 0]))
            constant.name = f"{constant.name}.stored"
            constant.dims[:] = values.T.shape
        _point(onnx, constant, weights.name, straight or sideways, values.nbytes)
        saved += values.nbytes
    nodes = [*turned, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    file.write_bytes(model.SerializeToString())
    onnx.checker.check_model(str(file))
    return saved


def _point(onnx: Any, constant: Any, name: str, stored: Any, size: int) -> None:
    """Let a constant say where its numbers are, in place of the numbers."""
    constant.ClearField("raw_data")
    constant.data_location = onnx.TensorProto.EXTERNAL
    del constant.external_data[:]
    for key, value in (("location", name), ("offset", stored.offset), ("length", size)):
        constant.external_data.add(key=key, value=str(value))


def _half_tensors(weights: Path) -> list[_Stored]:
    """Read the tensors of 16 bits of a safetensors file."""
    content = weights.read_bytes()
    begin = _HEADER + int.from_bytes(content[:_HEADER], "little")
    header: dict[str, Any] = json.loads(content[_HEADER:begin])
    found: list[_Stored] = []
    for name, of_tensor in header.items():
        if name != "__metadata__" and of_tensor["dtype"] == "F16":
            start, end = of_tensor["data_offsets"]
            found.append(_Stored(np.frombuffer(content[begin + start : begin + end], np.float16), begin + start))
    return found


def _by_content(tensors: list[_Stored]) -> dict[bytes, _Stored]:
    return {stored.values.tobytes(): stored for stored in tensors if stored.values.size >= _SMALL}

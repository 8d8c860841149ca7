"""Networks of models on offer, as ONNX without weights: with a model's own file they run without torch or converting.

    resources/graphs/SIGNATURE.onnx.gz    the operations of one tower, as torch's exporter wrote them
    resources/graphs/SIGNATURE.json       which tensor of the model's file each constant is, and how it lies there

The signature is of all that shapes a network: the configuration and what is done to pixels. An ONNX file may take its
constants from another file (ONNX, "External Data"), and safetensors keeps tensors as plain numbers: so what is made of
a model here is a small file beside a link to its weights. Parts of a protobuf message may be written one after
the other and are one message then ("Encoding", last one wins, repeated fields are joined), which spares the package.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.encoder.ready_towers import OnnxTower, length_rule_from
from core.encoder.text_length import LengthRule
from core.models import ModelFolder, Tower
from core.models.networks import EDITION, signature_of
from core.paths import resources
from core.small_files import read_small

logger = logging.getLogger(__name__)

_HEADER = 8
"""A safetensors file begins with the length of its header in so many bytes, little endian."""
_TYPES = {"F32": 1, "F16": 10, "BF16": 16}
"""Names of number formats in safetensors, and their numbers in ONNX."""
_EXTERNAL = 1
_LENGTH_DELIMITED = 2


@dataclass(frozen=True, slots=True)
class Graph:
    """The network of one tower.

    Attributes:
        file: its operations.
        constants: name of a constant, name of its tensor, and the tensor's shape.
        length_rule: how far texts may be shortened; None if they may not.
    """

    file: Path
    constants: tuple[tuple[str, str, tuple[int, ...]], ...]
    length_rule: LengthRule | None


def known_graph(model: ModelFolder, tower: Tower, folder: Path | None = None) -> Graph | None:
    """Return the network of a tower, or None if none like it came with the program."""
    if model.layout != "open_clip":
        return None
    file = (folder or resources() / "graphs") / f"{signature_of(model, tower)}.json"
    try:
        known: dict[str, Any] = json.loads(read_small(file))
    except (OSError, ValueError):
        return None
    constants = tuple((str(name), str(tensor), tuple(shape)) for name, tensor, shape in known["constants"])
    return Graph(file.with_suffix(".onnx.gz"), constants, length_rule_from(known))


def graph_tower(model: ModelFolder, tower: Tower, cache: Path) -> OnnxTower | None:
    """Return a tower on its own weights, written into `cache` if it is not there; None without a network for it."""
    graph = known_graph(model, tower)
    if graph is None:
        return None
    file = cache / model.build / f"{tower}-graph-{EDITION}.onnx"
    try:
        _link(model.weights.resolve(), file.parent / model.weights.name)
        if not file.is_file():
            whole = _with_weights(graph, model.weights)
            aside = file.with_suffix(f".{os.getpid()}")
            aside.write_bytes(whole)
            aside.replace(file)
    except (OSError, ValueError, KeyError) as error:
        logger.info("the network that came with the program does not fit %s: %r", model.key, error)
        return None
    return OnnxTower(file, tower == "images", graph.length_rule)


def _link(weights: Path, link: Path) -> None:
    """Let a model's weights be found beside its network, with no second copy: runtimes follow no other kind of link.

    Raises:
        OSError: if that cannot be done, as between two drives.
    """
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_file() and link.samefile(weights):
        return
    link.unlink(missing_ok=True)  # a copy, made when the models were moved to another drive
    try:
        link.hardlink_to(weights)
    except FileExistsError:  # the process of the other tower was quicker
        if not link.samefile(weights):
            raise


def _with_weights(graph: Graph, weights: Path) -> bytes:
    """Return a network with the place of each weight.

    Raises:
        KeyError, ValueError: if the file has not the tensors it needs.
    """
    tensors = _tensors(weights)
    constants = b"".join(
        _field(5, _constant(name, tensors[tensor], shape, weights.name)) for name, tensor, shape in graph.constants
    )
    return gzip.decompress(graph.file.read_bytes()) + _field(7, constants)


def _tensors(weights: Path) -> dict[str, dict[str, Any]]:
    """Return the description of each tensor of a safetensors file, by name, counted from the beginning of the file."""
    with weights.open("rb") as file:
        size = int.from_bytes(file.read(_HEADER), "little")
        header: dict[str, Any] = json.loads(file.read(size))
    header.pop("__metadata__", None)
    begin = _HEADER + size
    for tensor in header.values():
        tensor["data_offsets"] = [begin + offset for offset in tensor["data_offsets"]]
    return header


def _constant(name: str, tensor: dict[str, Any], shape: tuple[int, ...], file: str) -> bytes:
    """Return a TensorProto whose numbers lie in another file."""
    if tuple(tensor["shape"]) != shape or tensor["dtype"] not in _TYPES:
        raise ValueError(f"{name} is {tensor['dtype']} {tensor['shape']}")
    start, end = tensor["data_offsets"]
    places = {"location": file, "offset": str(start), "length": str(end - start)}
    pairs = (_field(1, key.encode()) + _field(2, value.encode()) for key, value in places.items())
    return b"".join(
        (
            *(_number(1, side) for side in shape),
            _number(2, _TYPES[tensor["dtype"]]),
            _field(8, name.encode()),
            *(_field(13, pair) for pair in pairs),
            _number(14, _EXTERNAL),
        )
    )


def _field(number: int, content: bytes) -> bytes:
    """Return a field of a protobuf message that holds bytes."""
    return bytes(_varint(number << 3 | _LENGTH_DELIMITED)) + bytes(_varint(len(content))) + content


def _number(number: int, value: int) -> bytes:
    return bytes(_varint(number << 3)) + bytes(_varint(value))


def _varint(value: int) -> Iterator[int]:
    while value > 0x7F:
        yield value & 0x7F | 0x80
        value >>= 7
    yield value

"""A model folder, read without loading it.

A model is a folder in open_clip's `local-dir:` layout: `open_clip_config.json` with `model_cfg` and `preprocess_cfg`,
the weights beside it as safetensors, and tokenizer files where the text tower needs its own. Or it is one in the
layout in which models are published for ONNX Runtime (`core.models.onnx_layout`), which is run without torch.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from core.errors import ModelError, ModelMissing
from core.messages import model_errors
from core.models import onnx_layout
from core.pixels import PixelSpec
from core.small_files import read_small

ModelLayout = Literal["open_clip", "onnx"]

CONFIG = "open_clip_config.json"
WEIGHTS = ("open_clip_model.safetensors", "open_clip_pytorch_model.safetensors", "model.safetensors")
"""Names of the weights, in order of preference. Pickled checkpoints are not loaded: they can run code."""

ORIGIN = "recollect_origin.json"
"""Written into a fetched model: repository, commit and checksums, so that it can be told where it came from."""

PROBE = "recollect_probe.json"
"""Beside published ONNX towers: of each the vector that torch in float32 gives for the first of the probe
(`core.encoder.probe`), so that a tower that computes something else on a machine is noticed without torch."""

OPENAI_MEAN = (0.48145466, 0.4578275, 0.40821073)
OPENAI_STD = (0.26862954, 0.26130258, 0.27577711)
"""Channel mean and deviation that open_clip assumes where a model names none (open_clip/constants.py)."""

LARGEST_SIDE = 4096
"""Of the pictures a model looks at; those of open_clip end at 1024. Above, no photo would fit into memory."""

LARGEST_COUNT = 1 << 16
"""Of numbers in a vector, and of tokens a model reads; those of open_clip have 1,664 and 128 at most."""

VECTORS_OF = "vectors_of"
"""In a configuration's own part ("recollect"): the digest of the version that it shares vectors with. A version that
teaches the words' tower alone keeps the pictures' tower to the byte, so that no photo has to be embedded again."""

_SAMPLE = 1 << 16
_SAMPLES = 64
"""Bytes, and how many such pieces of a file tell two models apart: 4 MB are read and not gigabytes."""
_DIGEST = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What a model's folder says of it.

    Attributes:
        path: the folder.
        name: what the user calls the model: the folder's name.
        key: name of its vectors, "NAME@DIGEST": changes with weights and preprocessing, not with the folder's place.
        build: name of this very version, both towers: its key, unless it shares vectors with another version.
        dimension: numbers in a vector.
        pixels: the pictures it wants.
        mean, std: per channel, of pixels scaled to 0..1.
        context_length: tokens its text tower reads.
        weights: the safetensors file; or the pictures' tower as ONNX.
        config: the whole configuration, as read.
        layout: how it lies in its folder.
    """

    path: Path
    name: str
    key: str
    build: str
    dimension: int
    pixels: PixelSpec
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    context_length: int
    weights: Path
    config: Mapping[str, Any]
    layout: ModelLayout = "open_clip"

    @property
    def tokenizer_folder(self) -> Path:
        """Where its tokenizer files are."""
        return self.path / onnx_layout.WORDS if self.layout == "onnx" else self.path


@dataclass(frozen=True, slots=True)
class Origin:
    """The repository a model was fetched from, and the commit of it."""

    repository: str
    commit: str


def read_origin(model: ModelFolder) -> Origin | None:
    """Return where a model was fetched from; None for one that was imported or built in."""
    try:
        origin = json.loads(read_small(model.path / ORIGIN))
        return Origin(str(origin["repository"]), str(origin["commit"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def holds_model(path: Path) -> bool:
    """Tell whether a folder is a model's, whole or not."""
    return (path / CONFIG).is_file() or onnx_layout.is_onnx_layout(path)


def read_model_folder(path: Path) -> ModelFolder:
    """Read the configuration of the model in `path`.

    Raises:
        ModelMissing: if there is no model in that folder.
        ModelError: if its configuration cannot be understood.
    """
    layout: ModelLayout = "open_clip" if (path / CONFIG).is_file() or not holds_model(path) else "onnx"
    config = _read_config(path, layout)
    names = (f"{onnx_layout.PICTURES}/{onnx_layout.TOWER}",) if layout == "onnx" else WEIGHTS
    weights = next((path / name for name in names if (path / name).is_file()), None)
    if weights is None:
        raise ModelMissing(model_errors.WITHOUT_WEIGHTS(path=path, weights=WEIGHTS[0], config=CONFIG))
    return _described(path, config, weights, layout)


def describe_folder(path: Path, towers: Path) -> ModelFolder:
    """Read the configuration of a model in open_clip's layout of which only converted towers are there.

    Raises:
        ModelMissing: if there is none in that folder.
        ModelError: if its configuration cannot be understood.
    """
    if not towers.is_file():
        raise ModelMissing(model_errors.WITHOUT_WEIGHTS(path=path, weights=towers.name, config=CONFIG))
    return _described(path, _read_config(path, "open_clip"), towers, "open_clip")


def _described(path: Path, config: dict[str, Any], weights: Path, layout: ModelLayout) -> ModelFolder:
    try:
        return _describe(path, config, weights, layout)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:  # whatever stands there
        file = onnx_layout.CONFIG if layout == "onnx" else CONFIG
        raise ModelError(model_errors.CONFIG_UNKNOWN(path=path, file=file, part=str(error))) from error


def _read_config(path: Path, layout: ModelLayout) -> dict[str, Any]:
    try:
        config: object = onnx_layout.read_config(path) if layout == "onnx" else json.loads(read_small(path / CONFIG))
    except OSError as error:
        raise ModelMissing(model_errors.NOT_IN_FOLDER(path=path, config=CONFIG)) from error
    except (ValueError, RecursionError) as error:
        raise ModelError(model_errors.CONFIG_DAMAGED(path=path)) from error
    if not isinstance(config, dict) or "model_cfg" not in config:
        raise ModelError(model_errors.CONFIG_INCOMPLETE(path=path))
    return cast("dict[str, Any]", config)


def _describe(path: Path, config: dict[str, Any], weights: Path, layout: ModelLayout) -> ModelFolder:
    model = cast("dict[str, Any]", config["model_cfg"])
    preprocess = cast("dict[str, Any]", config.get("preprocess_cfg") or {})
    digest = _digest(config, onnx_layout.tower_files(path) if layout == "onnx" else [weights])
    return ModelFolder(
        path=path,
        name=path.name,
        key=f"{path.name}@{_shared_with(config) or digest}",
        build=f"{path.name}@{digest}",
        dimension=_counted(model, "embed_dim"),
        pixels=_pixels(model, preprocess),
        mean=_channels(preprocess.get("mean") or OPENAI_MEAN),
        std=_channels(preprocess.get("std") or OPENAI_STD),
        context_length=_counted({"context_length": 77, **model["text_cfg"]}, "context_length"),
        weights=weights,
        config=config,
        layout=layout,
    )


def _shared_with(config: Mapping[str, Any]) -> str | None:
    """Return the digest of the version that a model shares vectors with; None if it has vectors of its own.

    Raises:
        ValueError: if what stands there is no digest.
    """
    shared = config.get("recollect", {}).get(VECTORS_OF)
    if shared is not None and not _DIGEST.fullmatch(shared):
        raise ValueError(f"{VECTORS_OF} {shared!r}")
    return shared


def _counted(config: Mapping[str, Any], name: str) -> int:
    """Return a number that memory will be taken for."""
    number = int(config[name])
    if not 0 < number <= LARGEST_COUNT:
        raise ValueError(f"{name} {number!r}")
    return number


def _pixels(model: dict[str, Any], preprocess: dict[str, Any]) -> PixelSpec:
    """Return the picture recipe; open_clip takes the size from the image tower, all else from preprocess_cfg."""
    size: object = model["vision_cfg"].get("image_size") or preprocess.get("size") or 224
    height, width = cast("list[int]", size) if isinstance(size, list | tuple) else (int(cast("int", size)),) * 2
    mode = preprocess.get("resize_mode") or "shortest"
    interpolation = preprocess.get("interpolation") or "bicubic"
    if mode not in ("shortest", "longest", "squash"):
        raise ValueError(f"resize_mode {mode!r}")
    if not all(0 < int(side) <= LARGEST_SIDE for side in (width, height)):
        raise ValueError(f"image_size {size!r}")
    return PixelSpec(
        width=int(width),
        height=int(height),
        resize_mode=mode,
        # open_clip reads any other word, "random" included, as bicubic.
        interpolation="bilinear" if interpolation == "bilinear" else "bicubic",
        fill=int(preprocess.get("fill_color") or 0),
    )


def _channels(values: Any) -> tuple[float, float, float]:
    red, green, blue = (float(values),) * 3 if isinstance(values, int | float) else map(float, values)
    return red, green, blue


def _digest(config: dict[str, Any], weights: list[Path]) -> str:
    """Return 12 hexadecimal digits that name configuration and weights, reading about 4 MiB of the latter."""
    digest = hashlib.blake2b(json.dumps(config, sort_keys=True).encode(), digest_size=6)
    samples = max(2, _SAMPLES // len(weights))
    for one in weights:
        size = one.stat().st_size
        digest.update(size.to_bytes(8, "little"))
        with one.open("rb") as file:
            for step in range(samples):
                file.seek(step * max(size - _SAMPLE, 0) // (samples - 1))
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()

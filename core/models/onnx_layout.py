"""A model as others publish it for ONNX Runtime: both towers as ONNX, and no weights that torch could read.

    config.json              open_clip's `model_cfg`
    visual/model.onnx        pictures → vectors; `preprocess_cfg.json` beside it is open_clip's `preprocess_cfg`
    textual/model.onnx       token ids → vectors; `tokenizer.json` and `tokenizer_config.json` beside it

It is the layout of immich's models. A large tower keeps its weights in further files beside `model.onnx`, of any name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from core.errors import ModelError
from core.messages import model_errors
from core.small_files import read_small

CONFIG = "config.json"
TOWER = "model.onnx"
PICTURES, WORDS = "visual", "textual"
TOKENIZER = "tokenizer.json"
_PREPROCESS = "preprocess_cfg.json"
_NOT_NEEDED = (".md", ".gitattributes", ".armnn", ".rknn", ".txt")
"""Endings of what lies beside a tower and is not of it: notes, other runtimes' forms, the tokenizer once more."""
_REFERENCE_START = b"version https://git-lfs"
"""A file that only says where the real one is; a folder that was cloned without its large files is full of them."""
_PLAUSIBLE_BYTES = 1000


def is_onnx_layout(folder: Path) -> bool:
    """Tell whether a folder holds a model in this layout."""
    return (folder / PICTURES / TOWER).is_file() and (folder / WORDS / TOWER).is_file()


def read_config(folder: Path) -> dict[str, Any]:
    """Return its configuration in the form of open_clip_config.json.

    Raises:
        OSError, ValueError: if a part of it is not there or no JSON.
    """
    return {
        "model_cfg": json.loads(read_small(folder / CONFIG)),
        "preprocess_cfg": json.loads(read_small(folder / PICTURES / _PREPROCESS)),
    }


def tower_files(folder: Path) -> list[Path]:
    """Return the files of both towers, always in one order."""
    names = (file.relative_to(folder).as_posix() for file in folder.glob("*/*") if file.is_file())
    return [folder / name for name in sorted(needed_names(names)) if name != CONFIG]


def needed_names(names: Iterable[str]) -> list[str]:
    """Return which of the files of a folder or a repository make the model."""
    return [name for name in names if name == CONFIG or _is_of_tower(PurePosixPath(name))]


def _is_of_tower(place: PurePosixPath) -> bool:
    return (
        len(place.parts) == 2
        and place.parts[0] in (PICTURES, WORDS)
        and not place.name.startswith(".")
        and not place.name.endswith(_NOT_NEEDED)
    )


def require_towers(folder: Path) -> None:
    """Check that both towers can be what they should be, without loading them.

    Raises:
        ModelError: if one is cut short or stands for a file that is not here.
    """
    for part in (PICTURES, WORDS):
        file = folder / part / TOWER
        with file.open("rb") as stream:
            start = stream.read(_PLAUSIBLE_BYTES)
        if len(start) < _PLAUSIBLE_BYTES or start.startswith(_REFERENCE_START):
            raise ModelError(model_errors.NOT_ONNX(file=f"{part}/{TOWER}"))

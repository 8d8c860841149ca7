"""Which networks come with the program (`resources/graphs`): models that ONNX Runtime runs without torch.

A network is named by a signature of all that shapes it, so that a model is recognised by its configuration, before its
weights are here.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from core.models.folder import CONFIG, ModelFolder, describe_folder
from core.paths import resources

Tower = Literal["images", "texts"]
"""The half of a model that embeds pictures, or the one that embeds words."""

TOWERS: tuple[Tower, Tower] = ("images", "texts")

EDITION = 1
"""Of the way networks are written: raised when what is exported changes."""


def signature_of(model: ModelFolder, tower: Tower) -> str:
    """Name all that shapes a tower of a model in open_clip's layout."""
    config: dict[str, Any] = dict(model.config["model_cfg"])
    for name in ("text_cfg" if tower == "images" else "vision_cfg", "custom_text"):
        config.pop(name, None)
    shaping = {name: _shaping(value) for name, value in config.items() if not name.startswith("init_logit")}
    parts: list[object] = [EDITION, tower, shaping]
    if tower == "images":
        parts += [model.mean, model.std, model.pixels.width, model.pixels.height]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _shaping(value: Any) -> Any:
    """Return what a configuration says, without which tokenizer makes the tokens."""
    return {k: v for k, v in value.items() if "tokenizer" not in k} if isinstance(value, dict) else value


def has_networks(model: ModelFolder, folder: Path | None = None) -> bool:
    """Tell whether both towers' networks came with the program; `folder` is where they are looked for instead."""
    folder = folder or resources() / "graphs"
    return model.layout == "open_clip" and all(
        (folder / f"{signature_of(model, tower)}.json").is_file() for tower in TOWERS
    )


def described_without_weights(path: Path) -> ModelFolder:
    """Return what the configuration of a model says whose weights are still to come; its `key` means nothing yet.

    Raises:
        ModelMissing: if it is not there.
        ModelError: if it cannot be understood.
    """
    return describe_folder(path, path / CONFIG)

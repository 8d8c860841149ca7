"""Earlier versions of the built-in model: the towers alone, for libraries whose photos the present one has not seen.

A program's update replaces the built-in model, and nothing that the old one found in the photos can be compared with
what the new one says. The old towers come along, converted (`core.encoder.ready_towers`), and answer from the old
vectors until the new model has seen every photo. They are in `resources/models/earlier`, in folders that are named as
their vectors are: NAME@DIGEST.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core import paths
from core.errors import ModelError
from core.models.folder import ModelFolder, describe_folder

EARLIER = "earlier"
"""In the folder of the models that come with the program: those that came with it before."""


def earlier_model(key: str) -> ModelFolder | None:
    """Return the earlier version of a built-in model whose vectors have this key; None if it did not come along."""
    name, _, digest = key.partition("@")
    folder = paths.resources() / "models" / EARLIER / key
    if not digest or Path(key).name != key or not folder.is_dir():
        return None
    try:
        return replace(describe_folder(folder, folder / "texts.onnx"), name=name, key=key, build=key)
    except ModelError:
        return None

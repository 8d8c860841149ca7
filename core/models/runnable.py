"""Which models this installation can run: the light edition has ONNX Runtime and no torch."""

from __future__ import annotations

import functools
import importlib.util

from core.errors import ModelError
from core.messages import model_errors
from core.models.catalogue import CatalogueEntry
from core.models.folder import ModelFolder
from core.models.networks import has_networks

_READY = "onnx.json"
"""Beside the weights of a model that comes with converted towers (`core.encoder.ready_towers`)."""


@functools.cache
def has_torch() -> bool:
    """Tell whether there is torch, without importing it: with it every model runs."""
    return importlib.util.find_spec("torch") is not None


def runs_here(model: CatalogueEntry | ModelFolder | None) -> bool:
    """Tell whether a model, on offer or on this computer, can be run by this installation."""
    if has_torch() or model is None:
        return True
    if isinstance(model, CatalogueEntry):
        return model.built_in or model.onnx or model.bundled_network
    return model.layout == "onnx" or (model.path / _READY).is_file() or has_networks(model)


def require_runnable(model: CatalogueEntry | ModelFolder) -> None:
    """Raise where a model cannot be run by this installation.

    Raises:
        ModelError: if it needs torch and there is none.
    """
    if not runs_here(model):
        raise ModelError(model_errors.NEEDS_TORCH(name=model.name))


def require_torch(model: ModelFolder) -> None:
    """Raise where there is no torch to run a model with.

    Raises:
        ModelError: which says what there is instead.
    """
    if not has_torch():
        raise ModelError(model_errors.NEEDS_TORCH(name=model.name))

"""Let torchvision be imported beside a CPU-only torch, as timm, open_clip and transformers need."""

from __future__ import annotations

import importlib
import sys

import torch

_kept: list[torch.library.Library] = []  # the definitions vanish with their library


def load_torchvision() -> None:
    """Import torchvision; where its wheel registers fakes for operators it lacks, define those first."""
    try:
        importlib.import_module("torchvision")
    except RuntimeError:
        for name in [n for n in sys.modules if n.startswith("torchvision")]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "FRAGMENT")
        _kept.append(library)
        for name in ("nms", "qnms"):
            try:
                getattr(torch.ops.torchvision, name)
            except AttributeError:
                library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        importlib.import_module("torchvision")

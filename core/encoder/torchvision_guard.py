"""Makes `import torchvision` work beside a torch that has no CUDA.

Only one Linux wheel of torchvision is published, linked to CUDA's libraries. Beside a CPU build of torch its
compiled part does not load, which torchvision tolerates, but it then registers shapes for two operators
(`nms`, and from 0.28 on `qnms`) that nobody defined: "operator torchvision::nms does not exist", and with it
open_clip and timm fail to import. Neither uses the operators, so declaring them is enough.
"""

from __future__ import annotations

import importlib
import sys

import torch

_OPERATORS = ("nms", "qnms")
_declared: list[torch.library.Library] = []  # a library's declarations live as long as the object


def install() -> None:
    """Import torchvision, declaring the operators it misses if its first import fails for want of them."""
    try:
        importlib.import_module("torchvision")
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        _declare_operators()
        importlib.import_module("torchvision")


def _declare_operators() -> None:
    library = torch.library.Library("torchvision", "FRAGMENT")
    _declared.append(library)
    for name in _OPERATORS:
        if not hasattr(torch.ops.torchvision, name):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

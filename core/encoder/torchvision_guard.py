"""Makes `import torchvision` work beside a torch that has no CUDA, and quick.

Only one Linux wheel of torchvision is published, linked to CUDA's libraries. Beside a CPU build of torch its
compiled part does not load, which torchvision tolerates, but it then registers shapes for two operators
(`nms`, and from 0.28 on `qnms`) that nobody defined: "operator torchvision::nms does not exist", and with it
open_clip and timm fail to import. Neither uses the operators, so declaring them is enough.

One of torchvision's operators (`roi_align`, for object detectors) imports torch's compiler to ask it one question, and
one of timm's models to mark a function as not to be compiled: a third of the time from the start of a search to its
answer. Nothing here compiles a model in that way, so both get an answer without it.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Generator
from types import ModuleType
from typing import Any

import torch

_OPERATORS = ("nms", "qnms")
_declared: list[torch.library.Library] = []  # a library's declarations live as long as the object


def install() -> None:
    """Import torchvision and timm, which open_clip then finds ready.

    Raises:
        RuntimeError: if torchvision cannot be imported for another reason than undefined operators.
    """
    with _without_the_compiler():
        _import_torchvision()
        importlib.import_module("timm")


def _import_torchvision() -> None:
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


@contextlib.contextmanager
def _without_the_compiler() -> Generator[None, None, None]:
    """Stand in for `torch._dynamo` unless it is there: who asks for it later gets the real one."""
    if "torch._dynamo" in sys.modules:
        yield
        return
    package, utils = ModuleType("torch._dynamo"), ModuleType("torch._dynamo.utils")
    package.__path__ = []
    vars(package)["disable"] = _as_it_is
    vars(utils)["is_compile_supported"] = lambda _device: False
    sys.modules |= {package.__name__: package, utils.__name__: utils}
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[:2] == ["torch", "_dynamo"]]:
            del sys.modules[name]


def _as_it_is(function: Any, *_options: Any, **_named: Any) -> Any:
    return function


def _declare_operators() -> None:
    library = torch.library.Library("torchvision", "FRAGMENT")
    _declared.append(library)
    for name in _OPERATORS:
        if not hasattr(torch.ops.torchvision, name):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

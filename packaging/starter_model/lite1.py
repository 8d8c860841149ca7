"""The second model's image tower: EfficientNet-lite1, its last blocks and its head taught here, as timm builds it.

The package of the frozen teacher names and pads its layers as TensorFlow did; timm's `tf_efficientnet_lite1` computes
the same under other names, in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from shim import load_torchvision
from student import DIM
from torch import Tensor, nn

TOWER = "tf_efficientnet_lite1"
SIDE = 224  # px
MEAN, STD = 127 / 255, 128 / 255  # of every colour channel, on a 0..1 scale: bytes less 127, by 128
FIRST_TAUGHT = 16  # the block from which `tail.py` teaches


def lite1_tower(frozen: Mapping[str, Tensor], taught: Mapping[str, Tensor]) -> nn.Module:
    """The tower in timm's form, its batch normalisation folded into the convolutions.

    `frozen` is the teacher's checkpoint, `taught` what `tail.py` has made of its end: blocks.*, conv_head.*, bn1.* and
    head.*, the linear layer to the joint space.
    """
    load_torchvision()
    import timm

    weights = {name: value.float() if value.is_floating_point() else value for name, value in frozen.items()}
    weights |= {_in_teacher(name): value for name, value in taught.items() if not name.startswith("head.")}
    weights = {name: value for name, value in weights.items() if not name.startswith("_fc.")}
    tower: nn.Module = timm.create_model(TOWER, num_classes=DIM)
    names = [name for name in tower.state_dict() if not name.startswith("classifier.")]
    own = dict(zip(names, weights.values(), strict=True))
    own |= {f"classifier.{part}": taught[f"head.{part}"] for part in ("weight", "bias")}
    tower.load_state_dict(own)
    fold_norms(tower.eval())
    return tower


def _in_teacher(name: str) -> str:
    """The teacher's name of a taught layer."""
    if not name.startswith("blocks."):
        return f"_{name}"
    _, number, rest = name.split(".", 2)
    return f"_blocks.{int(number) + FIRST_TAUGHT}.{rest}"


@torch.no_grad()
def fold_norms(tower: nn.Module) -> None:
    """Let each convolution do what the batch normalisation behind it does, which then only adds its bias; in place.

    The converted towers fold them too, so that their weights are the very numbers of this file and are kept once.
    """
    before: Any = None
    for module in tower.modules():
        if isinstance(module, nn.BatchNorm2d):
            norm: Any = module
            scale = norm.weight / (norm.running_var + norm.eps).sqrt()
            before.weight.mul_(scale[:, None, None, None])
            norm.bias.sub_(norm.running_mean * scale)
            norm.weight.fill_(1.0)
            norm.running_mean.zero_()
            norm.running_var.fill_(1.0 - norm.eps)
        elif isinstance(module, nn.Conv2d):
            before = module

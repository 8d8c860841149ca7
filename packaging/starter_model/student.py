"""The image tower that is shipped, and the throw-away heads through which the teacher teaches it.

The tower is built exactly as open_clip builds it (timm trunk, its classifier as projection), so its weights
need only a prefix when exported. It starts from random initialisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from depthwise import quicken
from shim import load_torchvision
from torch import Tensor, nn
from torch.nn import functional

TOWER = "mobilenetv4_conv_small"
DIM = 256
HINTS = {"s8": (1, 64, 32), "s16": (2, 96, 96), "s32": (4, 960, 320)}  # after stage, channels, teacher channels


def make_tower() -> nn.Module:
    """The image tower, 256 outputs, random weights."""
    load_torchvision()
    import timm

    return timm.create_model(TOWER, num_classes=DIM, global_pool="avg")


@dataclass(frozen=True)
class Seen:
    """What the tower says of a batch: inner maps by stride, penultimate vector [n, 1280], joint vector."""

    maps: dict[str, Tensor]
    vector: Tensor
    joint: Tensor


class Student(nn.Module):
    """Tower and teaching heads."""

    def __init__(self) -> None:
        super().__init__()
        self.tower = make_tower()
        quicken(self.tower)
        self.hints = nn.ModuleDict({name: nn.Conv2d(own, goal, 1) for name, (_, own, goal) in HINTS.items()})
        self.pooled = nn.Linear(1280, 1280)
        self.classes = nn.Linear(1280, 1001)

    def forward(self, pixels: Tensor) -> Seen:
        """[n, 3, side, side] normalised pixels."""
        tower: Any = self.tower
        maps: dict[str, Tensor] = {}
        x = tower.bn1(tower.conv_stem(pixels))
        for number, stage in enumerate(tower.blocks):
            x = stage(x)
            for name, (after, _, _) in HINTS.items():
                if number == after:
                    maps[name] = self.hints[name](x)
        vector = tower.forward_head(x, pre_logits=True)
        return Seen(maps, vector, tower.classifier(vector))


def channels_last(student: Student) -> Student:
    """The layout in which convolutions are quickest on a CPU."""
    module: Any = student
    return module.to(memory_format=torch.channels_last)


@dataclass(frozen=True)
class Goal:
    """The teacher's answers for the same views: standardised maps and features, class scores, joint vector."""

    maps: dict[str, Tensor]
    pooled: Tensor
    logits: Tensor
    joint: Tensor


@dataclass(frozen=True)
class Weights:
    """How much each kind of teaching counts."""

    joint: float = 4.0
    pooled: float = 2.0
    classes: float = 0.5
    hint: float = 1.0


HINT_WEIGHT: Mapping[str, float] = {"s8": 0.4, "s16": 0.8, "s32": 1.5}
TEMPERATURE = 2.0


def losses(seen: Seen, heads: Student, goal: Goal) -> dict[str, Tensor]:
    """Each kind of loss on its own, about 1 at the start (class divergence apart)."""
    vector = seen.vector
    joint = 1 - functional.cosine_similarity(seen.joint.float(), goal.joint).mean()
    pooled = 1 - functional.cosine_similarity(heads.pooled(vector).float(), goal.pooled).mean()
    guess = functional.log_softmax(heads.classes(vector).float() / TEMPERATURE, -1)
    classes = functional.kl_div(guess, functional.softmax(goal.logits / TEMPERATURE, -1), reduction="batchmean")
    hint = torch.zeros(())
    for name, ours in seen.maps.items():
        theirs = functional.adaptive_avg_pool2d(goal.maps[name], (ours.shape[-2], ours.shape[-1]))
        hint = hint + HINT_WEIGHT[name] * functional.mse_loss(ours.float(), theirs)
    return {"joint": joint, "pooled": pooled, "classes": classes, "hint": hint}


def total(parts: dict[str, Tensor], weights: Weights, progress: float) -> Tensor:
    """Weighted sum; hints fade to a tenth over the second half of training (`progress` in 0..1)."""
    fade = 1.0 if progress < 0.5 else max(0.1, 1 - 1.8 * (progress - 0.5))
    return (
        weights.joint * parts["joint"]
        + weights.pooled * parts["pooled"]
        + weights.classes * parts["classes"]
        + weights.hint * fade * parts["hint"]
    )

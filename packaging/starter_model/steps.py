"""Parts of every training of the second model: learning rate, optimizers, one step, and the average of the weights."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

import torch
from muon import Muon
from torch import Tensor, nn

Module = TypeVar("Module", bound=nn.Module)


def rate(peak: float, done: float, step: int, warm: int = 20) -> float:
    """Learning rate: short warm-up, then a cosine down to a hundredth where `done`, 0..1, is 1."""
    return peak * min(1.0, (step + 1) / warm) * max(0.01, 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


def clock(seconds: float) -> Iterator[tuple[int, float]]:
    """Step number and share of the time gone, until it is over; one step at least."""
    began, step, done = time.time(), 0, 0.0
    while done < 1:
        yield step, done
        step, done = step + 1, (time.time() - began) / seconds


class Average(Generic[Module]):
    """Exponential moving average of a module's weights and buffers."""

    def __init__(self, module: Module, keep: float = 0.995) -> None:
        self.module, self.steps, self._keep = copy.deepcopy(module).eval(), 0, keep

    @torch.no_grad()
    def add(self, module: Module) -> None:
        """Move a little towards the present weights."""
        self.steps += 1
        keep = min(self._keep, self.steps / (self.steps + 10))
        for own, value in zip(self.module.state_dict().values(), module.state_dict().values(), strict=True):
            if value.is_floating_point():
                own.lerp_(value, 1 - keep)
            else:
                own.copy_(value)


def text_optimizers(text: nn.Module, lr: float) -> list[torch.optim.Optimizer]:
    """Muon for the blocks' matrices, AdamW for the rest, as `align.py` has it."""
    named = list(text.named_parameters())
    matrices = [p for n, p in named if p.ndim > 1 and n.startswith("transformer.")]
    others = [p for n, p in named if not (p.ndim > 1 and n.startswith("transformer."))]
    return [torch.optim.AdamW(others, lr, betas=(0.9, 0.98), weight_decay=0.0), Muon(matrices, lr)]


def step_all(optimizers: Sequence[torch.optim.Optimizer], loss: Tensor, lr: Sequence[float], clip: float) -> None:
    """One update of all, each at its own rate; gradients together no longer than `clip`."""
    for optimizer, now in zip(optimizers, lr, strict=True):
        for group in optimizer.param_groups:
            group["lr"] = now
        optimizer.zero_grad()
    loss.backward()
    params = [p for o in optimizers for g in o.param_groups for p in g["params"] if p.grad is not None]
    torch.nn.utils.clip_grad_norm_(params, clip)
    for optimizer in optimizers:
        optimizer.step()

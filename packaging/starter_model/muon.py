"""Muon (Jordan et al. 2024) for matrices and 1x1 convolutions, AdamW for everything else.

Momentum is made orthogonal by five Newton-Schulz steps before it is applied: every direction of a matrix
moves equally fast, which a small network that will only ever see some twenty passes needs. With two training
processes each orthogonalises half of the matrices.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
import torch.distributed as dist
from torch import Tensor


def orthogonal(matrix: Tensor, steps: int = 5) -> Tensor:
    """About U V^T of [m, n] = U S V^T, in bfloat16."""
    a, b, c = 3.4445, -4.7750, 2.0315  # quintic of the original
    x = matrix.bfloat16()
    x = x / (x.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T.contiguous()
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.T if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised; update size matched to AdamW's (0.2 sqrt(max(m, n)))."""

    def __init__(self, params: Iterable[Tensor], lr: float, momentum: float = 0.95, decay: float = 0.02) -> None:
        super().__init__(list(params), {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Apply one update; gradients must already be the same on all processes."""
        ranks = dist.get_world_size() if dist.is_initialized() else 1
        rank = dist.get_rank() if ranks > 1 else 0
        for group in self.param_groups:
            ready = []
            for number, param in enumerate(group["params"]):
                state = self.state[param]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(param.grad)
                state["momentum"].lerp_(param.grad, 1 - group["momentum"])
                ahead = param.grad.lerp(state["momentum"], group["momentum"]).flatten(1)
                mine = number % ranks == rank
                ready.append(orthogonal(ahead) if mine else torch.zeros_like(ahead))
            flat = torch.cat([update.reshape(-1) for update in ready])
            if ranks > 1:
                dist.all_reduce(flat)
            at = 0
            for param, update in zip(group["params"], ready, strict=True):
                size = 0.2 * max(update.shape) ** 0.5
                param.mul_(1 - group["lr"] * group["decay"])
                moved = flat[at : at + param.numel()].view(param.shape)
                param.add_(moved, alpha=-group["lr"] * size)
                at += param.numel()

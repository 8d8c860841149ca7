"""Attention in flat form computes what torch's module computes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.encoder.attention import FlatAttention, flatten_attention


@pytest.fixture
def original() -> nn.MultiheadAttention:
    torch.manual_seed(3)
    return nn.MultiheadAttention(32, 4, batch_first=True).eval()


@pytest.mark.parametrize("mask", [None, "causal", "forbidden"])
@torch.no_grad()
def test_the_numbers_are_torchs_own(original: nn.MultiheadAttention, mask: str | None) -> None:
    states = torch.randn(3, 7, 32)
    causal = torch.full((7, 7), float("-inf")).triu(1)
    mask_tensor = {None: None, "causal": causal, "forbidden": causal < 0}[mask]
    expected, _ = original(states, states, states, need_weights=False, attn_mask=mask_tensor)
    ours, weights = FlatAttention(original)(states, states, states, attn_mask=mask_tensor)
    assert weights is None
    torch.testing.assert_close(ours, expected, rtol=1e-4, atol=1e-5)


def test_only_plain_self_attention_is_replaced(original: nn.MultiheadAttention) -> None:
    class ResidualAttentionBlock(nn.Module):
        def __init__(self, attention: nn.Module) -> None:
            super().__init__()
            self.attn = attention

    other = nn.MultiheadAttention(32, 4, batch_first=True, kdim=16, vdim=16)
    blocks = nn.ModuleList([ResidualAttentionBlock(original), ResidualAttentionBlock(other), nn.Sequential(original)])
    assert flatten_attention(blocks) == 1
    assert isinstance(blocks[0].attn, FlatAttention)
    assert blocks[1].attn is other

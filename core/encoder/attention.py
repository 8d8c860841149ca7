"""Attention for towers built of `nn.MultiheadAttention`, without its slow road.

Off its fast path (half precision, or an input that is not what it hopes for) torch's module transposes the sequence
to the front, and a linear layer on that non-contiguous tensor becomes a batch of products with a *copied* weight:
at batch 8 in bfloat16 three quarters of a ViT's time is that copy. The same numbers in flat form are ten times faster.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional


class FlatAttention(nn.Module):
    """Self-attention with the weights of an `nn.MultiheadAttention`, called in the same way."""

    def __init__(self, original: nn.MultiheadAttention) -> None:
        super().__init__()
        assert original.in_proj_weight is not None
        self.heads = original.num_heads
        self.in_proj_weight = original.in_proj_weight
        self.in_proj_bias = original.in_proj_bias
        self.out_proj = original.out_proj

    def forward(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        need_weights: bool = False,
        attn_mask: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, None]:
        """Attend: (n, tokens, width) → (n, tokens, width); `attn_mask` is added to the scores, or true forbids."""
        n, tokens, width = query.shape
        flat = functional.linear(query.reshape(n * tokens, width), self.in_proj_weight, self.in_proj_bias)
        q, k, v = flat.view(n, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if attn_mask is not None and attn_mask.dtype == torch.bool:
            attn_mask = ~attn_mask  # here true allows
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=attn_mask)
        out = self.out_proj(mixed.transpose(1, 2).reshape(n * tokens, width))
        return out.view(n, tokens, width), None


def flatten_attention(network: nn.Module) -> int:
    """Replace the self-attention of every open_clip residual block; return how many were replaced.

    Cross-attention, and modules with options that open_clip's plain blocks never use, stay as they are.
    """
    replaced = 0
    for block in list(network.modules()):
        original = getattr(block, "attn", None)
        if type(block).__name__ != "ResidualAttentionBlock" or hasattr(block, "ln_1_kv"):
            continue
        if isinstance(original, nn.MultiheadAttention) and _is_plain(original):
            block.attn = FlatAttention(original)
            replaced += 1
    return replaced


def _is_plain(attention: nn.MultiheadAttention) -> bool:
    return (
        attention.batch_first
        and attention.kdim == attention.vdim == attention.embed_dim
        and attention.bias_k is None
        and not attention.add_zero_attn
        and attention.dropout == 0.0
    )

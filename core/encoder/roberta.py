"""The words' tower of the XLM-R models, in torch alone.

open_clip takes it from transformers, which would bring 60 MB, three seconds of import and a network request for a
configuration to run what is twelve plain layers. Names of modules and weights are those of the checkpoints, so that
they load as they are; a test compares the numbers with transformers' own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from core.encoder.text_length import PADDING, LengthRule

_HEAD_WIDTH = 64
_EPSILON = 1e-5
"""What RoBERTa and XLM-R share in every size (their config.json): width of a head, layer norm."""


class RobertaTower(nn.Module):
    """Token ids (n, tokens) → features (n, dimension): RoBERTa, the mean of its tokens, a projection."""

    length_rule: LengthRule = "padding"  # it comes last and is not looked at

    def __init__(self, *, vocabulary: int, width: int, layers: int, inner: int, positions: int, dimension: int) -> None:
        super().__init__()
        self.transformer = _Transformer(vocabulary, width, layers, inner, positions)
        hidden = (width + dimension) // 2
        self.proj = nn.Sequential(
            nn.Linear(width, hidden, bias=False), nn.GELU(), nn.Linear(hidden, dimension, bias=False)
        )

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        real = tokens != PADDING
        states = self.transformer(tokens, real)
        weight = real.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(dim=1) / weight.sum(dim=1)
        return self.proj(mean)


def is_roberta(text_config: Mapping[str, Any]) -> bool:
    """Tell whether a model's text tower is one that `RobertaTower` computes."""
    return (
        "roberta" in str(text_config.get("hf_model_name") or "")
        and text_config.get("hf_pooler_type", "mean_pooler") == "mean_pooler"
        and text_config.get("hf_proj_type", "mlp") == "mlp"
    )


def tower_for(shapes: Mapping[str, tuple[int, ...]]) -> RobertaTower:
    """Return an empty tower that fits a checkpoint's tensors.

    Args:
        shapes: by name, without the prefix "text.".

    Raises:
        KeyError: if the checkpoint lacks a tensor.
    """
    vocabulary, width = shapes["transformer.embeddings.word_embeddings.weight"]
    layer = "transformer.encoder.layer."
    return RobertaTower(
        vocabulary=vocabulary,
        width=width,
        layers=1 + max(int(name[len(layer) :].partition(".")[0]) for name in shapes if name.startswith(layer)),
        inner=shapes[f"{layer}0.intermediate.dense.weight"][0],
        positions=shapes["transformer.embeddings.position_embeddings.weight"][0],
        dimension=shapes["proj.2.weight"][0],
    )


class _Transformer(nn.Module):
    def __init__(self, vocabulary: int, width: int, layers: int, inner: int, positions: int) -> None:
        super().__init__()
        self.embeddings = _Embeddings(vocabulary, width, positions)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(_Layer(width, inner) for _ in range(layers))})

    def forward(self, tokens: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        states = self.embeddings(tokens, real)
        layers: Any = self.encoder["layer"]
        for layer in layers:
            states = layer(states, real[:, None, None, :])
        return states


class _Embeddings(nn.Module):
    def __init__(self, vocabulary: int, width: int, positions: int) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(vocabulary, width)
        self.position_embeddings = nn.Embedding(positions, width)
        self.token_type_embeddings = nn.Embedding(1, width)
        self.LayerNorm = nn.LayerNorm(width, eps=_EPSILON)

    def forward(self, tokens: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        # Positions count real tokens and begin after the padding's id (fairseq's numbering).
        positions = real.long().cumsum(dim=1) * real + PADDING
        words = self.word_embeddings(tokens) + self.token_type_embeddings(torch.zeros_like(tokens))
        return self.LayerNorm(words + self.position_embeddings(positions))


class _Layer(nn.Module):
    """A post-norm transformer layer; submodules are named as in the checkpoints."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.attention = nn.ModuleDict(
            {
                "self": nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")}),
                "output": _Output(width, width),
            }
        )
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inner)})
        self.output = _Output(inner, width)

    def forward(self, states: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        n, tokens, width = states.shape
        project: Any = self.attention["self"]
        query, key, value = (
            project[name](states).view(n, tokens, width // _HEAD_WIDTH, _HEAD_WIDTH).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=real)
        states = self.attention["output"](mixed.transpose(1, 2).reshape(n, tokens, width), states)
        return self.output(functional.gelu(self.intermediate["dense"](states)), states)


class _Output(nn.Module):
    def __init__(self, inner: int, width: int) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, width)
        self.LayerNorm = nn.LayerNorm(width, eps=_EPSILON)

    def forward(self, inner: torch.Tensor, states: torch.Tensor) -> torch.Tensor:
        return self.LayerNorm(self.dense(inner) + states)

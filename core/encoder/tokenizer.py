"""Words to token ids, the same ids the model was trained with.

A folder with `tokenizer.json` is read by the `tokenizers` package alone (no transformers, no network); every
other model uses the byte-pair encoding that comes inside open_clip.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import torch

from core.errors import ModelError
from core.models import ModelFolder

Tokenize = Callable[[Sequence[str]], torch.Tensor]
"""Texts → int64 token ids (n, context_length)."""


def tokenizer_of(model: ModelFolder) -> Tokenize:
    """Return the tokenizer of a model.

    Raises:
        ModelError: if the text tower needs tokenizer files that the folder lacks.
    """
    if (model.path / "tokenizer.json").is_file():
        return _from_file(model)
    text = model.config["model_cfg"]["text_cfg"]
    if text.get("hf_tokenizer_name"):
        raise ModelError(
            f"The model “{model.name}” lacks its tokenizer.",
            "Its folder should hold tokenizer.json; download or copy the model again.",
        )
    from open_clip.tokenizer import SimpleTokenizer

    tokenize: Any = SimpleTokenizer(context_length=model.context_length, **text.get("tokenizer_kwargs", {}))
    return lambda texts: tokenize(list(texts))


def _from_file(model: ModelFolder) -> Tokenize:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model.path / "tokenizer.json"))
    pad_token = _pad_token(model)
    pad_id = tokenizer.token_to_id(pad_token) if pad_token else 0
    tokenizer.enable_truncation(model.context_length)
    tokenizer.enable_padding(length=model.context_length, pad_id=pad_id or 0, pad_token=pad_token or "<pad>")

    def tokenize(texts: Sequence[str]) -> torch.Tensor:
        return torch.tensor([encoding.ids for encoding in tokenizer.encode_batch(list(texts))])

    return tokenize


def _pad_token(model: ModelFolder) -> str | None:
    """Return the padding token that tokenizer_config.json names, as a string or inside an object."""
    try:
        config = json.loads((model.path / "tokenizer_config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    token = config.get("pad_token")
    return token.get("content") if isinstance(token, dict) else token

"""Leaving out the padding of token ids that no answer depends on: most queries fill an eighth of the room there is."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

PADDING = 1
"""The id of padding in RoBERTa and XLM-R, the models with the second of the rules."""

LengthRule = Literal["end", "padding"]
"""How many tokens of a text decide its answer: up to its end, the largest id; or as many as are no padding."""

_STEP = 8
"""In steps, for each new length costs an engine a moment of preparation."""


def length_needed(tokens: NDArray[Any], rule: LengthRule) -> int:
    """Return how many tokens of each text, int64 (n, length), decide the answers."""
    if rule == "end":
        return int(np.argmax(tokens, axis=1).max(initial=0)) + 1
    return int((tokens != PADDING).sum(axis=1).max(initial=1))


def shortened(tokens: NDArray[Any], rule: LengthRule | None) -> NDArray[Any]:
    """Return the tokens without the columns that no answer depends on; without a rule all of them."""
    if rule is None:
        return tokens
    return tokens[:, : -(-length_needed(tokens, rule) // _STEP) * _STEP]

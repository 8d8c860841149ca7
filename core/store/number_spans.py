"""A number in a question as the stretch that it means, asked of a column or of numbers in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.query import Missing, Range, Text, Value, quantities
from core.store.condition import Condition, all_of

ReadNumber: TypeAlias = Callable[[str], quantities.Quantity | None]


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`, None where it is open; whether an end belongs to it."""

    low: float | None
    high: float | None
    low_too: bool = True
    high_too: bool = True

    @property
    def open(self) -> bool:
        """Whether it has no end, so that it says nothing."""
        return self.low is None and self.high is None

    def condition(self, expression: str) -> Condition:
        """Return that a number lies in it."""
        parts: list[Condition] = []
        if self.low is not None:
            parts.append((f"{expression} {'>=' if self.low_too else '>'} ?", (self.low,)))
        if self.high is not None:
            parts.append((f"{expression} {'<=' if self.high_too else '<'} ?", (self.high,)))
        return all_of(parts)

    def holds(self, numbers: NDArray[np.generic]) -> NDArray[np.bool_]:
        """Return which of these lie in it."""
        inside = np.ones(len(numbers), np.bool_)
        if self.low is not None:
            inside &= (np.greater_equal if self.low_too else np.greater)(numbers, self.low)
        if self.high is not None:
            inside &= (np.less_equal if self.high_too else np.less)(numbers, self.high)
        return inside


def span_of(value: Value, read: ReadNumber, inexact: float = 0.0) -> Span | None:
    """Return the stretch that is meant, and less than `inexact` of an end of it beside that one; None if it is none."""
    match value:
        case Missing():
            return None
        case Text(text):
            number = read(text)
            return None if number is None else Span(number.low, number.high, high_too=False)
        case Range():
            return _range(value, read, inexact)


def _range(value: Range, read: ReadNumber, inexact: float) -> Span:
    ends = [read(end) if end else None for end in (value.low, value.high)]
    low, high = (None if end is None else end.value for end in ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    wider = -inexact if value.strict else inexact
    return Span(
        None if low is None else low * (1 - wider),
        None if high is None else high * (1 + wider),
        low_too=not value.strict,
        high_too=not value.strict,
    )

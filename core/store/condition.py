"""A piece of SQL over a row of `contents`, with the values of its parameters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeAlias

Condition: TypeAlias = tuple[str, tuple[object, ...]]
"""An expression, and the values of its parameters."""

NOTHING: Condition = ("0", ())
"""What no photo passes."""


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Return what passes every one of these; with none of them, everything does."""
    return _joined(tuple(conditions), " AND ", "1")


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Return what passes at least one of these."""
    return _joined(tuple(conditions), " OR ", "0")


def one_of(column: str, values: Iterable[object]) -> Condition:
    """Return that a column has one of these values."""
    known = tuple(values)
    return f"{column} IN ({', '.join('?' * len(known))})", known


def with_file(condition: Condition) -> Condition:
    """Return that a photo has a file that passes a condition on a row of `files`."""
    # Uncorrelated, so that an index of the files is read once and not for every photo.
    return f"contents.id IN (SELECT content_id FROM files WHERE {condition[0]})", condition[1]


def _joined(conditions: tuple[Condition, ...], joint: str, nothing: str) -> Condition:
    text = joint.join(f"({condition})" for condition, _ in conditions) or nothing
    return f"({text})", tuple(chain.from_iterable(values for _, values in conditions))

"""A piece of SQL over a row of `contents`, with the values of its parameters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeAlias

Condition: TypeAlias = tuple[str, tuple[object, ...]]
"""An expression, and the values of its parameters."""

NOTHING: Condition = ("FALSE", ())
"""What no photo passes."""


class AmongIds(str):
    """An expression that is true of the photos that one question names: who wants no other photo asks that alone.

    Attributes:
        question: a SELECT of ids, some perhaps several times, with the same parameters.
    """

    question: str

    def __new__(cls, question: str) -> AmongIds:
        made = super().__new__(cls, f"contents.id IN ({question})")
        made.question = question
        return made


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Return what passes every one of these; with none of them, everything does."""
    return _joined(tuple(conditions), " AND ", "TRUE")


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Return what passes at least one of these."""
    known = tuple(condition for condition in conditions if condition != NOTHING)
    questions = [text.question for text, _ in known if isinstance(text, AmongIds)]
    if questions and len(questions) == len(known):
        return AmongIds(" UNION ALL ".join(questions)), tuple(chain.from_iterable(values for _, values in known))
    return _joined(known, " OR ", "FALSE")


def one_of(column: str, values: Iterable[object]) -> Condition:
    """Return that a column has one of these values."""
    known = tuple(values)
    if not known:
        return NOTHING
    return f"{column} IN ({', '.join('?' * len(known))})", known


def with_file(condition: Condition) -> Condition:
    """Return that a photo has a file that passes a condition on a row of `files`."""
    # Uncorrelated, so that an index of the files is read once and not for every photo.
    return AmongIds(f"SELECT content_id FROM files WHERE {condition[0]}"), condition[1]


def _joined(conditions: tuple[Condition, ...], joint: str, nothing: str) -> Condition:
    if len(conditions) == 1 and isinstance(conditions[0][0], AmongIds):
        return conditions[0]
    text = joint.join(f"({condition})" for condition, _ in conditions) or nothing
    return f"({text})", tuple(chain.from_iterable(values for _, values in conditions))

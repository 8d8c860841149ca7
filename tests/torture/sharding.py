"""The same work on every processor: a shard takes its share of it, and prints its figures as a last line in JSON."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `of` shards, counted from 0."""

    number: int
    of: int

    @staticmethod
    def named(arguments: Sequence[str]) -> Shard:
        """Return the shard that a command line names; the only one if it names none."""
        return Shard(int(arguments[0]), int(arguments[1])) if arguments else Shard(0, 1)

    def share(self, count: int) -> int:
        """Return how many of so many things this shard takes."""
        return len(range(self.number, count, self.of))

    def part(self, all_of_it: Sequence[T]) -> Sequence[T]:
        """Return what this shard takes of a list."""
        return all_of_it[self.number :: self.of]


def heard(shards: Sequence[subprocess.Popen[str]]) -> tuple[dict[str, object], list[str]]:
    """Wait for shards; return their figures, added up, and what else they said."""
    lines = [line for shard in shards for line in shard.communicate()[0].splitlines()]
    figures = [json.loads(line) for line in lines if line.startswith("{")]
    return added_up(figures), [line for line in lines if not line.startswith("{")]


def added_up(told: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Return the sum of figures that have the same names; of times, and of what every shard is told, the most."""
    figures: dict[str, object] = {}
    for name in dict.fromkeys(name for one in told for name in one):
        values: list[Any] = [one[name] for one in told if name in one]
        if name in ("seconds", "calls"):
            figures[name] = max(values)
        elif isinstance(values[0], dict):
            figures[name] = dict(sum((Counter(value) for value in values), Counter[str]()))
        else:
            figures[name] = sum(values)
    return figures

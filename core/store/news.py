"""How a program hears of what others record in a library that it has open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Following(Protocol):
    """A program that is told of news, until it is closed."""

    def close(self) -> None:
        """Tell it no more. May be called twice."""
        ...


class NewsSource(Protocol):
    """Tells of what other programs record."""

    def follow(self, on_news: Callable[[], None]) -> Following | None:
        """Call `on_news`, from another thread, whenever another program recorded something; None where nobody tells."""
        ...


class NoNews:
    """The `NewsSource` of a library of which nobody tells: who wants to know asks for its revision."""

    def follow(self, on_news: Callable[[], None]) -> Following | None:
        """Return nothing."""
        return None

"""A program of the system."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """A program and how it is started.

    Attributes:
        id: what the system knows it by.
        name: what it is called in the language of the window.
        words: its command line, in which %f, %F, %u and %U stand for files as in a .desktop file, and %% for %.
        icon: the file of its icon, or the icon's name.
        folder: the working directory; "" for any.
    """

    id: str
    name: str
    words: tuple[str, ...]
    icon: str = ""
    folder: str = ""

"""Core's messages as sentences in the user's language.

Core tells codes with fields (`core.messages`); the English of each is the source that Qt's translations are found by.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.messages import Message, advice, sentence, title

CONTEXT = "core"


def translated(message: Message) -> str:
    """Return in the window's language what happened, its names and numbers kept."""
    return title(message, _translate)


def translated_advice(message: Message) -> str:
    """Return in the window's language what to do about it."""
    return advice(message, _translate)


def translated_whole(message: Message) -> str:
    """Return both as one text."""
    return sentence(message, _translate)


def _translate(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)

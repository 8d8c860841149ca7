"""Core's messages as sentences in the user's language.

Core tells codes with fields (`core.messages`); the English of each is the source that Qt's translations are found by.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from app.text.core_sentences import SENTENCES
from core.messages import Message, advice, sentence, title

CONTEXT = "core"
_HOLE = re.compile(r"\\\{\w+\\\}")


def translated(message: Message | str) -> str:
    """Return in the window's language what happened, its names and numbers kept."""
    if isinstance(message, Message):
        return title(message, _translate)
    for template, pattern in _patterns():
        match = pattern.fullmatch(message)
        if match:
            other = QCoreApplication.translate(CONTEXT, template)
            return _filled(other, template, match.groups())
    return message


def translated_advice(message: Message) -> str:
    """Return in the window's language what to do about it."""
    return advice(message, _translate)


def translated_whole(message: Message) -> str:
    """Return both as one text."""
    return sentence(message, _translate)


def _translate(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    # The longest first: a template that begins like another one must not be swallowed by it.
    ordered = sorted(SENTENCES, key=len, reverse=True)
    return [(text, re.compile(_HOLE.sub("(.+?)", re.escape(text)), re.DOTALL)) for text in ordered]


def _filled(text: str, template: str, values: tuple[str, ...]) -> str:
    for name, value in zip(re.findall(r"\{\w+\}", template), values, strict=True):
        text = text.replace(name, translated(value))  # a reason within a sentence is one of ours, too
    return text

"""The sentences of core in the user's language.

Core speaks plain English sentences, because the terminal shows them too. Those that the user may read are listed
in `core_sentences`, where the translation tools find them; a sentence that is not listed is shown as it came.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from app.text.core_sentences import SENTENCES

CONTEXT = "core"
_HOLE = re.compile(r"\\\{\w+\\\}")


def translated(sentence: str) -> str:
    """Return a sentence of core in the window's language, its names and numbers kept."""
    for template, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match:
            other = QCoreApplication.translate(CONTEXT, template)
            return _filled(other, template, match.groups())
    return sentence


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    # The longest first: a template that begins like another one must not be swallowed by it.
    ordered = sorted(SENTENCES, key=len, reverse=True)
    return [(text, re.compile(_HOLE.sub("(.+?)", re.escape(text)), re.DOTALL)) for text in ordered]


def _filled(text: str, template: str, values: tuple[str, ...]) -> str:
    for name, value in zip(re.findall(r"\{\w+\}", template), values, strict=True):
        text = text.replace(name, translated(value))  # a reason within a sentence is one of ours, too
    return text

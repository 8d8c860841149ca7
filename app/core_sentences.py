"""The sentences of core that the user may read, for the translation tools. `app.core_words` uses them."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a sentence for the translation tools, which look for this name; Qt's own returns an untyped object."""
    return text


SENTENCES: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("core", "The library is not loaded yet."),
    QT_TRANSLATE_NOOP("core", "Try again in a moment."),
)

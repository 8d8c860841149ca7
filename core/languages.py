"""Texts that the program carries in several languages outside Qt's translations: what the models' list says.

On its own because the window needs it before its first paint, when `core.models` is not yet imported.
"""

from __future__ import annotations

from collections.abc import Mapping


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text for an interface language ("zh_CN", "en"), else the English one."""
    return texts.get(code_of(language), texts["en"])


def code_of(language: str) -> str:
    """Return the language alone: "zh" of "zh_CN" and "zh-Hans"."""
    return language.replace("-", "_").partition("_")[0].lower()

"""Titles, captions, keywords and programs as conditions. Capitals never count, in any script.

title, caption         a part of it, or all of it as it says with "*"
text                   the same of any of these; or what is written in the picture, by words and pieces of words
keyword                a whole keyword, or one that is as it says with "*"
"""

from __future__ import annotations

from core.query import Text, Value
from core.store import picture_texts, word_index
from core.store.condition import NOTHING, AmongIds, Condition, all_of, any_of
from core.store.texts import KEYWORD, KINDS, folded


def written(value: Value, *kinds: str) -> Condition:
    """Return that a text of one of these kinds (of any) has this in it; or that there is none."""
    wanted = kinds or KINDS
    among = f"kind IN ({', '.join('?' * len(wanted))})"
    if not isinstance(value, Text):
        return f"contents.id NOT IN (SELECT content_id FROM texts WHERE {among})", wanted
    said = folded(value.text)
    if not said:
        return NOTHING
    if "*" in said:
        return _among(f"{among} AND folded GLOB ?", (*wanted, pattern(said)))
    return _among(f"{among} AND instr(folded, ?) > 0", (*wanted, said))


def read_or_written(value: Value, about: Condition) -> Condition:
    """Return that this is written in a picture or (`about`) about it; or that nothing is."""
    if not isinstance(value, Text):
        return all_of([about, (f"NOT {picture_texts.WITH_TEXT}", ())])
    said = word_index.condition(value.text)
    return about if said is None else any_of([about, said])


def keyword(value: Value) -> Condition:
    """Return that a photo has a keyword; or that it has none."""
    if not isinstance(value, Text) or "*" in value.text:
        return written(value, KEYWORD)
    return _among("kind = ? AND folded = ?", (KEYWORD, folded(value.text)))


def _among(condition: str, values: tuple[object, ...]) -> Condition:
    return AmongIds(f"SELECT content_id FROM texts WHERE {condition}"), values


def pattern(said: str) -> str:
    """Return a pattern for GLOB in which "*" alone is more than itself."""
    return "".join(f"[{char}]" if char in "?[" else char for char in said)

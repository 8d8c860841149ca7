"""What was written of a photo: its title, caption and keywords, a row each, as written and as it is compared."""

from __future__ import annotations

import unicodedata
from typing import Any

from core.photo import Facts
from core.store import word_index
from core.store.sql import Connection

TITLE, CAPTION, KEYWORD = "title", "caption", "keywords"
KINDS = (TITLE, CAPTION, KEYWORD)
"""Fields of `Facts`."""


def put(connection: Connection, content_id: int, facts: Facts) -> None:
    """Keep what is written of a photo, in the place of what was."""
    connection.execute("DELETE FROM texts WHERE content_id = ?", (content_id,))
    rows = [(TITLE, 0, facts.title), (CAPTION, 0, facts.caption)]
    rows += [(KEYWORD, number, word) for number, word in enumerate(facts.keywords)]
    connection.executemany(
        "INSERT INTO texts (content_id, kind, number, said, folded) VALUES (?, ?, ?, ?, ?)",
        [(content_id, kind, number, held(said), folded(said)) for kind, number, said in rows if said],
    )
    word_index.put(connection, content_id, word_index.Kind.ABOUT, "\n".join(held(said) for _, _, said in rows if said))


def index_again(connection: Connection) -> None:
    """Fill the index of words from what is written of photos."""
    said = connection.execute("SELECT content_id, group_concat(said, char(10)) FROM texts GROUP BY content_id")
    for content_id, text in said.fetchall():
        word_index.put(connection, content_id, word_index.Kind.ABOUT, text)


def of(connection: Connection, content_id: int) -> dict[str, Any]:
    """Return the fields of `Facts` that are kept here."""
    rows = connection.execute(
        "SELECT kind, said FROM texts WHERE content_id = ? ORDER BY kind, number", (content_id,)
    ).fetchall()
    said: dict[str, Any] = {kind: text for kind, text in rows if kind != KEYWORD}
    return {**said, KEYWORD: tuple(text for kind, text in rows if kind == KEYWORD)}


def folded(text: str) -> str:
    """Return a text as it is compared: one spelling of each character, no capitals, white space folded."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", held(text)).casefold()).split())


def held(text: str) -> str:
    """Return text that SQLite can hold: a damaged name may carry halves of characters."""
    return text.encode("utf-8", "replace").decode("utf-8")

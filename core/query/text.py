"""What was typed, made ready to be read."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from core.errors import QueryError
from core.messages import library_errors
from core.query.value import SHOWN, PhotoLike, Query, Term, Words

LONGEST = 1_000
"""Characters of a question that are read; a model reads some 50 to 250, a pasted page is a mistake, not a question."""


def tidied(typed: str) -> str:
    """Return what was typed in Unicode's composed form, white space folded, without characters nobody can see."""
    readable = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Cn") else char for char in typed)
    return " ".join(unicodedata.normalize("NFC", readable).split())[:LONGEST].strip()


def described(typed: str, folder: Path | None = None, limit: int | None = SHOWN) -> Query:
    """Return the question for the photos that these words describe, as they stand.

    Raises:
        QueryError: if there is nothing in them to search for.
    """
    text = tidied(typed)
    if not text:
        raise QueryError(library_errors.NOTHING_ASKED())
    return Query((Term(Words(text)),), limit=limit).looking_in(folder)


def similar_to(content_id: int, limit: int | None = SHOWN) -> Query:
    """Return the question for the photos that look like a photo of the library."""
    return Query((Term(PhotoLike(content_id)),), limit=limit)

"""What was typed, made ready to be searched for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from core.errors import QueryError
from core.messages import library_errors

LONGEST = 1_000
"""Characters of a query that are read; a model reads some 50 to 250, a pasted page is a mistake, not a query."""


@dataclass(frozen=True, slots=True)
class Query:
    """A description and the filters it is combined with.

    Attributes:
        text: the description, in Unicode's composed form, white space folded.
        folder: only photos in this folder, or None.
    """

    text: str
    folder: Path | None = None


def parse(typed: str, folder: Path | None = None) -> Query:
    """Return the query that was typed.

    Raises:
        QueryError: if there is nothing in it to search for.
    """
    readable = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Cn") else char for char in typed)
    text = " ".join(unicodedata.normalize("NFC", readable).split())[:LONGEST].strip()
    if not text:
        raise QueryError(library_errors.NOTHING_ASKED())
    return Query(text, folder)

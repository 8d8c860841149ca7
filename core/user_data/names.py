"""Names that people give to albums, tags and searches: how they are kept, and when two are the same."""

from __future__ import annotations

import unicodedata

from core.changes import name_key
from core.errors import UserDataError
from core.messages import user_data_errors


def kept_name(name: str) -> str:
    """Return a name as it is kept: accents composed, blanks single, nothing that is no character.

    Raises:
        UserDataError: if nothing is left.
    """
    valid = name.encode("utf-8", "replace").decode("utf-8")
    kept = unicodedata.normalize("NFC", " ".join(valid.split()))
    if not kept:
        raise UserDataError(user_data_errors.NAME_EMPTY())
    return kept


def key_of(name: str) -> str:
    """Return what two spellings of one name have in common.

    Raises:
        UserDataError: if it is no name.
    """
    return name_key(kept_name(name))


def refuse_taken(taken: object, name: str) -> None:
    """Raise `UserDataError` if something was found under a name."""
    if taken is not None:
        raise UserDataError(user_data_errors.NAME_TAKEN(name=name))

"""Which files are out of reach: those of a folder that cannot be listed, and of others those in a part that is away.

What is away is a drive that was mounted in a folder, what a link leads to, or a part that cannot be opened. It is kept
with the folder (`roots.away`): a list of what the paths in it begin with, in hexadecimal, since names need not be text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from core.messages.folder_messages import LINK_NOT_CONNECTED
from core.store.condition import Condition, any_of
from core.store.records import pack_name, unpack_name


def why_offline(files: str = "files") -> str:
    """Return the expression of why a file is out of reach, NULL if it is within, beside its row of `roots`."""
    behind = f"EXISTS (SELECT 1 FROM json_each(away) WHERE hex({files}.relative_path) LIKE value || '%')"
    return (
        f"CASE WHEN offline IS NULL AND away IS NOT NULL AND {behind} THEN '{LINK_NOT_CONNECTED.code}' ELSE offline END"
    )


def packed(parts: Iterable[str]) -> str | None:
    """Return parts of a folder that are away as they are kept."""
    known = sorted(pack_name(f"{part}/").hex() for part in parts)
    return json.dumps(known) if known else None


def unpacked(kept: str | None) -> frozenset[str]:
    """Return parts of a folder that are away."""
    return frozenset(unpack_name(bytes.fromhex(part))[:-1] for part in json.loads(kept or "[]"))


def behind(root_id: int, parts: Iterable[str]) -> Condition:
    """Return that a file lies in one of these parts of a folder."""
    firsts = [pack_name(f"{part}/") for part in parts]
    return any_of(
        ("root_id = ? AND relative_path >= ? AND relative_path < ?", (root_id, first, first[:-1] + b"0"))
        for first in firsts
    )

"""What of a library's work is whose, where several programs index it at once.

A claim ends with its lease, so that the share of a program that crashed comes back. That nothing is embedded twice
rests on the claims of contents, which are made right before they are embedded; those of files only spare reading them
twice.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from core.store.records import FileStamp


class Claims(Protocol):
    """Hands out work among those who write to a library."""

    @property
    def has_others(self) -> bool:
        """Whether anybody else may write to the library at the same time."""
        ...

    def claimed_files(self, model: str, files: Collection[FileStamp]) -> set[FileStamp]:
        """Return those of these files that nobody else reads for this model, which are this program's now."""
        ...

    def claimed_contents(self, model: str, fingerprints: Collection[bytes]) -> set[bytes]:
        """Return those of these contents that nobody else embeds or has embedded: they are this program's now."""
        ...

    def release_claims(self) -> None:
        """Give back all that is this program's."""
        ...


class NoOthers:
    """The `Claims` of a library that one program at a time writes to: everything is its own."""

    @property
    def has_others(self) -> bool:
        return False

    def claimed_files(self, model: str, files: Collection[FileStamp]) -> set[FileStamp]:
        return set(files)

    def claimed_contents(self, model: str, fingerprints: Collection[bytes]) -> set[bytes]:
        return set(fingerprints)

    def release_claims(self) -> None: ...

"""The folders of a library as storages: what is one folder may lie at another path on each computer.

A library in a folder is one computer's, and its folders lie where they were added. On a server each folder is a
storage with a name of its own (a UUID), files are known by a path relative to it, and each computer knows where it
lies there (`core.shared.storages`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.errors import FolderError
from core.messages import folder_messages


@dataclass(frozen=True, slots=True)
class Storage:
    """A folder of a library that several computers share.

    Attributes:
        name: what it is known by everywhere.
        added: where it lay on the computer that added it, as that one writes paths.
        here: where it lies on this computer; None if that is not known.
    """

    root_id: int
    name: str
    added: str
    here: Path | None


class Storages(Protocol):
    """Where the folders of a library lie on this computer."""

    def all(self) -> tuple[Storage, ...]:
        """Return the storages in the order they were added; none where every folder lies where it was added."""
        ...

    def place(self, storage: Storage, path: Path) -> None:
        """Note that a storage lies at `path` on this computer.

        Raises:
            FolderError: if that cannot be listed, or holds other files.
        """
        ...

    def is_here(self, root_id: int) -> bool:
        """Return whether it is known where a folder lies on this computer; looks for it where it is likely to be."""
        ...

    def thumbnail_folder(self) -> str | None:
        """Return where thumbnails are kept, as the computer that chose it writes paths; None: with the library."""
        ...

    def keep_thumbnails_in(self, folder: Path) -> int:
        """Keep thumbnails in a folder that all computers reach, or say where that lies here; return how many came.

        Raises:
            FolderError: if it is not empty and not theirs, or another one was chosen.
        """
        ...

    def keep_thumbnails_with_library(self) -> int:
        """Keep thumbnails in the library; return how many came back.

        Raises:
            FolderError: if the folder they are in cannot be reached.
        """
        ...


class OwnFolders:
    """The `Storages` of a library whose folders lie where they were added."""

    def all(self) -> tuple[Storage, ...]:
        return ()

    def place(self, storage: Storage, path: Path) -> None:
        raise FolderError(folder_messages.STORAGES_OF_SERVERS())

    def is_here(self, root_id: int) -> bool:
        return True

    def thumbnail_folder(self) -> str | None:
        return None

    def keep_thumbnails_in(self, folder: Path) -> int:
        raise FolderError(folder_messages.STORAGES_OF_SERVERS())

    def keep_thumbnails_with_library(self) -> int:
        return 0

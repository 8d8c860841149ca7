"""What can go wrong, for the person at the screen.

Two kinds of failure exist. The expected ones are here: each is raised where a foreign error (SQLite, the operating
system, a codec, torch) crosses into our code, and carries a `Message`: a code and fields. The window and the command
line make a title and a sentence of advice of it. Everything else is a mistake of ours and ends in a crash report.

    RecollectError
    ├── LibraryError ── LibraryBusy, LibraryNewer, LibraryDamaged, LibraryReadOnly, DiskFull
    ├── FolderError ── DriveSilent
    ├── DriveAbsent
    ├── UserDataError
    ├── ModelError ──── ModelMissing
    └── QueryError
"""

from __future__ import annotations

from core.messages import Message, advice, sentence, title


class RecollectError(Exception):
    """An expected failure: `message` says what happened and what to do about it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return sentence(self.message)

    @property
    def title(self) -> str:
        """What happened, in English."""
        return title(self.message)

    @property
    def advice(self) -> str:
        """What to do about it, in English."""
        return advice(self.message)


class LibraryError(RecollectError):
    """The library's own files cannot be used as asked."""


class LibraryBusy(LibraryError):
    """Another running Recollect is writing to this library."""


class LibraryNewer(LibraryError):
    """The library was written by a newer version of Recollect."""


class LibraryDamaged(LibraryError):
    """The library's database fails its own checks."""


class LibraryReadOnly(LibraryError):
    """The library's folder cannot be written to."""


class DiskFull(LibraryError):
    """The disk that holds the library has no room left."""


class FolderError(RecollectError):
    """A folder of photos cannot be added, listed or removed as asked."""


class DriveSilent(FolderError):
    """A drive answered nothing in the time it was given."""


class DriveAbsent(RecollectError):
    """The drive on which something is to be made is not connected."""


class UserDataError(RecollectError):
    """Favourites, albums, tags or saved searches cannot be changed as asked."""


class ModelError(RecollectError):
    """A model cannot be loaded or run."""


class ModelMissing(ModelError):
    """No model of that name or at that place."""


class QueryError(RecollectError):
    """The words typed cannot be searched for."""

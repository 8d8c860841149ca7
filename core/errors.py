"""What can go wrong, in words for the person at the screen.

Two kinds of failure exist. The expected ones are here: each has a title and a sentence of advice, is raised
where a foreign error (SQLite, the operating system, a codec, torch) crosses into our code, and is shown as it
stands by the window and by the command line. Everything else is a mistake of ours and ends in a crash report.

    RecollectError
    ├── LibraryError ── LibraryBusy, LibraryNewer, LibraryDamaged, LibraryReadOnly, DiskFull
    ├── FolderError
    ├── ModelError ──── ModelMissing
    └── QueryError
"""

from __future__ import annotations


class RecollectError(Exception):
    """An expected failure: `title` says what happened, `advice` says what to do about it."""

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(f"{title} {advice}".strip())
        self.title = title
        self.advice = advice

    def __reduce__(self) -> tuple[type[RecollectError], tuple[str, str]]:
        # Pickled by its two parts, so that it crosses from a worker process unchanged.
        return type(self), (self.title, self.advice)


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


class ModelError(RecollectError):
    """A model cannot be loaded or run."""


class ModelMissing(ModelError):
    """No model of that name or at that place."""


class QueryError(RecollectError):
    """The words typed cannot be searched for."""

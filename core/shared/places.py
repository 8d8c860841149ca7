"""Where storages lie on this computer: `storages.json`, one file for all libraries on servers that it uses.

Beside the path are what only holds here: the device that it was on, what was mounted in it, why it cannot be listed.
A file that cannot be understood is as good as none: storages are recognised anew.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, TypeAlias

from filelock import FileLock, Timeout

from core.errors import LibraryError
from core.messages import folder_messages, library_errors
from core.store.connections import translated_os_errors
from core.store.records import pack_name
from core.store.whole_files import write_whole

_PATIENCE_S = 5.0
"""How long another program of this computer may take to write the file."""

_UP, _DOWN = 3, 2
"""How many folders above and below a known one are looked at."""

Stamp: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A storage on this computer.

    Attributes:
        path: the folder.
        device: what it was on when it was last listed.
        offline, fields: why it cannot be listed now: the code of a message and its fields, packed.
        mounts: where in it drives were mounted, with their device numbers.
    """

    path: str
    device: int | None = None
    offline: str | None = None
    fields: str = "{}"
    mounts: Mapping[str, int] = field(default_factory=dict[str, int])


class Places:
    """The places of storages, by name, as the file says at this moment. Any thread may call.

    Args:
        away: why those cannot be listed that have none (a code); None leaves them as the library has them.
    """

    def __init__(self, file: Path, away: str | None = folder_messages.NOT_HERE.code) -> None:
        self._file = file
        self._away: dict[str, object] = {} if away is None else {"": {"offline": away}}
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._places: dict[str, Place] = {}
        self._told = json.dumps(self._away)

    def told(self) -> str:
        """Return what the server is told of them: JSON, with paths as they are kept there, in hexadecimal."""
        self._follow()
        return self._told

    def of(self, name: str) -> Place | None:
        """Return the place of a storage; None if none is known."""
        self._follow()
        return self._places.get(name)

    def known(self) -> dict[str, Place]:
        """Return all places by the names of their storages, of whatever library."""
        self._follow()
        return dict(self._places)

    def put(self, name: str, place: Place) -> None:
        """Keep the place of a storage. It counts for this program even if it cannot be written.

        Raises:
            DiskFull, LibraryReadOnly, LibraryBusy: if it cannot be.
        """
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with translated_os_errors(self._file.parent), self._lock:
            try:
                with FileLock(self._file.with_name(f"{self._file.name}.lock"), timeout=_PATIENCE_S):
                    self._take({**self._read(), name: place})
                    written = {name: asdict(place) for name, place in self._places.items()}
                    write_whole(self._file, json.dumps(written, indent=2))
                    self._stamp = self._seen()
            except Timeout as error:
                raise LibraryError(library_errors.BUSY()) from error
            finally:
                self._take({**self._places, name: place})

    def _follow(self) -> None:
        """Read the file again if another program wrote it."""
        with self._lock:
            stamp = self._seen()
            if stamp is not None and stamp != self._stamp:
                self._take(self._read())
                self._stamp = stamp

    def _seen(self) -> Stamp | None:
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _read(self) -> dict[str, Place]:
        try:
            values: dict[str, dict[str, Any]] = json.loads(self._file.read_text(encoding="utf-8"))
            return {name: Place(**value) for name, value in values.items()}
        except (OSError, ValueError, RecursionError, TypeError, AttributeError):
            return {}

    def _take(self, places: dict[str, Place]) -> None:
        self._places = places
        told = {
            name: {"path": pack_name(place.path).hex(), "offline": place.offline, "fields": place.fields}
            for name, place in places.items()
        }
        self._told = json.dumps({**self._away, **told})


def around(folder: Path, added: str) -> Iterator[Path]:
    """Yield a folder, those above it, and in each of them what the path of a storage ends with."""
    names = (PureWindowsPath if "\\" in added else PurePosixPath)(added).parts[1:]
    for above in (folder, *folder.parents[:_UP]):
        yield above
        for count in range(1, min(_DOWN, len(names)) + 1):
            yield above.joinpath(*names[-count:])

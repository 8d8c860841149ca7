"""Where storages lie on this computer: `storages.json`, one file for all libraries on servers that it uses.

Beside the path are what only holds here: the device that it was on, what was mounted in it, why it cannot be listed.
What cannot be understood of the file is as good as none: those storages are recognised anew, and the file is put aside
before it is written again.
"""

from __future__ import annotations

import json
import re
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TypeAlias, cast

from filelock import FileLock, Timeout

from core.errors import LibraryError
from core.messages import folder_messages, library_errors
from core.store import reach
from core.store.atomic_files import write_whole
from core.store.connections import translated_os_errors
from core.store.records import pack_name

_PATIENCE_S = 5.0
"""How long another program of this computer may take to write the file."""

_UP, _DOWN = 3, 2
"""How many folders above and below a known one are looked at."""

_MOST_BYTES = 4_000_000
"""A file of places has a few hundred bytes for each; one that is larger was not written by this program."""
_MOST_FIELDS, _MOST_INNER, _MOST_PATH = 100_000, 16, 32_767
_NAME = re.compile(r"[0-9a-zA-Z-]{1,64}")
_CODE = re.compile(r"[0-9a-z_]{1,64}")
_DEVICES = range(-(2**63), 2**63)

Stamp: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A storage on this computer.

    Attributes:
        path: the folder.
        device: what it was on when it was last listed.
        offline, fields: why it cannot be listed now: the code of a message and its fields, packed.
        mounts: where in it drives were mounted, with their device numbers.
        away: its parts that were out of reach.
    """

    path: str
    device: int | None = None
    offline: str | None = None
    fields: str = "{}"
    mounts: Mapping[str, int] = field(default_factory=dict[str, int])
    away: Sequence[str] = field(default_factory=list[str])


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
        self._damaged = False
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
        with translated_os_errors(self._file.parent), self._lock:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with FileLock(self._file.with_name(f"{self._file.name}.lock"), timeout=_PATIENCE_S):
                    self._write({**self._read(), name: place})
            except Timeout as error:
                raise LibraryError(library_errors.BUSY()) from error
            finally:
                self._take({**self._places, name: place})

    def _write(self, places: dict[str, Place]) -> None:
        self._take(places)
        if self._damaged:
            with suppress(OSError):  # it is no loss that is worth a refusal
                self._file.replace(self._file.with_name(f"{self._file.stem}-damaged{self._file.suffix}"))
        write_whole(self._file, json.dumps({name: asdict(place) for name, place in places.items()}, indent=2))
        self._damaged = False
        self._stamp = self._seen()

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
        except (OSError, ValueError):
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _read(self) -> dict[str, Place]:
        """Return what the file says, where it can be understood; notes whether that is all of it."""
        written = _written(self._file)
        places = {name: place for name, place in map(_understood, written.items()) if place is not None}
        self._damaged = self._file.exists() and (len(places) < len(written) or not written)
        return places

    def _take(self, places: dict[str, Place]) -> None:
        self._places = places
        told = {
            name: {
                "path": pack_name(place.path).hex(),
                "offline": place.offline,
                "fields": place.fields,
                "away": reach.packed(place.away),
            }
            for name, place in places.items()
        }
        self._told = json.dumps({**self._away, **told})


def _written(file: Path) -> Mapping[str, object]:
    """Return what stands in a file of places; nothing where that is none."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            return {}
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
        values = json.loads(content) if len(content) <= _MOST_BYTES else None
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("Mapping[str, object]", values) if isinstance(values, dict) else {}


def _understood(entry: tuple[str, object]) -> tuple[str, Place | None]:
    """Return a place as it was written, by its name; None for what no program of ours writes."""
    name, value = entry
    if not _NAME.fullmatch(name) or not isinstance(value, dict):
        return name, None
    try:
        place = Place(**cast("dict[str, object]", value))  # pyright: ignore[reportArgumentType] - looked at below
    except TypeError:
        return name, None
    right = _is_path(place.path) and _is_device(place.device) and _is_reason(place) and _are_mounts(place.mounts)
    return name, place if right and _are_parts(place.away) else None


def _is_path(value: object) -> bool:
    if not isinstance(value, str) or "\0" in value or len(value) > _MOST_PATH or not Path(value).is_absolute():
        return False
    try:
        return bool(pack_name(value))
    except UnicodeEncodeError:  # half of a pair of surrogates, which no name of a file has
        return False


def _is_device(value: object) -> bool:
    return value is None or (type(value) is int and value in _DEVICES)


def _is_reason(place: Place) -> bool:
    """Tell whether why a place cannot be listed can be told to the server and to a person."""
    code, fields = cast("object", place.offline), cast("object", place.fields)
    if not (code is None or (isinstance(code, str) and _CODE.fullmatch(code))):
        return False
    if not isinstance(fields, str) or not fields.isascii() or len(fields) > _MOST_FIELDS:
        return False
    try:
        return fields.count("{") <= _MOST_INNER and isinstance(json.loads(fields), dict)
    except (ValueError, RecursionError):
        return False


def _are_mounts(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all(_is_device(device) and device is not None for device in cast("dict[str, object]", value).values())


def _are_parts(value: object) -> bool:
    if not isinstance(value, list):
        return False
    return all(isinstance(part, str) and _is_path(f"/{part}") for part in cast("Sequence[object]", value))


def around(folder: Path, added: str) -> Iterator[Path]:
    """Yield a folder, those above it, and in each of them what the path of a storage ends with."""
    names = (PureWindowsPath if "\\" in added else PurePosixPath)(added).parts[1:]
    for above in (folder, *folder.parents[:_UP]):
        yield above
        for count in range(1, min(_DOWN, len(names)) + 1):
            yield above.joinpath(*names[-count:])

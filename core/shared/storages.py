"""A library on a server, of which each computer knows where its storages lie there (`places`).

A storage is recognised by its files: those at both ends of its list have to be there with their sizes, and the
smallest of them with their bytes. So a computer that adds a folder that the library has already uses what is known of
it; and what lies where it was added, or beside what is known here, is found without being asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from core.drives import answered
from core.errors import DriveSilent, FolderError, LibraryError, LibraryReadOnly
from core.messages import Message, folder_messages
from core.messages.message import packed_fields
from core.paths import at_home
from core.photo import Root, fingerprint
from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.connections import Connections, ServerConnection
from core.shared.places import Place, Places, around
from core.shared.thumbnail_folder import Chosen, is_empty, made_folder, mark_of
from core.shared.thumbnails import ServerThumbnails
from core.store import folders
from core.store.records import unpack_name
from core.store.storages import Storage

_AT_EACH_END = 16
_MISSING_SHARE = 8
"""At most one in so many of the files looked for may be missing: deleted by somebody, or not yet copied."""
_READ = 3
_LARGEST = 64_000_000
_PATIENCE_S = 5.0

_STORAGES = "SELECT id, storage::text, path FROM roots ORDER BY id"
_FILES = (
    "(SELECT relative_path, size, fingerprint FROM files JOIN contents ON contents.id = content_id "
    "WHERE root_id = $1 ORDER BY relative_path {} LIMIT $2)"
)
_SAMPLE = f"{_FILES.format('')} UNION {_FILES.format('DESC')}"

_DEVICE_BITS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _File:
    relative_path: str
    size: int
    fingerprint: bytes


class ServerStorages:
    """The `core.store.storages.Storages` of a library on a server."""

    def __init__(self, connections: Connections, places: Places, thumbnails: ServerThumbnails) -> None:
        self._connections = connections
        self._places = places
        self._thumbnails = thumbnails

    def all(self) -> tuple[Storage, ...]:
        """Return the storages in the order they were added."""
        with self._connections.borrowed() as connection:
            rows = connection.plain(_STORAGES).fetchall()
        places = self._places.known()
        return tuple(
            Storage(number, name, unpack_name(path), Path(places[name].path) if name in places else None)
            for number, name, path in rows
        )

    def place(self, storage: Storage, path: Path) -> None:
        """Note that a storage lies at `path` on this computer.

        Raises:
            FolderError: if that cannot be listed, is another storage or holds other files.
        """
        folder = folders.absolute_path(path)
        folders.require_listable(folder)
        if any(one.here == folder and one.root_id != storage.root_id for one in self.all()):
            raise FolderError(folder_messages.STORAGE_TAKEN(folder=folder))
        sample = self._sample(storage)
        if sample and not answered(lambda: _holds(folder, sample), folder):
            raise FolderError(folder_messages.STORAGE_OTHER(folder=folder, storage=storage.added))
        self._places.put(storage.name, Place(str(folder)))

    def is_here(self, root_id: int) -> bool:
        """Return whether it is known where a folder lies on this computer; looks for it where it is likely to be."""
        storage = self.of(root_id)
        return storage is None or storage.here is not None or self._found(storage, self._likely)

    def thumbnail_folder(self) -> str | None:
        """Return where thumbnails are kept, as the computer that chose it writes paths; None: in the database."""
        chosen = self._thumbnails.chosen()
        return None if chosen is None else chosen.added

    def keep_thumbnails_in(self, folder: Path) -> int:
        """Keep thumbnails in a folder that all computers reach, or say where that lies here; return how many came.

        Raises:
            FolderError: if it is not empty and not theirs, or another one was chosen.
        """
        folder = folders.absolute_path(folder)
        folders.require_listable(folder)
        chosen, mark = self._thumbnails.chosen(), mark_of(folder)
        if chosen is not None and chosen.name != mark:
            raise FolderError(folder_messages.THUMBNAILS_ELSEWHERE(folder=chosen.added))
        if chosen is not None:
            self._places.put(chosen.name, Place(str(folder)))
            with suppress(LibraryReadOnly):  # whoever may only read says where it lies, and no more
                return self._thumbnails.carry_out(chosen)  # what is left, as after an interruption
            return 0
        if mark is None and not is_empty(folder):
            raise FolderError(folder_messages.THUMBNAILS_NOT_EMPTY(folder=folder))
        try:
            chosen = made_folder(folder) if mark is None else Chosen(mark, str(folder))
        except OSError as error:
            raise FolderError(folder_messages.THUMBNAILS_NOT_WRITTEN(folder=folder)) from error
        self._thumbnails.choose(chosen)
        self._places.put(chosen.name, Place(str(folder)))
        return self._thumbnails.carry_out(chosen)

    def keep_thumbnails_with_library(self) -> int:
        """Keep thumbnails in the database; return how many came back.

        Raises:
            FolderError: if the folder they are in cannot be reached.
        """
        chosen = self._thumbnails.chosen()
        if chosen is None:
            return 0
        count, left = self._thumbnails.carry_in(chosen)
        if left:
            raise FolderError(folder_messages.THUMBNAILS_OUT_OF_REACH(folder=chosen.added, count=left))
        self._thumbnails.choose(None)
        return count

    def look_around(self) -> None:
        """Look for the storages that are not known here where they are likely to be."""
        for storage in self.all():
            if storage.here is None:
                self._found(storage, self._likely)

    def recognised(self, folder: Path) -> Storage | None:
        """Look for storages that are not known here in a folder and around it; return the one that it is, if any."""
        for storage in self.all():
            if storage.here is None:
                self._found(storage, lambda one: around(folder, one.added))
        return next((storage for storage in self.all() if storage.here == folder), None)

    def of(self, root_id: int) -> Storage | None:
        """Return a storage; None if it is in the library no more."""
        return next((one for one in self.all() if one.root_id == root_id), None)

    def _found(self, storage: Storage, where: Callable[[Storage], Iterator[Path]]) -> bool:
        sample = self._sample(storage)
        is_it = partial(_holds, sample=sample) if sample else partial(_is_shared_path, added=storage.added)
        taken = {one.here for one in self.all()}
        wanted = [path for path in dict.fromkeys(where(storage)) if path not in taken]
        look = lambda: next((path for path in wanted if is_it(path)), None)  # noqa: E731 - named for its line
        try:
            found = answered(look, Path(storage.added), _PATIENCE_S)
        except DriveSilent:
            return False
        if found is not None:
            with suppress(LibraryError):  # it counts for this program, and is looked for again by the next
                self._places.put(storage.name, Place(str(found)))
        return found is not None

    def _likely(self, storage: Storage) -> Iterator[Path]:
        added = Path(storage.added)
        if added.is_absolute():
            yield added
        for place in self._places.known().values():
            yield from around(Path(place.path), storage.added)

    def _sample(self, storage: Storage) -> list[_File]:
        with self._connections.borrowed() as connection:
            rows = connection.plain(_SAMPLE, (storage.root_id, _AT_EACH_END)).fetchall()
        return [_File(unpack_name(name), size, bytes(known)) for name, size, known in rows]


def _is_shared_path(folder: Path, added: str) -> bool:
    """Return whether a storage in which nothing was indexed yet lies in a folder: where it was added, as a drive does.

    What is in a user's own folder is called alike on every computer, and is another one on each.
    """
    home = at_home("~")
    return folder == Path(added) and not folder.is_relative_to(home) and folder.is_dir()


def _holds(folder: Path, sample: list[_File]) -> bool:
    """Return whether the files of a storage lie in a folder."""
    there = [file for file in sample if _size(folder / file.relative_path) == file.size]
    if not there or (len(sample) - len(there)) * _MISSING_SHARE > len(sample):
        return False
    smallest = sorted(there, key=lambda file: file.size)[:_READ]
    return all(_is_same(folder / file.relative_path, file) for file in smallest if file.size <= _LARGEST)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return None


def _is_same(path: Path, file: _File) -> bool:
    try:
        return fingerprint(path.read_bytes()) == file.fingerprint
    except OSError:
        return False


class PlacedCatalog(ServerCatalog):
    """A library on a server whose folders lie where this computer knows: a `core.store.Catalog`.

    Why one cannot be listed, and on which device it was, is each computer's own as well.
    """

    def __init__(
        self, address: Address, storages_file: Path, *, write: bool, today: Callable[[], date] = date.today
    ) -> None:
        self._places = Places(storages_file)
        super().__init__(address, write=write, today=today, places=self._places)
        self._server_storages = self.storages = ServerStorages(self._connections, self._places, self._server_thumbnails)
        try:
            self._server_storages.look_around()
        except BaseException:
            self.close()
            raise

    def add_root(self, path: Path) -> Root:
        """Add a folder, or use what another computer knows of it.

        Raises:
            FolderError: if it cannot be listed, or the library has it already.
        """
        folders.require_listable(path)
        folder = folders.absolute_path(path)
        before = self._server_storages.all()
        known = self._server_storages.recognised(folder)
        if known is not None and known not in before:
            return self._root(known.root_id)
        with self._transaction() as connection:
            root_id = folders.add(connection, path)
            self._places.put(_name(connection, root_id), Place(str(folder)))
        return self._root(root_id)

    def set_offline(self, root_id: int, reason: Message) -> None:
        """Note that a folder cannot be listed now on this computer; its rows stay."""
        self._change(root_id, lambda place: replace(place, offline=reason.code, fields=packed_fields(reason)))

    def set_online(self, root_id: int, device: int | None) -> None:
        """Note that a folder was listed, and on which device of this computer, None to leave that as it was."""
        known = {} if device is None else {"device": device & _DEVICE_BITS}
        self._change(root_id, lambda place: replace(place, offline=None, fields="{}", **known))

    def was_on_device(self, root_id: int, device: int) -> bool:
        """Return whether a folder was on this device when it was last listed on this computer."""
        place = self._place(root_id)
        return place is not None and place.device == device & _DEVICE_BITS

    def mounts(self, root_id: int) -> dict[str, int]:
        """Return where in a folder drives were mounted when it was last listed on this computer."""
        place = self._place(root_id)
        return {} if place is None else dict(place.mounts)

    def set_mounts(self, root_id: int, mounts: Mapping[str, int], away: Iterable[str]) -> None:
        """Remember where in a folder drives are mounted and what of it is out of reach, in the place of what was."""
        self._change(root_id, lambda place: replace(place, mounts=dict(mounts), away=sorted(away)))

    def revision(self) -> tuple[object, str]:
        """Return a value that is another one after anything was recorded, or a storage was placed here."""
        return super().revision(), self._places.told()

    def _place(self, root_id: int) -> Place | None:
        storage = self._server_storages.of(root_id)
        return None if storage is None else self._places.of(storage.name)

    def _change(self, root_id: int, change: Callable[[Place], Place]) -> None:
        storage = self._server_storages.of(root_id)
        place = None if storage is None else self._places.of(storage.name)
        if storage is not None and place is not None:
            self._places.put(storage.name, change(place))

    def _root(self, root_id: int) -> Root:
        return next(root for root in self.roots() if root.root_id == root_id)


def _name(connection: ServerConnection, root_id: int) -> str:
    (name,) = connection.plain("SELECT storage::text FROM roots WHERE id = $1", (root_id,)).fetchone() or ("",)
    return str(name)

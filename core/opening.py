"""A library is opened where it is: in a folder, or on a server that was named.

What speaks to a server is imported for one on a server only: everybody else needs none of it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING

from core.errors import LibraryError
from core.folder_copies import folder_source, folder_target
from core.messages import library_errors
from core.paths import LibraryPaths
from core.server_address import Tried
from core.store import Catalog, Store, store
from core.store.tables import CopySource, CopyTarget
from core.user_data import UserData

if TYPE_CHECKING:
    from core.shared.address import Address


def opened_catalog(layout: LibraryPaths, *, write: bool, today: Callable[[], date] = date.today) -> Catalog:
    """Open a library's catalogue, or make it when writing.

    Raises:
        LibraryError: as the files are, or the server.
    """
    if layout.server is None:
        return Store.open(layout, write=write, today=today)
    address = _address(layout.server)
    from core.shared.storages import PlacedCatalog

    return PlacedCatalog(address, layout.storages, write=write, today=today)


def require_library(layout: LibraryPaths) -> None:
    """Look whether there is a library in a folder, before it is opened for writing, which would make one.

    Raises:
        LibraryError: if there is none.
    """
    if layout.server is None:
        store.require_library(layout)


def opened_user_data(layout: LibraryPaths, *, write: bool) -> UserData:
    """Open what was said of a library's photos, once its catalogue is open.

    Raises:
        LibraryError: as the file is, or the server.
    """
    if layout.server is None:
        return UserData.open(layout, write=write)
    address = _address(layout.server)
    from core.shared.user_data import ServerUserDatabase

    return UserData(ServerUserDatabase(address, write=write))


def copy_source(layout: LibraryPaths) -> AbstractContextManager[CopySource]:
    """Open a library to be copied elsewhere.

    Raises:
        LibraryError: as its files are, or the server.
    """
    if layout.server is None:
        return folder_source(layout)
    address = _address(layout.server)
    from core.shared.copying import server_source

    return server_source(address, layout.storages)


def copy_target(layout: LibraryPaths) -> AbstractContextManager[CopyTarget]:
    """Make a library to be filled, where none is, or go on with one that was not finished.

    Raises:
        LibraryError: if there is one.
        LibraryBusy: if another program fills it.
    """
    if layout.server is None:
        return folder_target(layout)
    address = _address(layout.server)
    from core.shared.copying import server_target

    return server_target(address, layout.folder)


def tried(written: str) -> Tried:
    """Look at an address before its library is opened; nothing is changed there.

    Raises:
        LibraryError: with the reason, if none can be opened or made there.
    """
    address = _address(written)
    from core.shared.connection_test import tried

    return tried(address)


def shown_place(layout: LibraryPaths) -> str:
    """Return where a library is, to be shown."""
    return str(layout.folder) if layout.server is None else _address(layout.server).shown


def _address(server: str) -> Address:
    if importlib.util.find_spec("psycopg") is None:  # an extra
        raise LibraryError(library_errors.SERVER_EXTRA())
    from core.shared.address import read_address

    return read_address(server)

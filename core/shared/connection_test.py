"""A look at an address before a library is opened there: what is wrong with it, or what would be opened."""

from __future__ import annotations

import psycopg

from core.errors import LibraryError, LibraryReadOnly
from core.messages import library_errors
from core.server_address import Tried
from core.shared.address import Address
from core.shared.connection_errors import no_answer
from core.shared.connections import Connections, Raw, ServerConnection, run, translated_errors
from core.shared.schema import bring_up_to_date, is_unfinished

_RIGHTS = (
    "SELECT to_regnamespace($1) IS NOT NULL, has_database_privilege(current_database(), 'CREATE'), "
    "CASE WHEN to_regnamespace($1) IS NULL THEN false ELSE has_schema_privilege($1, 'USAGE') END"
)
_MAY_WRITE = "SELECT has_table_privilege($1, 'INSERT')"


def tried(address: Address) -> Tried:
    """Return what is at an address; nothing is changed there.

    Raises:
        LibraryNewer: if a newer Recollect made it.
        LibraryError: if nothing can be opened or made there, with the reason.
    """
    connection = _connected(address)
    try:
        with translated_errors():
            return _found(connection.raw, address)
    finally:
        connection.raw.close()


def _connected(address: Address) -> ServerConnection:
    try:
        return Connections(address).open()
    except LibraryError as error:
        silent = no_answer(str(error.__cause__), address.shown) if isinstance(error.__cause__, psycopg.Error) else None
        if silent is None:
            raise
        raise LibraryError(silent) from error.__cause__


def _found(raw: Raw, address: Address) -> Tried:
    there, may_make, may_look = run(raw, _RIGHTS, (address.name,)).fetchone() or (False, False, False)
    if not there:
        if not may_make:
            raise LibraryReadOnly(library_errors.SERVER_MAY_NOT_MAKE())
        return Tried(address.shown, has_library=False, writable=True)
    if not may_look:
        raise LibraryReadOnly(library_errors.SERVER_NO_RIGHT(schema=f"{address.name}, {address.said}"))
    if is_unfinished(raw, address):
        raise LibraryError(library_errors.COPY_UNFINISHED(address=address.shown))
    (writable,) = run(raw, _MAY_WRITE, (f"{address.name}.contents",)).fetchone() or (False,)
    try:
        bring_up_to_date(raw, address, write=False)
    except LibraryError as error:
        if error.message.code != library_errors.NOT_ON_SERVER.code or not writable:
            raise  # whoever may write brings it up to date by opening it
    return Tried(address.shown, has_library=True, writable=bool(writable))

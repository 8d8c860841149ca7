"""Whose favourites, albums and the like a user of the server sees: those of all, or its own.

An administrator decides by making a schema for a user: `recollect_said_ann` for the role `ann`. Without one, a user
shares what everybody says, and changes it if the role has the right to.
"""

from __future__ import annotations

from dataclasses import replace

from core.shared.address import Address
from core.shared.connections import Connections, Raw, run, translated_errors

# Only names that need no quotation marks: they are written into statements.
_OWN = (
    "SELECT nspname::text FROM pg_namespace WHERE nspname = $1::text || '_' || current_user "
    "AND nspname ~ '^[a-z0-9_]+$' AND has_schema_privilege(oid, 'USAGE')"
)


def with_own_said(raw: Raw, address: Address) -> Address:
    """Return an address as it is for the user of a connection."""
    row = run(raw, _OWN, (f"{address.name}_said",)).fetchone()
    return address if row is None else replace(address, own_said=str(row[0]))


def address_of_user(address: Address) -> Address:
    """Return an address as it is for the user it names.

    Raises:
        LibraryError: if the server cannot be reached.
    """
    connection = Connections(address).open()
    try:
        with translated_errors():
            return with_own_said(connection.raw, address)
    finally:
        connection.raw.close()

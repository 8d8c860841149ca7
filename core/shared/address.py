"""Which library on which server: `postgresql://user@host/database`, as libpq understands it.

Passwords, certificates, services and the like are libpq's own affair (pgpass, `PGSERVICE`, `sslmode`, …):
https://www.postgresql.org/docs/current/libpq-connect.html. One word is ours: `?library=NAME` says which of several
libraries in one database is meant.
"""

from __future__ import annotations

import os
import re
import uuid
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from core.errors import LibraryError
from core.messages import library_errors

DEFAULT_NAME = "recollect"

_OURS = "library"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


def this_program() -> str:
    """Return what this program is called by in news: another name on each computer, and for each process."""
    return f"{uuid.getnode():x}-{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Address:
    """A library on a server.

    Attributes:
        conninfo: what libpq is given.
        name: the schema that its tables are in; what people say of photos is in `said`.
        shown: the address without its password.
        own_said: the schema of what this user alone says of photos, where there is one (`core.shared.user_data_owner`).
        program: what this program is called by in news of the library.
    """

    conninfo: str
    name: str
    shown: str
    own_said: str | None = None
    program: str = field(default_factory=this_program, compare=False)

    @property
    def said(self) -> str:
        return self.own_said or f"{self.name}_said"


def read_address(written: str) -> Address:
    """Return what an address means.

    Raises:
        LibraryError: if it cannot be one.
    """
    try:
        parts = urlsplit(written)
        asked = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise LibraryError(library_errors.NO_ADDRESS(address=_without_password(written))) from error
    name = dict(asked).get(_OURS, DEFAULT_NAME)
    if not _NAME.fullmatch(name):
        raise LibraryError(library_errors.NO_ADDRESS(address=_without_password(written)))
    others = urlencode([(key, value) for key, value in asked if key != _OURS])
    conninfo = f"{parts.scheme}://{parts.netloc}{parts.path}" + (f"?{others}" if others else "")
    return Address(conninfo, name, _without_password(written))


def _without_password(written: str) -> str:
    """Return an address as it may be shown and logged."""
    hidden = re.sub(r"^([a-z]+://[^/@:?]*):[^/@]*@", r"\1@", written)
    return re.sub(r"([?&]password=)[^&]*", r"\1…", hidden)

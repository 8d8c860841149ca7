"""Addresses of libraries on servers: made of what is typed, shortened to be shown; and what is found at one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

_SCHEME = re.compile(r"postgres(ql)?://")


@dataclass(frozen=True, slots=True)
class Tried:
    """A library on a server that can be opened, or made.

    Attributes:
        shown: its address without a password.
        has_library: False if one will be made there.
        writable: False if this user may only search.
    """

    shown: str
    has_library: bool
    writable: bool


def written_address(host: str, database: str, user: str) -> str:
    """Return the address of a database on a host (`HOST`, `HOST:PORT`, `[::1]:PORT`, or the folder of a socket)."""
    user = f"{quote(user.strip(), safe='')}@" if user.strip() else ""
    host, database = host.strip(), quote(database.strip(), safe="")
    if host.startswith("/"):
        return f"postgresql://{user}/{database}?host={quote(host)}"
    return f"postgresql://{user}{host}/{database}"


def understood_address(written: str) -> str:
    """Return an address as it may be kept: the name of a service becomes one, and a password is left out."""
    written = written.strip()
    if not _SCHEME.match(written):
        return f"postgresql://?service={quote(written.removeprefix('service='), safe='')}"
    written = re.sub(r"^([a-z]+://[^/@:?]*):[^/@]*@", r"\1@", written)
    written = re.sub(r"(?<=[?&])password=[^&]*(&|$)", "", written)
    return written.rstrip("?&")


def short_address(address: str) -> str:
    """Return an address as a window's title has room for it: the database on its server, or its service."""
    library = re.search(r"[?&]library=([^&]+)", address)
    suffix = f" ({library[1]})" if library else ""
    service = re.search(r"[?&]service=([^&]+)", address)
    if service:
        return f"{service[1]}{suffix}"
    rest = re.sub(r"^[^@/]*@", "", _SCHEME.sub("", address)).partition("?")[0]
    host, _, database = rest.partition("/")
    return f"{database or 'postgres'}{suffix} · {host}" if host else f"{database or 'postgres'}{suffix}"

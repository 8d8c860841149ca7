"""Why there is no connection, told from what libpq and the server say: errors of a connection carry no code.

The client's words are always English; the server's are in its own language. Those that are not known are still told
from a server that does not answer at all: it puts a severity before them, and two spaces (`FATAL:  …`).
"""

from __future__ import annotations

import re

from core.messages import Message, library_errors
from core.messages.message import Wording

_ANSWERED = re.compile(r"failed: [^:\n]{2,30}:  ")
_KNOWN: tuple[tuple[re.Pattern[str], Wording], ...] = (
    (re.compile(r"failed to resolve host|could not translate host name"), library_errors.SERVER_NOT_FOUND),
    (re.compile(r"definition of service .* not found"), library_errors.SERVER_NO_SERVICE),
    (re.compile(r"password authentication failed|no password supplied"), library_errors.SERVER_PASSWORD),
    (re.compile(r'database ".*" does not exist'), library_errors.SERVER_NO_DATABASE),
    (re.compile(r"certificate|SSL was required|not support SSL"), library_errors.SERVER_NOT_SAFE),
    (re.compile(r"the database system is"), library_errors.SERVER_AWAY),  # starting up, shutting down
    (re.compile(r"too many (connections|clients)|remaining connection slots"), library_errors.SERVER_AWAY),
    (re.compile(r"terminating connection"), library_errors.SERVER_AWAY),
    (_ANSWERED, library_errors.SERVER_REFUSES),
)
_BEFORE = re.compile(r"^(connection failed|connection is bad): ")


def no_connection(said: str) -> Message:
    """Return what it means that a connection was not made, or was lost."""
    return (_known(said) or library_errors.SERVER_AWAY)(detail=_detail(said))


def no_answer(said: str, address: str) -> Message | None:
    """Return that no server was found at an address that was never used before; None if one answered."""
    return None if _known(said) else library_errors.SERVER_SILENT(address=address, detail=_detail(said))


def _known(said: str) -> Wording | None:
    return next((one for pattern, one in _KNOWN if pattern.search(said)), None)


def _detail(said: str) -> str:
    return _BEFORE.sub("", " ".join(said.split())) or "-"

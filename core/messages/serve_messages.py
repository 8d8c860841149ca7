"""What the local web server says: why it does not start, and why a request has no answer."""

from __future__ import annotations

from core.messages.message import Wording

ADDRESS_TAKEN = Wording(
    "serve_address_taken",
    "Another program already answers at {host}:{port}.",
    "Choose another port with --port, or end the other program.",
)
ADDRESS_UNKNOWN = Wording(
    "serve_address_unknown",
    "This computer has no address “{host}”.",
    "Leave --host out for this computer alone, or name one of its own addresses; 0.0.0.0 means all of them.",
)
TOKEN_NEEDED = Wording(
    "serve_token_needed",
    "This page needs the key of the library.",
    "Open the whole address that `recollect serve` printed, or send its token: “Authorization: Bearer TOKEN”.",
)
STRANGE_HOST = Wording(
    "serve_strange_host",
    "This request came under the name “{host}”, which is not one of this computer's.",
    "Use the address that `recollect serve` printed, or start it with --name and this name.",
)
STRANGE_ORIGIN = Wording(
    "serve_strange_origin", "A page of “{origin}” may not ask this library.", "Open the library's own page."
)
BAD_VALUE = Wording("serve_bad_value", "“{name}” is not what it should be: {wanted}.")
NO_SUCH_PHOTO = Wording("serve_no_such_photo", "The library has no photo {number}.", "Search again: it may have left.")
OUT_OF_REACH = Wording(
    "serve_out_of_reach",
    "The photo itself is not within reach now.",
    "Connect the drive it is on. Its thumbnail is here meanwhile.",
)
NO_SUCH_PAGE = Wording("serve_no_such_page", "There is nothing at this address.", "See /api/openapi.json.")
ONLY_READING = Wording(
    "serve_only_reading", "This library is served for reading only.", "Start it with `recollect serve --write`."
)
FAILED = Wording(
    "serve_failed", "Recollect made a mistake in answering this.", "The log in the library's folder says which."
)

"""Work on a library whose server may go away meanwhile: it is waited for, and the work begun again."""

from __future__ import annotations

import time
from collections.abc import Callable

from core.errors import LibraryError
from core.events import Control, Finished
from core.library import Library
from core.messages import library_errors

LOOK_S = 1.0
"""How often it is tried whether a server is back."""


def patiently(
    begin: Callable[[], Finished | None], library: Library, control: Control, tell: Callable[[str], None]
) -> Finished | None:
    """Begin, and begin again once a server that went away is back: what was recorded until then is not done twice.

    Raises:
        LibraryError: if anything else is wrong.
    """
    while not control.stopped:
        try:
            return begin()
        except LibraryError as error:
            if not _is_away(error):
                raise
            tell(str(error))
        while not control.stopped and not _answers(library):
            time.sleep(LOOK_S)
    return None


def _answers(library: Library) -> bool:
    try:
        library.roots()
    except LibraryError as error:
        if not _is_away(error):
            raise
        return False
    return True


def _is_away(error: LibraryError) -> bool:
    return error.message.code == library_errors.SERVER_AWAY.code

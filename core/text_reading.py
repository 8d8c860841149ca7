"""Reading what is written in the photos of a library, those first that look as if there were something to read.

A photo takes about a second of one processor, so that a large library takes hours. But few photos carry text, and
screenshots, documents and signs look like what they are: the vectors that are there already tell which come first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.answering import Answering
from core.errors import RecollectError
from core.events import Control, Event
from core.ocr import networks
from core.ocr.work import TextPool, require_reader
from core.query import Query, Term, Words
from core.setting_names import FOLDERS_WITHOUT_TEXT
from core.store import Catalog

_CARRYING_TEXT = ("a screenshot with text", "a printed page", "a receipt", "a sign with words on it", "a poster")


class TextReading:
    """What is still to be read in a library, and its reading. Any thread may call."""

    def __init__(self, store: Catalog, answering: Answering) -> None:
        self._store = store
        self._answering = answering

    def due(self) -> int:
        """Return how many photos nobody has read yet; none where no reader is installed."""
        return len(self._due()) if is_installed() else 0

    def run(self, control: Control) -> Generator[Event]:
        """Read them. Stopping the control, or closing the generator, keeps what was read.

        Raises:
            RecollectError: if there is no reader, it cannot be started, or the library cannot take what was read.
        """
        from core.indexer.text_pass import TextPass

        require_reader()
        due = self._due()
        if len(due):
            yield from TextPass(self._store, TextPool, networks.VERSION, self._in_order(due)).run(control)

    def _due(self) -> NDArray[np.int64]:
        return self._store.text_due(networks.VERSION, self.left_out())

    def left_out(self) -> tuple[int, ...]:
        """Return the folders in whose pictures no text is read."""
        value: object = self._store.setting(FOLDERS_WITHOUT_TEXT, [])
        numbers = cast("list[object]", value) if isinstance(value, list) else []
        return tuple(one for one in numbers if isinstance(one, int))

    def leave_out(self, root_id: int, left: bool) -> None:
        """Read no text in the pictures of a folder, or read it again. What was read is kept."""
        others = [one for one in self.left_out() if one != root_id]
        self._store.set_setting(FOLDERS_WITHOUT_TEXT, [*others, root_id] if left else others)

    def _in_order(self, due: NDArray[np.int64]) -> list[int]:
        """Return photos by how much they look like things with writing; those without a vector at the end."""
        ranked = np.empty(0, np.int64)
        with contextlib.suppress(RecollectError):  # without a model they come as they are: the newest first
            meaning = self._answering.load().meaning
            wanted = Query(tuple(Term(Words(text)) for text in _CARRYING_TEXT))
            found = meaning.rank(wanted, np.sort(due), len(due))
            ranked = ranked if found is None else found.ids
        return [*ranked.tolist(), *due[~np.isin(due, ranked)].tolist()]


def is_installed() -> bool:
    """Return whether this installation can read text."""
    with contextlib.suppress(RecollectError):
        require_reader()
        return True
    return False

"""Photos that show the same picture or the same moment, or are of one shot, are one row of an answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from core.groups import Groups
from core.query import Filter, Query, Text
from core.query.value import facts_in
from core.results import Results


class Folding:
    """The groups of a library, and answers in which one photo stands for each. Any thread may call.

    Args:
        ask: asks the library for its groups; they are kept until they change.
    """

    def __init__(self, ask: Callable[[], Groups]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._groups: Groups | None = None

    def groups(self) -> Groups:
        """Return the groups.

        Raises:
            LibraryError: if the library cannot be read.
        """
        with self._lock:
            if self._groups is None:
                self._groups = self._ask()
            return self._groups

    def forget(self) -> None:
        """Ask again the next time: other groups were recorded."""
        with self._lock:
            self._groups = None

    def find(self, query: Query, find: Callable[[Query], Results], *, listings: bool = False) -> Results:
        """Return the answer to a question with its groups folded; `find` answers it photo by photo.

        Where duplicates are asked for, each of them is to be seen; so is every photo of a listing, which is no
        ranking: whoever asks for facts wants exactly the photos that have them. With `listings` only the RAW file
        and the JPEG of one shot are one in it.
        """
        if _asks_for_duplicates(query.filter) or not (query.terms or listings):
            return find(query)
        groups = self.groups()
        if not len(groups):
            return find(query)
        if not query.terms:
            found = find(query)
            return found.fold(groups, shots_only=True) if groups.shots.any() else found
        limit = query.limit
        wider = query if limit is None else replace(query, limit=limit + min(limit, len(groups)))
        found = find(wider)
        return replace(found.fold(groups, limit), query=query)


def _asks_for_duplicates(asked: Filter) -> bool:
    return any(fact.field == "is" and Text("duplicate") in fact.values for fact in facts_in(asked))

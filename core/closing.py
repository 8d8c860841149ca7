"""Closing of what each waits for processes of its own: at once, so that it takes as long as the slowest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable


def close_together(closings: Iterable[Callable[[], None]]) -> None:
    """Call each of these in a thread of its own, and wait for all; raises what one of them raised."""
    failures: list[BaseException] = []

    def carry_out(close: Callable[[], None]) -> None:
        try:
            close()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=carry_out, args=(close,), name="closing") for close in closings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]

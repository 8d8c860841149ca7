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

    threads: list[threading.Thread] = []
    for close in closings:
        thread = threading.Thread(target=carry_out, args=(close,), name="closing")
        try:
            thread.start()
        except RuntimeError:  # no memory for one more
            carry_out(close)
        else:
            threads.append(thread)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]

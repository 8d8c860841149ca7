"""`make bench`: the figures that README quotes, each a ratio measured in one run on photos made here.

python -m tests.benchmarks                 all of them
python -m tests.benchmarks ranking opening only these
python -m tests.benchmarks families        every model of the list in its true size: half an hour, only if asked for
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable

from tests.benchmarks import (
    cores,
    engines,
    families,
    filters,
    indexing,
    loading,
    ranking,
    reading,
    scrolling,
    searching,
    starting,
    typing,
    window,
)

BENCHMARKS: dict[str, Callable[[], None]] = {
    "ranking": ranking.ranking,
    "opening": ranking.opening,
    "loading": loading.loading,
    "filters": filters.filters,
    "decoding": indexing.decoding,
    "indexing": indexing.overlap,
    "cores": cores.cores,
    "starting": starting.starting,
    "idle": starting.idle,
    "memory": indexing.memory,
    "searching": searching.while_indexing,
    "typing": typing.typing,
    "reading": reading.reading,
    "window": window.stalls,
    "scrolling": scrolling.scrolling,
    "engines": engines.engines,
}
ONLY_IF_ASKED: dict[str, Callable[[], None]] = {"families": families.families, **families.STORIES}


def main() -> int:
    wanted = sys.argv[1:] or list(BENCHMARKS)
    known = BENCHMARKS | ONLY_IF_ASKED
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"no benchmark named {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for name in wanted:
        known[name]()
    return 0


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())

"""`make bench`: the figures that README quotes, each a ratio measured in one run on photos made here.

python -m tests.benchmarks                 all of them
python -m tests.benchmarks ranking opening only these
python -m tests.benchmarks families        every model of the list in its true size: half an hour, only if asked for
"""

from __future__ import annotations

import compileall
import multiprocessing
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import (
    cores,
    engines,
    families,
    filters,
    indexing,
    loading,
    million,
    ranking,
    rclip,
    reading,
    scrolling,
    searching,
    shared,
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
    "million": million.million,
    "engines": engines.engines,
    "rclip": rclip.rclip,
}
ONLY_IF_ASKED: dict[str, Callable[[], None]] = {
    "families": families.families,
    **families.STORIES,
    "shared": shared.shared,
}

WITH_WINDOW = {"typing", "window", "scrolling"}  # in a process of its own each: Qt has one application a process


def measure(name: str) -> int:
    """Run one benchmark; 0 unless the process it has of its own failed."""
    benchmark = (BENCHMARKS | ONLY_IF_ASKED)[name]
    if name not in WITH_WINDOW:
        benchmark()
        return 0
    process = multiprocessing.get_context("spawn").Process(target=benchmark)
    process.start()
    process.join()
    return int(process.exitcode != 0)


def compile_as_installed() -> None:
    """Let processes that are measured begin as an installed program does, with its bytecode."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for package in ("app", "core"):
        compileall.compile_dir(Path(__file__).parents[2] / package, quiet=2)


def main() -> int:
    wanted = sys.argv[1:] or list(BENCHMARKS)
    known = BENCHMARKS | ONLY_IF_ASKED
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"no benchmark named {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    compile_as_installed()
    return max(measure(name) for name in wanted)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())

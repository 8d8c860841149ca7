"""A run's own share of the work, where several programs index one library at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

from core.events import Control
from core.indexer.embedding import Picture
from core.indexer.progress import ProgressMeter
from core.indexer.tasks import ReadFile, Task
from core.store import Catalog

_FILES_AT_ONCE = 64
"""Claimed in one question: few enough that nobody runs out of work while another one has much."""
_LOOK_S = 0.2
_PATIENCE_S = 30.0
"""How long a run waits in the end for what others embed and it has a file of, too; the next run finds it else."""

Elsewhere = list[tuple[bytes, ReadFile]]
"""Files whose content another program is embedding."""


def own_tasks(store: Catalog, model: str, tasks: Iterator[Task], meter: ProgressMeter) -> Iterator[Task]:
    """Yield the tasks that no other program is at."""
    if not store.has_others:
        yield from tasks
        return
    while some := list(islice(tasks, _FILES_AT_ONCE)):
        mine = store.claimed_files(model, [task.file for task in some if isinstance(task, ReadFile)])
        for task in some:
            if not isinstance(task, ReadFile) or task.file in mine:
                yield task
            else:
                meter.total -= 1


def own_pictures(store: Catalog, model: str, pictures: list[Picture]) -> tuple[list[Picture], list[Picture]]:
    """Return the pictures to be embedded here, and those that another program embeds or has embedded."""
    mine = store.claimed_contents(model, [picture.fingerprint for picture in pictures])
    return (
        [picture for picture in pictures if picture.fingerprint in mine],
        [picture for picture in pictures if picture.fingerprint not in mine],
    )


def embedded_elsewhere(store: Catalog, model: str, elsewhere: Elsewhere, control: Control) -> Iterator[Task]:
    """Yield the files whose content others have embedded by now, as they do."""
    until = time.monotonic() + _PATIENCE_S
    while elsewhere and not control.stopped and time.monotonic() < until:
        waiting: Elsewhere = []
        for fingerprint, task in elsewhere:
            known = store.content_of(fingerprint, model)
            if known is not None and known.searchable:
                yield task
            else:
                waiting.append((fingerprint, task))
        if waiting:
            time.sleep(_LOOK_S)
        elsewhere = waiting

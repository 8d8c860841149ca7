"""The way of a photo from a folder into the library, as one generator of events.

    folder_scan  list a folder, compare it with the store, decide whether it can be believed
    tasks        what the pipeline is given to do
    pipeline     decode ahead, encode one batch at a time
    batch_writer  what was found, written in batches and told of
    sharing      the own share, where several programs index at once
    embedding    a batch through the encoder: the pixels of all parts in, the vectors of each picture out
    progress     how far, how fast, how long still
    warm_pool    workers and model, ready before they are needed and between two runs
    indexer      one pass over the folders: scans, pipeline, and in the end what is forgotten

Forgetting comes last: until every new file has been read, a file that vanished here may still turn up there, and
then keeps its vector.

Both names below are imported when they are first asked for: a question needs neither.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.indexer.indexer import Indexer
    from core.indexer.warm_pool import WarmPool

__all__ = ["Indexer", "WarmPool"]

_LATE = {"Indexer": "core.indexer.indexer", "WarmPool": "core.indexer.warm_pool"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_LATE[name]), name)

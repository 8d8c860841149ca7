"""The way of a photo from a folder into the library, as one generator of events.

    survey     list a folder, compare it with the store, decide whether it can be believed
    pipeline   decode ahead, encode one batch at a time, commit each batch
    pace       how far, how fast, how long still
    standby    workers and model, ready before they are needed and between two runs
    indexer    one pass over the folders: surveys, pipeline, and in the end what is forgotten

Forgetting comes last: until every new file has been read, a file that vanished here may still turn up there, and
then keeps its vector.
"""

from core.indexer.indexer import Indexer
from core.indexer.warm_pool import WarmPool

__all__ = ["Indexer", "WarmPool"]

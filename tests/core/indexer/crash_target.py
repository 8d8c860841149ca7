"""The program that `test_crash` kills: indexes a folder with the fake encoder, logging what it embeds.

A line goes to the log for every photo of a batch once the batch is committed, and to another log for every photo
handed to the encoder. Run as `python -m tests.core.indexer.crash_target LIBRARY PHOTOS LOGS`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.events import Control, Indexed
from core.indexer import Indexer
from core.paths import LibraryPaths
from core.store import Store
from tests.core.fakes import FakeEncoder, FakePool


class LoggingEncoder(FakeEncoder):
    """Writes which pictures it is given, before it answers."""

    def __init__(self, log: Path) -> None:
        super().__init__(batch_size=4, delay=0.004)
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        os.write(self._log, b"".join(picture.tobytes().hex().encode() + b"\n" for picture in pixels))
        return super().encode_images(pixels)


def main(library: Path, photos: Path, logs: Path) -> None:
    committed = os.open(logs / "committed", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with Store.open(LibraryPaths(library)) as store:
        if not store.roots():
            store.add_root(photos)
        encoder = LoggingEncoder(logs / "encoded")
        for event in Indexer(store, encoder, FakePool, settle_seconds=0).run(Control()):
            if isinstance(event, Indexed):
                os.write(committed, b"".join(f"{content_id}\n".encode() for content_id in event.content_ids))
        os.write(committed, b"finished\n")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))

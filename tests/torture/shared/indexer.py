"""A program that indexes a library on a server again and again until told to stop, whatever the server does.

Run as `python -m tests.torture.shared.indexer FOLDER ADDRESS DELAY`; it stops once FOLDER/stop is there.
"""

from __future__ import annotations

import faulthandler
import json
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from core.errors import LibraryError
from core.events import Control, Event, Finished, Skipped
from core.library import Library
from core.shared import claims
from tests.torture.shared.encoder import WrittenDown

LEASE_S = 6.0
"""Short, so that what one that was killed had claimed comes back within the trial."""
_PAUSE_S = 0.3


def main(folder: Path, address: str, delay: float) -> int:
    claims.LEASE_S = LEASE_S
    told: Counter[str] = Counter()
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)
    encoders = WrittenDown(folder / "embedded.log", delay)
    here = folder / "computers" / f"{time.time_ns()}"
    with _opened(here, address, folder / "model", encoders) as library:
        while not (folder / "stop").exists():
            try:
                for event in library.index(Control()):
                    _count(event, told)
            except LibraryError as error:
                told[error.message.code] += 1
            time.sleep(_PAUSE_S)
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _opened(here: Path, address: str, model: Path, encoders: WrittenDown) -> Library:
    """Open the library, once the server is there."""
    while True:
        try:
            return Library.open(here, server=address, model=str(model), make_encoder=encoders)
        except LibraryError:
            time.sleep(_PAUSE_S)


def _count(event: Event, told: Counter[str]) -> None:
    if isinstance(event, Finished):
        told["runs"] += 1
        told["embedded"] += event.embedded
    elif isinstance(event, Skipped):
        told["skipped"] += 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])))

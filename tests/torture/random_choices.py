"""Random choices for what is tried on changed files: others at each long run, the same ones in a short one.

A short run is part of the project's tests, in which a failure must be one of what was changed last. `make torture` and
`RECOLLECT_FUZZ=10000` look for failures nobody knows yet.
"""

from __future__ import annotations

import os
import random
import sys

LONG = "RECOLLECT_FUZZ"


def seed() -> int:
    """Return `RECOLLECT_SEED` if that is set, or else a random number in a long run, and 1 in a short one."""
    wanted = os.environ.get("RECOLLECT_SEED")
    if wanted is not None:
        return int(wanted)
    return int.from_bytes(os.urandom(4), "big") if LONG in os.environ else 1


def chance() -> random.Random:
    """Return a source of random numbers with `seed`, which it writes: pytest shows it with a failure."""
    chosen = seed()
    sys.stdout.write(f"RECOLLECT_SEED={chosen}\n")
    return random.Random(chosen)

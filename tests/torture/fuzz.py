"""Changed pictures through the real workers: each gets a picture or a reason, in time and within its memory.

Run as `python -m tests.torture.fuzz COUNT SEED [FOLDER…]`: files in the folders are changed, too. Files that brought a
worker down are left in the folder that RECOLLECT_FUZZ_KEEP names. Prints a last line in JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import psutil

from core.decode import Decoded, DecodeJob, DecodeLimits, DecodePool, Unreadable
from core.messages import file_reasons
from core.pixels import PixelSpec
from tests.torture.mutations import corpus, mutants

_LIMITS = DecodeLimits(seconds=20.0)
_AHEAD = 24
_IN_MEMORY = Path("/dev/shm")
_BROUGHT_DOWN = (file_reasons.CRASHES_DECODER.code, file_reasons.NEEDS_TIME.code, file_reasons.DRIVE_SLOW.code)


@dataclass(slots=True)
class Fuzzed:
    """What became of the files. `down` holds those that ended a worker: survived, and worth a look."""

    files: int = 0
    decoded: int = 0
    answers: Counter[str] = field(default_factory=Counter[str])
    down: list[str] = field(default_factory=list[str])
    most_megabytes: int = 0
    slowest_s: float = 0.0


def fuzz(folder: Path, count: int, chance: random.Random, *originals: Path) -> Fuzzed:
    """Send so many changed files through a pool.

    Raises:
        AssertionError: if a file got no answer, or an answer without a reason.
    """
    done, waiting = Fuzzed(), dict[int, tuple[Path, float]]()
    keep = os.environ.get("RECOLLECT_FUZZ_KEEP")
    with DecodePool(PixelSpec(224, 224), limits=_LIMITS, ahead=_AHEAD) as pool:
        for token, (suffix, data) in enumerate(islice(mutants(corpus(*originals), chance), count)):
            path = folder / f"{token}{suffix}"
            path.write_bytes(data)
            pool.submit(DecodeJob(token, path))
            waiting[token] = path, time.monotonic()
            if not pool.has_room:
                _take(pool, waiting, done, keep)
        while waiting:
            _take(pool, waiting, done, keep)
    assert done.files == count
    return done


def _take(pool: DecodePool, waiting: dict[int, tuple[Path, float]], done: Fuzzed, keep: str | None) -> None:
    answer = pool.take(_AHEAD * 2 * _LIMITS.seconds)
    assert answer is not None, f"no answer for {sorted(waiting)}"
    path, asked = waiting.pop(answer.token)
    done.files += 1
    done.slowest_s = max(done.slowest_s, round(time.monotonic() - asked, 1))
    if isinstance(answer, Unreadable):
        done.answers[answer.reason.code] += 1
        if answer.reason.code in _BROUGHT_DOWN:
            done.down.append(f"{path.name}: {answer.reason.code}")
            if keep:
                Path(keep, path.name).write_bytes(path.read_bytes())
    else:
        assert isinstance(answer, Decoded) and answer.pixels.shape == (224, 224, 3), answer
        done.decoded += 1
    if done.files % 100 == 0:
        held = [resident(one) for one in psutil.Process().children()]
        done.most_megabytes = max(done.most_megabytes, *held)
    path.unlink()


def resident(process: psutil.Process) -> int:
    """Return the megabytes a process holds, 0 if it is gone."""
    try:
        return process.memory_info().rss // 1_000_000
    except psutil.Error:
        return 0


def main(count: int, seed: int, *originals: Path) -> int:
    start = time.monotonic()
    place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=place) as name:
        done = fuzz(Path(name), count, random.Random(seed), *originals)
    figures = {
        "files": done.files,
        "decoded": done.decoded,
        "answers": dict(done.answers.most_common()),
        "workers brought down": len(done.down),
        "most megabytes of a worker": done.most_megabytes,
        "slowest answer, s": done.slowest_s,
        "seconds": round(time.monotonic() - start),
    }
    sys.stdout.write("".join(f"{line}\n" for line in done.down) + json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), *map(Path, sys.argv[3:])))

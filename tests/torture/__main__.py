"""All of the torture, and its figures for the README: `python -m tests.torture [KILLS [SHARE]]`, at a low priority.

Of the faults every SHARE-th is tried, all of them if none is given.

Every processor has a shard. Nothing here needs a disk that flushes: what a power cut takes back, the layer takes back.
So the libraries lie in memory where the system has a place for that.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from core.decode.process_limits import processors
from tests.torture.fault_layer import build, environment
from tests.torture.sharding import heard

_SEED = "1"
_IN_MEMORY = Path("/dev/shm")
_CRASHES = "50"


def main() -> int:
    count = sys.argv[1] if len(sys.argv) > 1 else "1000"
    share = sys.argv[2] if len(sys.argv) > 2 else "1"
    os.nice(10)
    place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="torture-", dir=place) as name:
        folder = Path(name)
        env = environment(build(folder))
        faults = _in_shards("tests.torture.fault_runs", folder / "faults", [share, _SEED], env)
        kills = _in_shards("tests.torture.kills", folder / "kills", [count, _SEED], dict(os.environ))
        failed = _tell("faults", faults) | _tell("kills", kills)
        more = {**os.environ, "RECOLLECT_KILLS": _CRASHES, "RECOLLECT_TORTURE": "1"}
        tests = ["tests/core/indexer/test_crash.py", "tests/torture/test_stalls.py"]
        failed |= subprocess.run([sys.executable, "-m", "pytest", "-q", *tests], env=more, check=False).returncode
    return failed


def _in_shards(module: str, folder: Path, arguments: list[str], env: dict[str, str]) -> list[subprocess.Popen[str]]:
    """Start a module in as many shards as there are processors."""
    shards = processors()
    commands = (
        [sys.executable, "-m", module, str(folder / str(shard)), *arguments, str(shard), str(shards)]
        for shard in range(shards)
    )
    return [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, encoding="utf-8") for command in commands]


def _tell(title: str, shards: list[subprocess.Popen[str]]) -> int:
    """Wait for shards, print what they found together, and return their exit statuses, joined."""
    figures, lost = heard(shards)
    sys.stdout.write("".join(f"{line}\n" for line in lost) + f"{title}: {json.dumps(figures, ensure_ascii=False)}\n")
    sys.stdout.flush()
    return int(any(shard.returncode for shard in shards))


if __name__ == "__main__":
    sys.exit(main())

"""All of the torture, and its figures for the README: `python -m tests.torture [KILLS]`, hours at a low priority."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.torture.layer import build, environment

_SEED = "1"


def main() -> int:
    kills = sys.argv[1] if len(sys.argv) > 1 else "1000"
    os.nice(10)
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        env = environment(build(folder))
        ordeals = [sys.executable, "-m", "tests.torture.ordeals", str(folder / "ordeals"), "1", _SEED]
        failed = subprocess.run(ordeals, env=env, check=False).returncode
        killed = [sys.executable, "-m", "tests.torture.kills", str(folder / "kills"), kills, _SEED]
        failed |= subprocess.run(killed, check=False).returncode
        crash = [sys.executable, "-m", "pytest", "-q", "tests/core/indexer/test_crash.py"]
        failed |= subprocess.run(crash, env={**os.environ, "RECOLLECT_KILLS": kills}, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())

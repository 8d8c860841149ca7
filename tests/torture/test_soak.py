"""The shortest soak: part of `make torture`, here only with RECOLLECT_TORTURE set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(200),
    pytest.mark.skipif("RECOLLECT_TORTURE" not in os.environ, reason="part of make torture"),
]
ROOT = Path(__file__).resolve().parents[2]
SECONDS, PHOTOS = "30", "100"
MORE_DESCRIPTORS, MORE_PROCESSES = 24, 3
"""What a run under way has open, and a moment later has not."""


def test_a_window_lives_while_everything_changes(tmp_path: Path) -> None:
    seed = str(int.from_bytes(os.urandom(4), "big"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.soak", str(tmp_path / "soak"), SECONDS, PHOTOS, seed],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stdout}\n{done.stderr}"
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["differences"] == 0 and sum(figures["actions"].values()) > 10
    for name, most in (("descriptors", MORE_DESCRIPTORS), ("processes", MORE_PROCESSES)):
        early, late = figures[name]
        assert late <= early + most, figures

"""The shortest soak; `make soak` is a longer one, and takes what hours and photos it is given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.torture.random_choices import seed
from tests.torture.soak import Sample, early_and_late, median
from tests.torture.ui_freezes import FreezeMeter

ROOT = Path(__file__).resolve().parents[2]
SECONDS, PHOTOS = "12", "100"


@pytest.mark.slow
def test_a_window_lives_while_everything_changes(tmp_path: Path) -> None:
    chosen = str(seed())
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.soak", str(tmp_path / "soak"), SECONDS, PHOTOS, chosen],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=220,
    )
    assert done.returncode == 0, f"seed {chosen}: {done.stdout}\n{done.stderr}"
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["differences"] == 0 and sum(figures["actions"].values()) > 3


def test_only_what_a_thread_does_itself_is_standing_still() -> None:
    watch = FreezeMeter(0.1)
    time.sleep(0.25)
    watch.looked_up()
    assert watch.count == 1 and watch.longest_s > 0.1
    (place,) = watch.places
    assert "test_only_what_a_thread_does_itself" in place
    watch.looked_up()
    watch.close()
    assert watch.count == 1


def test_memory_is_compared_with_that_after_the_first_hour() -> None:
    held = [Sample(at, 200 + at // 3600, 0, 0, 0, 0) for at in range(0, 4 * 3600, 60)]
    early, late = early_and_late(held, 4 * 3600)
    assert (median(early, "megabytes"), median(late, "megabytes")) == (201, 203)
    early, late = early_and_late(held[:120], 3600)
    assert (early[0].at, late[-1].at) == (30 * 60, 119 * 60)

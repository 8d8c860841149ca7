"""A sample of the torture: the whole of it is `make torture`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.fault_layer import build, compiler, environment
from tests.torture.random_choices import seed

ROOT = Path(__file__).resolve().parents[2]
SHARE = 600
"""One fault in so many is tried: fifteen, in half a second each."""


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if sys.platform != "linux" or compiler() is None:
        pytest.skip("the layer of faults is for Linux, and needs a C compiler")
    return build(tmp_path_factory.mktemp("layer"))


@pytest.mark.slow
def test_whatever_fails_on_the_disk_nothing_is_lost(layer: Path, tmp_path: Path) -> None:
    chosen = seed()
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.fault_runs", str(tmp_path / "runs"), str(SHARE), str(chosen)],
        env=environment(layer),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=200,
    )
    assert done.returncode == 0, f"seed {chosen}: {done.stdout}\n{done.stderr}"
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["faults"] > figures["runs"] * 0.9 > 10 and figures["failures"] == 0


CARELESS = """
import os, sys
from pathlib import Path
from tests.torture.fault_layer import Fault, Kind, Layer

folder = Path(sys.argv[1])
layer = Layer()
layer.arm(folder, Fault(Kind[sys.argv[2]], int(sys.argv[3]), int(sys.argv[4])))
with open(folder / "flushed", "wb") as file:
    file.write(b"kept")
    file.flush()
    os.fsync(file.fileno())
with open(folder / "written", "wb") as file:
    file.write(b"lost")
(folder / "written").rename(folder / "renamed")
layer.disarm()
print(layer.calls)
"""


@pytest.mark.parametrize(
    ("kind", "call", "status", "left"),
    [
        ("NOTHING", 0, 0, {"flushed": b"kept", "renamed": b"lost"}),
        ("ONCE", 2, 1, {"flushed": b"kept"}),
        ("DIES", 5, -9, {"flushed": b"kept", "written": b""}),
        ("TORN", 2, -9, {"flushed": b"ke"}),
        ("POWER_CUT", 6, -9, {"flushed": b"kept", "written": b""}),
    ],
)
def test_the_layer_does_what_it_is_told(
    layer: Path, tmp_path: Path, kind: str, call: int, status: int, left: dict[str, bytes]
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", CARELESS, str(folder), kind, "28", str(call)],
        env=environment(layer),
        cwd=ROOT,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == status
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == left

"""Where the system watches no more folders: one sentence names the limit, and folders are listed all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import watcher

_WATCH = """
import sys, threading
from pathlib import Path
from core.photo import Root
from core.watcher import Rhythm, Watcher
dirty = threading.Event()
root = Root(1, Path(sys.argv[1]))
rhythm = Rhythm(quiet=0.2, unrest=1.0, presence=0.2, rescan=0.5)
with Watcher([root], lambda _: dirty.set(), lambda note: print(note.code), rhythm=rhythm) as watcher:
    assert watcher.ready(60) and dirty.wait(60)
print("dirty")
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no namespaces here")
@pytest.mark.parametrize(
    ("limit", "code"), [("max_inotify_watches", "watch_exhausted"), ("max_inotify_instances", "watch_watchers")]
)
def test_the_systems_own_limits(tmp_path: Path, limit: str, code: str) -> None:
    """In a namespace in which this user may watch three folders, or with no instance at all."""
    for number in range(5):
        (tmp_path / f"photos/{number}").mkdir(parents=True)
    most = 3 if limit == "max_inotify_watches" else 0
    commands = f"echo {most} > /proc/sys/user/{limit} || exit 77; exec '{sys.executable}' -c '{_WATCH}' photos"
    program = ["unshare", "-Ur", "sh", "-c", commands]
    there = {**os.environ, "PYTHONPATH": str(Path(watcher.__file__).parent.parent)}
    said = subprocess.run(program, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path, env=there)
    if said.returncode in (1, 77) and "Traceback" not in said.stderr:
        pytest.skip("no namespaces here")
    assert (said.stdout.splitlines(), said.stderr) == ([code, "dirty"], "")

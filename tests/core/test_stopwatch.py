"""What the tests' own stopwatch counts: waiting and computing, but not the time in which the process was stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.stopwatch import Stopwatch


def test_waiting_and_computing_count() -> None:
    with Stopwatch() as waiting:
        time.sleep(0.3)
    assert waiting.seconds > 0.25
    with Stopwatch() as computing:
        until = time.process_time() + 0.3
        while time.process_time() < until:
            pass
    assert computing.seconds > 0.25


@pytest.mark.skipif(os.name == "nt", reason="stops a process as only POSIX can")
def test_being_stopped_does_not() -> None:
    code = (
        "import time; from tests.stopwatch import Stopwatch\n"
        "with Stopwatch() as watch:\n    print('begun', flush=True); time.sleep(0.5)\n"
        "print(watch.seconds, time.monotonic() - watch._began)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGSTOP)
        time.sleep(2)
        process.send_signal(signal.SIGCONT)
        counted, passed = map(float, process.stdout.readline().split())
    assert passed > 1.9 and counted < passed - 1.5

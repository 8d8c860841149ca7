"""A machine that is late with everything: it shows which tests, and which parts of the window, do not wait.

Every answer of a lane and every thread's start is delayed at random, by up to RECOLLECT_LAG seconds (0.2 unless set).

    RECOLLECT_LAG=0.4 python -m pytest -p tests.lag tests/app
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

import functools
import os
import random
import threading
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from app.services.jobs import TaskQueue

P = ParamSpec("P")
R = TypeVar("R")


def _late(call: Callable[P, R], longest: float) -> Callable[P, R]:
    @functools.wraps(call)
    def wait_and_call(*args: P.args, **kwargs: P.kwargs) -> R:
        time.sleep(random.random() * longest)
        return call(*args, **kwargs)

    return wait_and_call


def pytest_configure() -> None:
    longest = float(os.environ.get("RECOLLECT_LAG", "0.2"))
    TaskQueue._hand_over = _late(TaskQueue._hand_over, longest)
    threading.Thread.run = _late(threading.Thread.run, longest)

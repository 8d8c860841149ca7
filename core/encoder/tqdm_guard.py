"""Keeps tqdm from making a semaphore of the system's, which a killed process leaves behind.

torch and what is built on it draw their progress with it.
"""

from __future__ import annotations

import contextlib
import threading


def install() -> None:
    """Give tqdm a lock of this process alone. To be called before torch is used."""
    with contextlib.suppress(ImportError):
        from tqdm import tqdm

        tqdm.set_lock(threading.RLock())

"""Finding the engine of a tower, and converting it, before somebody waits for it.

What is found is remembered (`core.encoder.backend_cache`), so that the next start needs neither torch nor a comparison.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from core.encoder.process import EncoderProcess
from core.encoder.worker import load_for_later
from core.errors import ModelError
from core.events import Control
from core.models import ModelFolder, Tower

logger = logging.getLogger(__name__)

_LOOK_S = 0.1
"""How soon a stop is obeyed."""


def prepare(model: ModelFolder, tower: Tower, cache: Path, control: Control) -> bool:
    """Compare and convert in a process of its own, at low priority; return whether it came to its end.

    A minute of every core for a large model; nothing of it is left when it is stopped.
    """
    process = EncoderProcess(model, tower, cache=cache, load=load_for_later)
    done = threading.Event()

    def work() -> None:
        try:
            process.start()
            done.set()
        except ModelError as error:  # it is tried again when somebody needs it, and told then
            logger.info("%s is not prepared: %s", model.key, error)

    thread = threading.Thread(target=work, name="prepare", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_LOOK_S)
        if control.stopped:
            process.close()
    process.close()
    return done.is_set()

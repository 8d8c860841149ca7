"""What is logged in a model's process goes to the program and nowhere else."""

from __future__ import annotations

import io
import logging
from multiprocessing import Pipe

from core.encoder.worker import Logged, _logging_to  # pyright: ignore[reportPrivateUsage]


def test_a_library_that_made_the_root_logger_print_hears_nothing_of_ours() -> None:
    ours, theirs = Pipe()
    printed = io.StringIO()
    handler = logging.StreamHandler(printed)
    logging.getLogger().addHandler(handler)
    try:
        with _logging_to(theirs):
            logging.getLogger("core.encoder").warning("not installed")
    finally:
        logging.getLogger().removeHandler(handler)
    assert ours.recv() == Logged("core.encoder", logging.WARNING, "not installed")
    assert printed.getvalue() == ""
    ours.close()
    theirs.close()

"""The log: a file beside the library that turns over, told apart from what the user reads, with nothing private in it.

A line may be sent to someone who helps. So paths, which carry people's names, are left out of every line but those of a
traceback that name the program's own files; questions and captions are never logged at all.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 1_000_000
"""When a file is turned over; with two older ones kept, the log takes 3 MB at most."""

WINDOW_LOG, COMMAND_LOG = "recollect.log", "command.log"
"""One file a kind of process: two that turn over the same file lose lines, and on Windows cannot."""

OURS = ("app", "core", "recollect")

_PATH = re.compile(
    r"""“[^”\n]*[/\\][^”\n]*”|"[^"\n]*[/\\][^"\n]*"|'[^'\n]*[/\\][^'\n]*'|(?:[A-Za-z]:\\|(?<![\w.])/|file:/)[^\s:,;)]+"""
)
_FRAME = re.compile(r'^ +File "')


class PrivateFormatter(logging.Formatter):
    """A formatter that leaves paths out."""

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).split("\n")
        return "\n".join(_shortened(line) if _FRAME.match(line) else _PATH.sub("…", line) for line in lines)


def _shortened(frame: str) -> str:
    """Return a line of a traceback with the file's place in the program alone."""
    return re.sub(r'"[^"]*[/\\]((?:app|core|site-packages|lib)[/\\][^"]*)"', r'"\1"', frame)


def keep_log(folder: Path, name: str) -> logging.Handler:
    """Write what this process logs into a file of a folder from now on; return the handler, to be closed.

    The folder is made when there is a first line. Raises nothing: without a log the program works as well.
    """
    handler = _QuietFileHandler(
        folder / name, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True, errors="backslashreplace"
    )
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    for logger in OURS:
        logging.getLogger(logger).setLevel(logging.INFO)
    return handler


def end_log(handler: logging.Handler) -> None:
    """Take a handler away again and close its file."""
    logging.getLogger().removeHandler(handler)
    handler.close()


class _QuietFileHandler(RotatingFileHandler):
    """Says nothing where it cannot write: a full disk has its own message, and a log is no reason for another."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(0o700, parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        return


class SendingHandler(logging.Handler):
    """Hands lines over to another process: name of the logger, level, and the text with its traceback."""

    def __init__(self, send: Callable[[str, int, str], None]) -> None:
        super().__init__(logging.INFO)
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        self._send(record.name, record.levelno, self.format(record))

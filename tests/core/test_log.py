"""The log keeps what happened and nothing private, turns over, and hears what a model's process says."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from core.log import COMMAND_LOG, LOG_BYTES, SendingHandler, end_log, keep_log

logger = logging.getLogger("core.something")

PRIVATE = [
    "[Errno 13] Permission denied: '/home/annika/Photos/the wedding.jpg'",
    "“/media/annika/USB stick/a.jpg” cannot be read",
    r'cannot open "C:\Users\Ann\Pictures\a.jpg"',
    r"moved to D:\Ann\b.jpg",
    "read /home/annika/c.jpg, then stopped",
]


def test_nothing_private_is_kept(tmp_path: Path) -> None:
    log = keep_log(tmp_path / "logs", COMMAND_LOG)
    for text in PRIVATE:
        logger.info("it happened: %s", text)
    logger.info("2 of 3 at 0.5 photos/s, bfloat16")
    missing = tmp_path / "Annika's photos" / "gone.jpg"
    try:
        missing.read_bytes()
    except OSError:
        logger.info("not read", exc_info=True)
    end_log(log)
    kept = (tmp_path / "logs" / COMMAND_LOG).read_text(encoding="utf-8")
    assert kept.count("it happened") == len(PRIVATE)
    assert "2 of 3 at 0.5 photos/s, bfloat16" in kept
    assert "FileNotFoundError" in kept
    assert not [word for word in ("annika", "wedding", "gone.jpg", "users") if word in kept.casefold()]


def test_it_turns_over_and_is_let_go_of(tmp_path: Path) -> None:
    log = keep_log(tmp_path, COMMAND_LOG)
    for _ in range(4):
        logger.info("x" * (LOG_BYTES // 2))
    end_log(log)
    logger.info("afterwards")
    assert sorted(path.name for path in tmp_path.iterdir()) == [COMMAND_LOG, f"{COMMAND_LOG}.1", f"{COMMAND_LOG}.2"]
    assert "afterwards" not in (tmp_path / COMMAND_LOG).read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    log = keep_log(tmp_path / "file" / "logs", COMMAND_LOG)
    logger.info("said all the same")
    end_log(log)


@pytest.mark.logs("1 of 2")
def test_what_another_process_logs_is_handed_over() -> None:
    heard: list[tuple[str, int, str]] = []
    handler = SendingHandler(lambda *line: heard.append(line))
    logging.getLogger("core").addHandler(handler)
    try:
        logger.warning("%d of %d", 1, 2)
    finally:
        logging.getLogger("core").removeHandler(handler)
    assert heard == [("core.something", logging.WARNING, "1 of 2")]

"""What waits for processes of its own is closed at once, not one after the other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.closing import close_together
from core.encoder.protocol import Encoder
from core.library import Library
from core.models import ModelFolder, Tower
from tests.core.test_library import ColourEncoder, make_model

_LIMIT_S = 30


class _MeetingEncoder(ColourEncoder):
    """An encoder whose process has ended only once that of another one is being ended."""

    meeting = threading.Barrier(2)

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        raise NotImplementedError

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise NotImplementedError

    def close(self) -> None:
        self.meeting.wait(_LIMIT_S)


def test_the_processes_of_models_end_together(tmp_path: Path) -> None:
    def make(model: ModelFolder, tower: Tower) -> Encoder:
        return _MeetingEncoder(model, tower)

    with Library.open(tmp_path / "library", model=str(make_model(tmp_path / "one")), make_encoder=make) as library:
        for tower in ("images", "texts"):
            library.models.encoder(library.models.wanted(), tower)


def test_what_one_of_them_fails_in_is_raised_after_all_have_ended() -> None:
    closed: list[int] = []

    def fail() -> None:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        close_together((fail, lambda: closed.append(1), lambda: closed.append(2)))
    assert sorted(closed) == [1, 2]


def test_where_no_thread_can_be_started_each_is_closed_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int] = []

    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    close_together((lambda: closed.append(1), lambda: closed.append(2)))
    assert closed == [1, 2]

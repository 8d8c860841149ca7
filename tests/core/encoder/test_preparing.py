"""An engine is found and a tower converted before somebody waits for it; stopping it leaves nothing."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.encoder import prepared, preparing
from core.encoder.backend_cache import BackendChoice, machine_for, remember
from core.encoder.preparing import prepare
from core.encoder.process import EncoderProcess
from core.errors import ModelError
from core.events import Control
from core.library_models import LibraryModels
from core.messages import engine_messages
from core.models import ModelFolder, read_model_folder
from tests.core.encoder.fake_encoders import QuickEncoder
from tests.core.models.folders import write_model


@pytest.fixture
def model(tmp_path: Path) -> ModelFolder:
    return read_model_folder(write_model(tmp_path / "models" / "mine"))


class Process:
    """Stands for the process that compares."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.ended = threading.Event()

    def start(self) -> None: ...

    def close(self) -> None:
        self.ended.set()


class Comparing(Process):
    """Compares until it is closed."""

    def start(self) -> None:
        assert self.ended.wait(30)
        raise ModelError(engine_messages.CLOSED())


def test_it_is_prepared_in_a_process_that_ends(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Process] = []
    monkeypatch.setattr(preparing, "EncoderProcess", lambda *_, **__: made.append(Process()) or made[-1])  # type: ignore[misc]
    assert prepare(model, "texts", tmp_path, Control())
    assert made[0].ended.is_set()


def test_it_is_stopped_at_once(model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "EncoderProcess", Comparing)
    control = Control()
    control.stop()
    assert not prepare(model, "texts", tmp_path, control)


def test_what_is_known_is_not_found_out_again(model: ModelFolder, tmp_path: Path) -> None:
    assert not prepared.is_prepared(model, "texts", tmp_path)
    remember(BackendChoice("torch", (), 1.0, 1.0, (0.0,), machine_for(model, "auto")), model, "texts", tmp_path)
    assert prepared.is_prepared(model, "texts", tmp_path) and not prepared.is_prepared(model, "images", tmp_path)


def test_a_library_prepares_once_and_lets_the_slow_engine_rest(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Any = SimpleNamespace(setting=lambda name, default: default, count_pending=lambda key: 0)
    encoder = EncoderProcess(model, "texts", load=QuickEncoder)
    models = LibraryModels(store, tmp_path / "models", "mine", lambda *_: encoder)
    rests: list[bool] = []
    monkeypatch.setattr(EncoderProcess, "provisional", True)
    monkeypatch.setattr(EncoderProcess, "rest", lambda encoder: rests.append(True))  # type: ignore[misc]
    known = [False]
    monkeypatch.setattr(prepared, "is_prepared", lambda *_: known[0])
    monkeypatch.setattr(preparing, "prepare", lambda *_: not known[0])
    models.encoder(model, "texts")
    models.prepare_words(Control())
    known[0] = True
    models.prepare_words(Control())
    models.close()
    assert rests == [True]

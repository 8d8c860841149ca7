"""A model in its own process: it survives its death, can be closed at any time, and tells failures as they are."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import psutil
import pytest

from core.encoder import process as encoder_process
from core.encoder.openclip import OpenClipEncoder
from core.encoder.process import EncoderProcess
from core.errors import ModelError
from core.messages import title
from core.models import ModelFolder, read_model_folder
from tests.core.encoder.fake_encoders import (
    CrashingEncoder,
    HangingEncoder,
    MistakenEncoder,
    QuickEncoder,
    UnloadableEncoder,
)
from tests.core.tiny_model import make_tiny_model
from tests.stopwatch import Stopwatch


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return read_model_folder(make_tiny_model(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture(scope="module")
def images(model: ModelFolder) -> Generator[EncoderProcess, None, None]:
    encoder = EncoderProcess(model, "images", device="cpu", backend="torch")
    yield encoder
    encoder.close()


def pictures(count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(4).integers(0, 256, (count, 64, 64, 3), dtype=np.uint8)


def children() -> list[psutil.Process]:
    return [process for process in psutil.Process().children() if "spawn_main" in " ".join(process.cmdline())]


def child() -> psutil.Process:
    """Return the model's process."""
    (process,) = children()
    return process


def started(encoder: EncoderProcess) -> psutil.Process:
    """Start it and return its process."""
    others = children()
    encoder.start()
    (process,) = (process for process in children() if process not in others)
    return process


def test_it_embeds_restarts_after_its_death_and_is_courteous(images: EncoderProcess, model: ModelFolder) -> None:
    images.start()
    assert images.device is not None and "32-bit" in title(images.device)
    assert images.notes == ()
    expected = OpenClipEncoder(model, "images", backend="torch").encode_images(pictures(3))
    np.testing.assert_allclose(images.encode_images(pictures(3)), expected, atol=1e-6)

    process = child()
    assert sys.platform == "win32" or process.nice() >= 10
    os.kill(process.pid, signal.SIGKILL)
    process.wait(5)
    np.testing.assert_allclose(images.encode_images(pictures(3)), expected, atol=1e-6)
    assert child().pid != process.pid


def test_dying_in_the_middle_of_a_call_is_told_and_survived(images: EncoderProcess) -> None:
    images.start()
    process = child()
    process.suspend()
    threading.Timer(0.3, process.kill).start()
    with pytest.raises(ModelError, match="ended by the system") as caught:
        images.encode_images(pictures(8))
    assert "memory" in caught.value.advice
    assert images.encode_images(pictures(1)).shape == (1, 32)


def test_closing_ends_a_call_at_once(model: ModelFolder) -> None:
    images = EncoderProcess(model, "images", device="cpu", backend="torch")
    assert images.device is None
    process = started(images)
    process.suspend()
    failures: list[ModelError] = []

    def ask() -> None:
        with pytest.raises(ModelError) as caught:
            images.encode_images(pictures(8))
        failures.append(caught.value)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.2)
    with Stopwatch() as closing:
        images.close()
        asking.join(5)
    assert not asking.is_alive()
    assert closing.seconds < 2
    assert [failure.title for failure in failures] == ["The model was closed."]
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    with pytest.raises(ModelError, match="was closed"):
        images.encode_images(pictures(1))


def test_closing_twice_or_before_the_start_is_fine(model: ModelFolder) -> None:
    encoder = EncoderProcess(model, "texts")
    encoder.close()
    encoder.close()


def test_a_failure_crosses_with_title_and_advice(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "broken")
    model = read_model_folder(folder)
    (folder / "open_clip_model.safetensors").write_bytes(b"damaged since")
    with pytest.raises(ModelError, match="model “broken” could not be loaded") as here:
        OpenClipEncoder(model, "images", device="cpu")
    encoder = EncoderProcess(model, "images", device="cpu")
    with pytest.raises(ModelError) as there:
        encoder.start()
    encoder.close()
    assert (there.value.title, there.value.advice) == (here.value.title, here.value.advice)


def test_a_refused_call_leaves_the_process_alive(images: EncoderProcess) -> None:
    images.start()
    process = child()
    with pytest.raises(ModelError, match="pictures only"):
        images.encode_texts(["a dog"])
    assert images.encode_images(pictures(1)).shape == (1, 32)
    assert child().pid == process.pid


def test_texts_cross_whole(model: ModelFolder) -> None:
    encoder = EncoderProcess(model, "texts", device="cpu", backend="torch")
    texts = ["a dog", "雪山 🏔", ""]
    try:
        ours = encoder.encode_texts(texts)
    finally:
        encoder.close()
    expected = OpenClipEncoder(model, "texts", backend="torch").encode_texts(texts)
    np.testing.assert_allclose(ours, expected, atol=1e-6)


def test_killing_it_leaves_no_semaphore_behind() -> None:
    """torch draws progress with tqdm, whose own lock is a semaphore of the system's."""
    code = (
        "import os, multiprocessing.synchronize as s\n"
        "from core.encoder import tqdm_guard\n"
        "tqdm_guard.install()\n"
        "def none(*_, **__): raise AssertionError('a semaphore')\n"
        "s.SemLock.__init__ = none\n"
        "from tqdm import auto\n"
        "assert list(auto.tqdm([1], file=open(os.devnull, 'w'))) == [1]\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=120)


# What fails as nobody foresaw; without a model, so that it is quick.


def blank(count: int = 2, grey: int = 128) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((count, 64, 64, 3), grey, np.uint8)


def test_a_mistake_is_told_as_it_is_and_ends_nothing(model: ModelFolder, caplog: pytest.LogCaptureFixture) -> None:
    with contextlib.closing(EncoderProcess(model, "images", load=MistakenEncoder)) as encoder:
        process = started(encoder)
        with pytest.raises(ModelError, match="failed unexpectedly") as caught:
            encoder.encode_images(blank(grey=0))
        assert "ZeroDivisionError: a black picture" in caught.value.advice and "memory" not in str(caught.value)
        assert "Traceback" in caplog.text and "fake_encoders.py" in caplog.text
        assert len(encoder.encode_images(blank())) == 2
        assert process.is_running()


def test_a_library_that_is_missing_is_told(model: ModelFolder, caplog: pytest.LogCaptureFixture) -> None:
    encoder = EncoderProcess(model, "images", load=UnloadableEncoder)
    with contextlib.closing(encoder), pytest.raises(ModelError) as caught:
        encoder.start()
    assert "OSError: c10.dll cannot be found" in caught.value.advice and "memory" not in str(caught.value)
    assert "Traceback" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_a_crash_is_not_told_as_too_little_memory(model: ModelFolder) -> None:
    encoder = EncoderProcess(model, "images", load=CrashingEncoder)
    with contextlib.closing(encoder), pytest.raises(ModelError, match="SIGSEGV") as caught:
        encoder.encode_images(blank())
    assert "memory" not in str(caught.value)


def hanging(model: ModelFolder, folder: Path, times: int) -> EncoderProcess:
    (folder / "hang").write_text("once\n" * times, encoding="utf-8")
    return EncoderProcess(model, "images", cache=folder, load=HangingEncoder)


@pytest.fixture
def quick_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_process, "CALL_LIMIT_S", 0.5)
    monkeypatch.setattr(encoder_process, "LOOK_S", 0.05)


@pytest.mark.logs("did not answer within")
@pytest.mark.usefixtures("quick_limits")
def test_a_call_that_hangs_is_made_once_more_in_a_fresh_process(
    model: ModelFolder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.closing(hanging(model, tmp_path, times=1)) as encoder:
        assert len(encoder.encode_images(blank())) == 2
    assert "started anew" in caplog.text


@pytest.mark.logs("did not answer within")
@pytest.mark.usefixtures("quick_limits")
def test_a_call_that_hangs_again_fails_and_leaves_no_process(
    model: ModelFolder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.closing(hanging(model, tmp_path, times=2)) as encoder:
        process = started(encoder)
        with pytest.raises(ModelError, match="does not answer"):
            encoder.encode_images(blank())
        assert not process.is_running()
        assert len(encoder.encode_images(blank())) == 2, "the next call has a process of its own"
    assert caplog.text.count("started anew") == 1


def test_a_model_without_work_gives_its_memory_back_until_there_is_some(model: ModelFolder) -> None:
    with contextlib.closing(EncoderProcess(model, "images", load=QuickEncoder)) as encoder:
        process = started(encoder)
        encoder.rest()  # as its timer calls, after minutes
        assert not process.is_running()
        assert len(encoder.encode_images(blank())) == 2, "the next call has a process of its own"


@pytest.mark.usefixtures("quick_limits")
@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_a_process_that_is_stopped_does_not_hang(model: ModelFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.closing(EncoderProcess(model, "images", load=QuickEncoder)) as encoder:
        process = started(encoder)
        process.suspend()
        looks = iter(range(100))
        stopped = encoder_process.is_stopped

        def look(one: BaseProcess) -> bool:
            if next(looks) == 30:  # three times the limit
                process.resume()
            return stopped(one)

        monkeypatch.setattr(encoder_process, "is_stopped", look)
        assert len(encoder.encode_images(blank())) == 2
        assert process.is_running()


@pytest.mark.usefixtures("quick_limits")
def test_a_sleep_of_the_computer_is_not_waited_for(model: ModelFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour passes between two looks; the answer comes after the computer woke."""
    clock = itertools.count(step=3600.0)
    monkeypatch.setattr(encoder_process.time, "monotonic", lambda: next(clock))
    answers = iter([False] * 4 + [True])

    class Connection:
        def poll(self, _seconds: float) -> bool:
            return next(answers)

    encoder_process.wait_for_answer(cast("Any", Connection()), cast("Any", SimpleNamespace(pid=os.getpid())), 0.5)
    assert next(answers, None) is None

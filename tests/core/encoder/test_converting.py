"""Converting a tower meets a full disk, a damaged file, an end in the middle: the next start makes up for it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from core.encoder import backend_selection
from core.encoder.backend_cache import recall
from core.encoder.backend_selection import choose_backend
from core.encoder.engine import probe_pictures
from core.encoder.onnx_openvino import openvino_file
from core.messages import title
from core.models import ModelFolder, read_model_folder
from tests.core.engines import needs_engine
from tests.core.tiny_model import make_tiny_model
from tests.stopwatch import Stopwatch

ROOT = Path(__file__).resolve().parents[3]

needs_engine("openvino")
pytest.importorskip("onnxscript")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return read_model_folder(make_tiny_model(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture(scope="module")
def probe(model: ModelFolder) -> NDArray[np.uint8]:
    return probe_pictures(model, 4)


@pytest.fixture(autouse=True)
def openvino_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend_selection, "_WORTH", 0.0)


def test_what_a_full_disk_kept_from_being_converted_is_converted_once_there_is_room(
    model: ModelFolder, probe: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
        choice = choose_backend(model, "images", probe, cache=tmp_path)
    assert "OpenVINO" not in title(choice.engine.words)
    assert any("too little room" in title(note) for note in choice.notes)
    assert recall(model, "images", tmp_path, "auto") is None
    assert "OpenVINO" in title(choose_backend(model, "images", probe, cache=tmp_path).engine.words)


def test_a_disk_that_fills_up_meanwhile_is_no_last_word_either(
    model: ModelFolder, probe: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    def full(*_: object, **__: object) -> None:
        try:
            raise OSError(28, "No space left on device")
        except OSError as error:
            raise RuntimeError("export failed") from error

    with monkeypatch.context() as patched:
        patched.setattr(torch.onnx, "export", full)
        choose_backend(model, "images", probe, cache=tmp_path)
    assert recall(model, "images", tmp_path, "auto") is None
    assert not list((tmp_path / model.key).glob("making-*"))


@pytest.mark.parametrize("damage", ["cut", "gone", "no weights", "other weights"])
def test_a_damaged_file_is_made_again(
    model: ModelFolder, probe: NDArray[np.uint8], tmp_path: Path, damage: str
) -> None:
    before = choose_backend(model, "images", probe, cache=tmp_path)
    assert "OpenVINO" in title(before.engine.words)
    expected = before.engine.run(probe)
    before.engine.close()
    (file,) = (tmp_path / model.key).glob("images-*.xml")
    weights = file.with_suffix(".bin")
    whole = weights.read_bytes()
    match damage:
        case "cut":
            file.write_bytes(file.read_bytes()[:100])
        case "gone":
            file.unlink()
        case "no weights":
            weights.unlink()
        case _:
            weights.write_bytes(bytes(len(whole)))
    after = choose_backend(model, "images", probe, cache=tmp_path)
    assert "OpenVINO" in title(after.engine.words)
    assert float((after.engine.run(probe) * expected).sum(axis=1).min()) > 0.999
    assert weights.read_bytes() == whole


def test_what_a_killed_conversion_left_is_thrown_away(model: ModelFolder, tmp_path: Path) -> None:
    from core.encoder.towers import load_tower

    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    left = [tmp_path / model.key / name for name in (f"making-{ended.stdout.strip()}-a", "making-b")]
    kept = tmp_path / model.key / f"making-{os.getpid()}-c"
    for folder in (*left, kept):
        folder.mkdir(parents=True)
    openvino_file(model, "images", tmp_path, lambda: load_tower(model, "images"))
    assert [folder.exists() for folder in (*left, kept)] == [False, False, True]


PARENT = """
import sys
from pathlib import Path
from core.encoder.process import EncoderProcess
from core.models import read_model_folder

if __name__ == "__main__":
    EncoderProcess(read_model_folder(Path(sys.argv[1])), "images", cache=Path(sys.argv[2])).start()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_a_model_does_not_outlive_a_program_that_is_killed(model: ModelFolder, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen([sys.executable, str(script), str(model.path), str(tmp_path)], env=environment)
    until = time.monotonic() + 120
    while not list(tmp_path.glob("*/making-*")) and program.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    children = psutil.Process(program.pid).children(recursive=True)
    program.send_signal(signal.SIGKILL)
    program.wait()
    with Stopwatch() as ending:
        _, alive = psutil.wait_procs(children, timeout=30)
    assert not [child for child in alive if child.status() != psutil.STATUS_ZOMBIE]
    assert ending.seconds < 2.5

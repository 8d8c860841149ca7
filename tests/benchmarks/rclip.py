"""Beside rclip, the quick program of this kind for a terminal: the same random weights and photos, whole processes.

    python -m tests.benchmarks rclip                           200 and 1,000 photos
    PHOTOS=20,50 CACHE=FOLDER python -m tests.benchmarks rclip     fewer; rclip stays in that folder for the next time

rclip comes from the package index into an environment of its own. Where it cannot be installed, the reason is told. The
processor's time is told beside the clock's, which other programs change.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
import warnings
from dataclasses import dataclass
from pathlib import Path

import torch

from core.encoder.towers import load_tower
from core.models import ModelFolder, find_entry
from tests.benchmarks.figures import tell
from tests.benchmarks.giants import make_giant
from tests.benchmarks.photos import make_photos

VERSION = "3.3.0"
MODEL = "datacomp-base-32"
"""The model that rclip has, in the list of ours."""

_ITS_FOLDER = "ViT-B-32-256-datacomp_s34b_b86k"
_ITS_FILES = {"images": "visual.onnx", "texts": "textual.onnx"}
_SIZE = {"width": 640, "height": 480}
_ASKED = "a dog"
_SEARCHES = 5
_OPSET = 18


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a program took, with all processes of its own: seconds by the clock, and of the processor (0 on Windows)."""

    seconds: float
    processor: float

    def __add__(self, other: _Cost) -> _Cost:
        return _Cost(self.seconds + other.seconds, self.processor + other.processor)


@dataclass(frozen=True, slots=True)
class _Programs:
    """Both programs and the weights each of them takes; `command` starts rclip."""

    command: str
    its_models: Path
    model: ModelFolder

    def ours(self, library: Path, *arguments: str | Path) -> _Cost:
        given = [sys.executable, "-m", "core", "--library", library, "--model", self.model.path, *arguments]
        return _cost([str(one) for one in given], Path.cwd(), {})

    def theirs(self, data: Path, photos: Path, *arguments: str) -> _Cost:
        if not data.exists():
            data.mkdir()
            for one in self.its_models.iterdir():
                (data / one.name).symlink_to(one)
        return _cost([self.command, "-f", *arguments, _ASKED], photos, {"RCLIP_DATADIR": str(data)})


def rclip() -> None:
    """Index photos with both, first run included; then as many more; then ask both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = _installed(Path(os.environ.get("CACHE", folder)) / f"rclip-{VERSION}")
        if command is None:
            return
        model = make_giant(find_entry(MODEL), folder / "model")
        programs = _Programs(command, _exported(model, folder / "its models"), model)
        counts = [int(count) for count in os.environ.get("PHOTOS", "200,1000").split(",")]
        for count in counts:
            _compare_indexing(programs, folder, count)
        _compare_more(programs, folder, counts[-1])
        _compare_searching(programs, folder, counts[-1])


def _compare_indexing(programs: _Programs, folder: Path, count: int) -> None:
    photos = folder / f"{count} photos"
    make_photos(photos, count, **_SIZE)
    library = folder / f"library {count}"
    ours = programs.ours(library, "add", photos) + programs.ours(library, "index")
    theirs = programs.theirs(folder / f"data {count}", photos)
    limit = ">= 1.8" if count >= 1_000 else ">= 1.3"
    _tell_rates(f"{count:,} photos, first run / rclip", count, (ours, theirs), limit)


def _compare_more(programs: _Programs, folder: Path, count: int) -> None:
    """Index as many new photos again, in a library that knows by now which engine is the fastest."""
    photos, more = folder / f"{count} photos", count + 7  # other pictures, as their number is what they are drawn from
    make_photos(photos / "more", more, **_SIZE)
    ours = programs.ours(folder / f"library {count}", "index")
    theirs = programs.theirs(folder / f"data {count}", photos)
    _tell_rates(f"{more:,} photos, indexed before / rclip", more, (ours, theirs), ">= 3")


def _tell_rates(title: str, count: int, costs: tuple[_Cost, _Cost], limit: str) -> None:
    ours, theirs = costs
    rates = f"{count / ours.seconds:.1f} photos/s against {count / theirs.seconds:.1f}"
    each = [1000 * cost.processor / count for cost in costs]
    detail = f"{rates}; processor {each[0]:.0f} ms a photo against {each[1]:.0f}"
    tell(title, theirs.seconds / ours.seconds, "x", limit=limit, detail=detail)


def _compare_searching(programs: _Programs, folder: Path, count: int) -> None:
    library, data = folder / f"library {count}", folder / f"data {count}"
    photos = folder / f"{count} photos"
    ours: list[_Cost] = []
    theirs: list[_Cost] = []
    for _ in range(_SEARCHES):
        ours.append(programs.ours(library, "search", _ASKED))
        theirs.append(programs.theirs(data, photos, "--no-indexing"))
    clock = [statistics.median(one.seconds for one in some) for some in (ours, theirs)]
    processor = [statistics.median(one.processor for one in some) for some in (ours, theirs)]
    detail = f"{clock[1]:.2f} s rclip; processor {processor[0]:.2f} s against {processor[1]:.2f}"
    tell("a search from nothing", clock[0], "s", limit="<= rclip", detail=detail)


def _installed(environment: Path) -> str | None:
    """Return what starts rclip, from an environment made now or before; None, with the reason told, without it."""
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    found = shutil.which("rclip", path=str(programs))
    if found is not None:
        return found
    venv.create(environment, with_pip=True, clear=True)
    python = shutil.which("python", path=str(programs)) or "python"
    asked = [python, "-m", "pip", "install", "--quiet", f"rclip=={VERSION}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "pip failed"
        print(f"rclip: skipped, as it cannot be installed: {reason}", flush=True)
    return shutil.which("rclip", path=str(programs))


def _exported(model: ModelFolder, folder: Path) -> Path:
    """Write the towers of a model where rclip looks for its own, with what it cuts words into."""
    (folder / _ITS_FOLDER).mkdir(parents=True)
    (folder / "tokenizer").mkdir()
    inputs = {
        "images": torch.zeros(2, 3, model.pixels.height, model.pixels.width),
        "texts": torch.ones(2, model.context_length, dtype=torch.int64),
    }
    for tower, file in _ITS_FILES.items():
        network = load_tower(model, "images" if tower == "images" else "texts").eval()
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                network,
                (inputs[tower],),
                str(folder / _ITS_FOLDER / file),
                dynamo=True,
                opset_version=_OPSET,
                dynamic_shapes=({0: torch.export.Dim("batch", min=1, max=1 << 16)},),
                external_data=False,
                input_names=["input"],
                output_names=["output"],
                verbose=False,
            )
    found = importlib.util.find_spec("open_clip")
    assert found is not None and found.origin is not None
    words = "bpe_simple_vocab_16e6.txt.gz"
    shutil.copy(Path(found.origin).parent / words, folder / "tokenizer" / words)
    return folder


def _cost(command: list[str], folder: Path, environment: dict[str, str]) -> _Cost:
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, cwd=folder, env=os.environ | environment, check=True, capture_output=True)
    seconds, after = time.perf_counter() - start, os.times()
    user, system = after.children_user - before.children_user, after.children_system - before.children_system
    return _Cost(seconds, user + system)

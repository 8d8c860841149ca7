"""With the built-in model no process of the program imports torch, or what is built on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]

HEAVY = ("torch", "torchvision", "open_clip", "timm", "transformers")

# Run by Python as it starts, in every process: also one that is killed has told what it imported until then.
TELLER = f"""
import os, sys
told = open(os.environ["TOLD"], "a", buffering=1)
told.write(f"process {{os.getpid()}}\\n")
def tell(event, arguments):
    if event == "import" and arguments[0].partition(".")[0] in {HEAVY!r}:
        told.write(arguments[0] + "\\n")
sys.addaudithook(tell)
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which every process tells of itself, and of what it imports that is heavy."""
    (tmp_path / "early").mkdir()
    (tmp_path / "early" / "sitecustomize.py").write_text(TELLER)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path / "early"), str(ROOT))))
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    return tmp_path / "told"


def run(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "core", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=200).stdout


def test_indexing_and_searching(tmp_path: Path, told: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for number, colour in enumerate(np.random.default_rng(1).integers(0, 256, (3, 3))):
        Image.new("RGB", (64, 48), tuple(map(int, colour))).save(photos / f"{number}.png")
    run("add", photos)
    run("index")
    processes, heavy = _read(told)
    assert len(processes) >= 4 and not heavy  # two commands, what decodes and what embeds
    told.unlink()
    assert len(run("search", "a dog").splitlines()) == 3
    processes, heavy = _read(told)
    assert len(processes) == 1 and not heavy
    told.unlink()
    assert run("search", "--like", photos / "1.png", "--paths").splitlines()[0].endswith("1.png")
    assert not _read(told)[1]


def _read(told: Path) -> tuple[list[str], list[str]]:
    lines = told.read_text().splitlines()
    return [line for line in lines if line.startswith("process")], [
        line for line in lines if not line.startswith("process")
    ]

"""The demo as a person meets it: the real program, the built-in model, a picture of the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from core.library import Library
from core.query import described

# Photos that come inside Python wheels; none of them is training data. Each is to be among the first three of 18.
MEANT = {
    "a cup of coffee": "coffee.png",
    "一杯咖啡": "coffee.png",
    "a cat": "chelsea.png",
    "一只猫": "chelsea.png",
    "the face of a cat looking into the camera": "chelsea.png",
    "a pink flower": "flower.jpg",
    "一朵花": "flower.jpg",
    "a rocket": "rocket.jpg",
    "火箭": "rocket.jpg",
    "a motorcycle": "motorcycle.png",
    "摩托车": "motorcycle.png",
    "green grass": "grass.png",
    "a brick wall": "brick wall.png",
    "a page of printed text": "page.png",
    "a temple with a roof": "palace.jpg",
    "a building in China": "palace.jpg",
    "a woman smiling": "astronaut.png",
    "a man with a camera": "cameraman.png",
    "small stones on the ground": "gravel.png",
    "coins": "coins.png",
    "an astronaut": "astronaut.png",
    "宇航员": "astronaut.png",
    "a person in uniform": "officer.jpg",
    "the moon": "moon.png",
    "the black shape of a horse": "horse.png",
}


def recollect(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the demo once; return its folder and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = recollect("demo", "--folder", folder, "--picture")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.mark.slow
def test_the_demo_ranks_and_shows(demo: tuple[Path, str]) -> None:
    folder, said = demo
    coffee = said.split("a cup of coffee\n", 1)[1]
    assert coffee.splitlines()[0].endswith("coffee.png")
    picture = folder / "recollect-demo.png"
    assert str(picture) in said
    with Image.open(picture) as window:
        assert window.width >= 1000 and window.height >= 600
        assert len(window.convert("RGB").quantize(64).getcolors() or []) > 32  # thumbnails, not an empty page


@pytest.mark.slow
def test_words_mean_something(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    with Library.open(folder / "library", write=False) as library:
        found = {query: _first_three(library, query) for query in MEANT}
    missed = {query: names for query, names in found.items() if MEANT[query] not in names}
    assert len(MEANT) - len(missed) >= 20, missed


def _first_three(library: Library, query: str) -> list[str]:
    photos = [library.photo(hit.content_id) for hit in library.find(described(query, limit=3)).hits]
    return [photo.place.relative_path for photo in photos if photo is not None]


@pytest.mark.slow
def test_search_as_json_on_the_demo(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    done = recollect("--library", folder / "library", "search", "a cup of coffee", "--json")
    answer = json.loads(done.stdout)
    assert answer["hits"][0]["relative_path"] == "coffee.png"
    assert answer["model"].startswith("recollect-starter@")

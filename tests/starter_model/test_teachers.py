"""Comparing image teachers: answers are kept, and the map that is fitted finds photos by their captions."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging" / "starter_model"


@pytest.fixture(name="teachers", scope="module")
def _teachers() -> Iterator[ModuleType]:
    before = set(sys.modules)
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield importlib.import_module("teachers")
    finally:
        sys.path.remove(str(SCRIPTS))
        for script in SCRIPTS.glob("*.py"):
            if script.stem not in before:
                sys.modules.pop(script.stem, None)


def test_answers_given_once_are_not_asked_for_again(teachers: ModuleType, tmp_path: Path) -> None:
    photos = [teachers.Shown(f"{k}.jpg", lambda k=k: Image.new("RGB", (4, 4), (k, 0, 0)), ()) for k in range(70)]
    asked: list[int] = []

    def look(opened: Sequence[Image.Image]) -> np.ndarray:
        asked.append(len(opened))
        return np.array([[np.asarray(photo)[0, 0, 0]] for photo in opened])

    for _ in range(2):
        assert teachers.cached(tmp_path / "some", look, photos).ravel().tolist() == list(range(70))
    assert asked == [64, 6]


def test_the_fitted_map_brings_photos_to_their_own_captions(teachers: ModuleType) -> None:
    rng = np.random.default_rng(0)
    texts = rng.normal(size=(60, 256)).astype(np.float32)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    seen = (texts[::2] @ rng.normal(size=(256, 300))).astype(np.float32)
    projection = teachers.fit(seen, texts, np.arange(60) // 2, steps=60)
    placed = projection(teachers.torch.from_numpy(seen)).detach().numpy()
    assert teachers.recall(texts[::2], placed, np.arange(30)).at1 > 90

"""kill -9 at any moment: the library stays whole, nothing is embedded twice after a commit, and a restart finishes.

Ten kills here; RECOLLECT_KILLS=50 for the standard of the project.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from core.decode import decode_pixels
from core.paths import LibraryPaths
from core.photo import fingerprint
from core.pixels import PixelSpec
from core.store import Store
from tests.core.fakes import SIDE, set_age, vectors_of, write_photo
from tests.core.loading import loaded
from tests.core.store.listings import latest

KILLS = int(os.environ.get("RECOLLECT_KILLS", "10"))
PHOTOS = 40 * KILLS
BROKEN_EVERY = 15
SPEC = PixelSpec(SIDE, SIDE)
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.timeout(60 + 12 * KILLS)
def test_killed_again_and_again(tmp_path: Path) -> None:
    photos, logs, library = tmp_path / "photos", tmp_path / "logs", tmp_path / "library"
    logs.mkdir()
    for number in range(PHOTOS):
        path = write_photo(photos / f"{number % 7}/{number}.png", number)
        if number % 10 == 0:
            shutil.copy2(path, photos / f"copy of {number}.png")
        if number % BROKEN_EVERY == 0:
            broken = photos / f"{number % 7}/broken {number}.png"
            broken.write_bytes(path.read_bytes()[:40])
            set_age(broken, 60)
    chance = random.Random(os.urandom(8))
    done: dict[int, str] = {}
    encoded = 0
    for kill in range(KILLS):
        _run_and_kill(library, photos, logs, chance)
        log = _lines(logs / "encoded")
        assert not set(log[encoded:]) & set(done.values())  # what was committed before is never encoded again
        encoded = len(log)
        before, done = done, _check_between(library)
        assert len(before.keys() - done.keys()) <= 1  # the photo that is overwritten below may go, and nothing else
        if kill == KILLS // 2:
            (photos / "3").rename(photos / "three")
            write_photo(photos / "0/0.png", PHOTOS + 1, age=30)
    subprocess.run(_command(library, photos, logs), check=True, cwd=ROOT)
    assert _lines(logs / "committed")[-1] == "finished"
    _check_end(library, photos, logs)


def _run_and_kill(library: Path, photos: Path, logs: Path, chance: random.Random) -> None:
    """Start the program and kill it at a random moment: mostly while it works, sometimes while it starts."""
    process = subprocess.Popen(_command(library, photos, logs), cwd=ROOT)
    if chance.random() < 0.8:
        before = len(_lines(logs / "encoded"))
        until = time.monotonic() + 30
        while len(_lines(logs / "encoded")) == before and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.3)
    else:
        time.sleep(chance.random())
    process.kill()
    process.wait()


def _check_between(library: Path) -> dict[int, str]:
    """After a kill: the library is whole. Return what is searchable, by id, as the encoder saw it."""
    if not LibraryPaths(library).database.exists():
        return {}
    with Store.open(LibraryPaths(library)) as store:
        assert store.check() == []
        ids = [int(one) for one in loaded(store, "fake@1")[0]]
        assert all(store.thumbnail(content_id) is not None for content_id in ids)
        return {content_id: _as_encoded(store, content_id) for content_id in ids}


def _as_encoded(store: Store, content_id: int) -> str:
    photo = store.photo(content_id)
    path = photo.place.path if photo else None
    data = path.read_bytes() if path and path.exists() else b""
    if photo is None or fingerprint(data) != photo.fingerprint:
        return ""  # moved or overwritten, which the next run finds out
    return decode_pixels(data, SPEC).tobytes().hex()


def _check_end(library: Path, photos: Path, logs: Path) -> None:
    with Store.open(LibraryPaths(library)) as store:
        assert store.check() == []
        files = {path.relative_to(photos).as_posix() for path in photos.rglob("*.png")}
        places: Counter[str] = Counter()
        ids, vectors = loaded(store, "fake@1")
        assert latest(store) and len(set(latest(store))) == len(latest(store)) == ids.size
        for content_id, vector in zip(ids.tolist(), vectors, strict=True):
            photo = store.photo(content_id)
            assert photo is not None
            places.update(place.relative_path for place in photo.places)
            pixels = decode_pixels(photo.place.path.read_bytes(), SPEC)
            assert np.abs(vectors_of(pixels[None])[0] - vector).max() < 2e-3
        listed = {file.path.relative_to(photos).as_posix() for file in store.skipped()}
    assert listed == {name for name in files if "broken" in name}
    assert set(places) == files - listed and set(places.values()) == {1}
    committed = Counter(line for line in _lines(logs / "committed") if line != "finished")
    assert max(committed.values()) == 1


def _command(library: Path, photos: Path, logs: Path) -> list[str]:
    return [sys.executable, "-m", "tests.core.indexer.crash_target", str(library), str(photos), str(logs)]


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []

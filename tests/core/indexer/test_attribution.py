"""No photo ever gets another's vector, whatever fails around it, in whatever order answers come."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.decode import DecodeJob, FactsJob, Reply, Unreadable
from core.events import Control, Finished, Indexed, Linked, Skipped
from core.indexer import Indexer
from core.messages import file_reasons
from core.paths import LibraryPaths
from core.pixels import PixelSpec
from core.store import Store
from tests.core.fakes import FakeEncoder, FakePool, set_age, vector_of_photo, write_photo
from tests.core.indexer.conftest import of
from tests.core.loading import loaded

_FILES = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(["good", "good", "good", "broken", "empty", "vanishing", "refused"])),
    min_size=1,
    max_size=24,
)


class _UnrulyPool(FakePool):
    """Answers late and in any order; removes or refuses the files that are named so."""

    def __init__(self, spec: PixelSpec, chance: random.Random) -> None:
        super().__init__(spec)
        self._chance = chance

    def take(self, timeout: float | None = None) -> Reply | None:
        if not self._jobs or self._chance.random() < 0.2:
            return None
        self._jobs.rotate(self._chance.randrange(len(self._jobs)))
        return super().take(timeout)

    def _answer(self, job: DecodeJob | FactsJob) -> Reply:
        if job.path.name.startswith("vanishing"):
            job.path.unlink(missing_ok=True)
        if job.path.name.startswith("refused"):
            return Unreadable(job.token, file_reasons.DRIVE_ERROR(), transient=True)
        return super()._answer(job)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=_FILES, batch=st.integers(1, 5), unusable=st.integers(0, 7), seed=st.integers(0, 2**16))
def test_whatever_fails(files: list[tuple[int, str]], batch: int, unusable: int, seed: int) -> None:
    """Files with few different pictures, some of which the model has no answer for."""
    with tempfile.TemporaryDirectory() as folder, Store.open(LibraryPaths(Path(folder, "library"))) as store:
        photos = Path(folder, "photos")
        names = {f"{kind} {index}.png": (number, kind) for index, (number, kind) in enumerate(files)}
        for name, (number, kind) in names.items():
            _write(photos / name, number, kind)
        store.add_root(photos)
        encoder = FakeEncoder(batch_size=batch)
        bad = vector_of_photo(unusable)

        def alter(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
            wrong = np.abs(vectors - bad).max(axis=1) < 1e-6
            if wrong.all() and len(wrong) > 1:  # nothing usable at all would mean a broken device
                return vectors
            vectors[wrong] = np.nan
            return vectors

        encoder.alter = alter
        chance = random.Random(seed)
        indexer = Indexer(store, encoder, lambda spec: _UnrulyPool(spec, chance), settle_seconds=0)
        events = list(indexer.run(Control()))
        assert store.check() == []
        refused = {event.path.name for event in of(Skipped, events)}
        assert {file.path.name for file in store.skipped()} == refused
        placed = _check_vectors(store, encoder, names)
        assert placed | refused == {name for name, (_, kind) in names.items() if kind != "vanishing"}
        assert not placed & refused
        assert all(names[name][1] != "good" or names[name][0] == unusable for name in refused - _failing(names))
        told = Counter(i for event in of(Indexed, events) for i in event.content_ids)
        (finished,) = of(Finished, events)
        assert sum(told.values()) == len(told) == finished.embedded
        assert len(of(Linked, events)) == finished.linked == len(placed) - len(told)


def _write(path: Path, number: int, kind: str) -> None:
    write_photo(path, number)
    if kind in ("broken", "empty"):
        path.write_bytes(b"" if kind == "empty" else path.read_bytes()[:40])
        set_age(path, 60)


def _failing(names: dict[str, tuple[int, str]]) -> set[str]:
    return {name for name, (_, kind) in names.items() if kind != "good"}


def _check_vectors(store: Store, encoder: FakeEncoder, names: dict[str, tuple[int, str]]) -> set[str]:
    """Every file's vector is that of the picture written into it; return the files that have one."""
    placed: list[str] = []
    for content_id, vector in zip(*loaded(store, encoder.key), strict=True):
        photo = store.photo(int(content_id))
        assert photo is not None
        for place in photo.places:
            placed.append(place.relative_path)
            number, kind = names[place.relative_path]
            assert kind == "good" and np.abs(vector - vector_of_photo(number)).max() < 2e-3
    assert len(placed) == len(set(placed))
    return set(placed)


def test_a_file_replaced_between_the_listing_and_the_reading(tmp_path: Path) -> None:
    """What was read counts, with the stamp of what was read; so the next look finds nothing new."""
    photos = tmp_path / "photos"
    for number in range(6):
        write_photo(photos / f"{number}.png", number)

    class Replacing(FakePool):
        def _answer(self, job: DecodeJob | FactsJob) -> Reply:
            if job.path.name == "3.png":
                write_photo(job.path, 33, age=30)
            if job.path.name == "4.png":
                shutil.copy2(photos / "0.png", job.path)
            return super()._answer(job)

    with Store.open(LibraryPaths(tmp_path / "library")) as store:
        store.add_root(photos)
        encoder = FakeEncoder()
        events = list(Indexer(store, encoder, Replacing, settle_seconds=0).run(Control()))
        assert of(Finished, events)[0].embedded == 5 and encoder.pictures == 5
        names = {f"{number}.png": (number, "good") for number in range(6)} | {
            "3.png": (33, "good"),
            "4.png": (0, "good"),
        }
        assert _check_vectors(store, encoder, names) == set(names)
        again = FakeEncoder()
        list(Indexer(store, again, FakePool, settle_seconds=0).run(Control()))
        assert again.pictures == 0 and store.check() == []

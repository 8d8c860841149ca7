"""A photo that the library forgot is hidden, and comes back within thirty days without the model."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.events import Finished, Indexed
from core.paths import LibraryPaths
from core.query import EVERYTHING
from core.store import Store
from core.store.retention import GRACE_DAYS
from tests.core.fakes import FakeEncoder
from tests.core.indexer.conftest import Bench, of, write_many
from tests.core.loading import loaded


def forgotten(bench: Bench) -> None:
    """Index three photos, and have one of them forgotten."""
    write_many(bench.photos, 9)
    bench.run()
    (bench.photos / "1/1.png").rename(bench.photos.parent / "kept.png")
    bench.run()


def come_back(bench: Bench) -> Finished:
    shutil.copy2(bench.photos.parent / "kept.png", bench.photos / "1/1 again.png")
    return of(Finished, bench.run())[-1]


def test_it_is_hidden_from_everything(bench: Bench) -> None:
    forgotten(bench)
    store, key = bench.store, bench.encoder.key
    counts = store.counts(key)
    assert (counts.photos, counts.indexed, counts.pending) == (8, 8, 0)
    assert len(store.all_photos()) == len(store.passing(EVERYTHING)) == len(loaded(store, key)[0]) == 8
    assert store.vector_usage(key).photos == 8 and len(store.embedded(key)) == 8
    assert store.thumbnails.count() == 8
    assert "1/1.png" not in bench.names()
    assert store.check() == []


def test_it_comes_back_without_the_model(bench: Bench) -> None:
    forgotten(bench)
    asked = bench.encoder.pictures
    finished = come_back(bench)
    assert (finished.embedded, finished.linked, bench.encoder.pictures) == (0, 1, asked)
    bench.assert_photo("1/1 again.png", 1)
    photo = bench.store.photo(bench.names()["1/1 again.png"])
    assert photo is not None and photo.facts.format == "PNG"
    assert bench.store.thumbnail(photo.content_id) is not None
    assert bench.store.kept_vectors(photo.fingerprint, bench.encoder.key) == ()


def test_what_is_in_memory_hears_of_it(bench: Bench) -> None:
    forgotten(bench)
    shutil.copy2(bench.photos.parent / "kept.png", bench.photos / "1/1 again.png")
    shutil.copy2(bench.photos.parent / "kept.png", bench.photos / "1/1 twice.png")
    (told,) = of(Indexed, bench.run())
    assert told.vectors.ids.tolist() == [bench.names()["1/1 again.png"]] == [bench.names()["1/1 twice.png"]]


def test_a_folder_that_was_taken_out_comes_back(bench: Bench) -> None:
    write_many(bench.photos, 9)
    bench.run()
    asked = bench.encoder.pictures
    bench.store.remove_root(bench.root.root_id)
    bench.root = bench.store.add_root(bench.photos)
    bench.run()
    assert bench.encoder.pictures == asked and len(bench.names()) == 9


def test_the_vectors_of_other_models_come_back_with_it(bench: Bench) -> None:
    write_many(bench.photos, 9)
    bench.run()
    first, bench.encoder = bench.encoder, FakeEncoder("another@2")
    forgotten(bench)
    come_back(bench)
    for key in (first.key, "another@2"):
        assert len(loaded(bench.store, key)[0]) == 9


def test_after_thirty_days_nothing_is_kept(tmp_path: Path) -> None:
    days = [date(2026, 3, 1)]
    photos = tmp_path / "photos"
    write_many(photos, 9)
    with Store.open(LibraryPaths(tmp_path / "other"), today=lambda: days[-1]) as store:
        bench = Bench(store, photos)
        forgotten(bench)
        key, size = bench.encoder.key, _kept(store, bench)
        assert size == 1
        days.append(days[0] + timedelta(days=GRACE_DAYS))
        bench.run()
        assert _kept(store, bench) == 1
        days.append(days[0] + timedelta(days=GRACE_DAYS + 1))
        bench.run()
        assert _kept(store, bench) == 0
        assert come_back(bench).embedded == 1 and len(loaded(store, key)[0]) == 9


def _kept(store: Store, bench: Bench) -> int:
    from core.photo import fingerprint

    one = fingerprint((bench.photos.parent / "kept.png").read_bytes())
    return len(store.kept_vectors(one, bench.encoder.key))


def test_space_that_is_asked_for_is_given_back(bench: Bench) -> None:
    forgotten(bench)
    assert bench.store.forget_for_good().photos == 1
    assert bench.store.forget_for_good().photos == 0
    assert come_back(bench).embedded == 1


def test_a_model_that_is_forgotten_takes_what_is_kept_with_it(bench: Bench) -> None:
    forgotten(bench)
    bench.store.forget_model(bench.encoder.key)
    assert _kept(bench.store, bench) == 0


@pytest.mark.parametrize("changed", [True, False])
def test_a_photo_that_was_edited_can_be_put_back(bench: Bench, changed: bool) -> None:
    """Bytes that a file no longer holds are forgotten like any other, and known when they return."""
    forgotten(bench)
    asked = bench.encoder.pictures
    if changed:
        shutil.copy2(bench.photos.parent / "kept.png", bench.photos / "2/2.png")
    else:
        shutil.copy2(bench.photos.parent / "kept.png", bench.photos / "1/1.png")
    bench.run()
    assert bench.encoder.pictures == asked

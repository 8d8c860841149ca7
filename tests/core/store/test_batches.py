"""What a batch makes true, and that it is true as a whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import ModelError
from core.messages import OTHER, folder_messages
from core.photo import Facts, Root
from core.store import Batch, LinkedFile, MovedFile, PartVector, SkippedStamp, Store, ThumbnailVector, reading
from tests.core.loading import loaded, loaded_rows
from tests.core.store.conftest import embedded, identity, put, stamp, unit
from tests.core.store.listings import latest


def test_a_photo_comes_back_as_it_went_in(store: Store, root: Root) -> None:
    facts = Facts(4000, 3000, "2024-05-17T18:03:55", "Canon R5", "50mm", 6, 48.1, 11.5, 4, "JPEG")
    answer = store.record(Batch("m", (embedded(1, stamp(root, "a/b.jpg"), stamp(root, "copy.jpg"), facts=facts),)))
    (content_id,) = answer.embedded
    assert content_id is not None
    photo = store.photo(content_id)
    assert photo is not None and photo.facts == facts and photo.fingerprint == identity(1)
    assert [place.path for place in photo.places] == [root.path / "a/b.jpg", root.path / "copy.jpg"]
    assert not photo.offline
    assert store.thumbnail(content_id) == b"jpeg 1"
    ids, vectors = loaded(store, "m")
    assert ids.tolist() == [content_id] and vectors.dtype == np.float32
    assert np.abs(vectors[0] - unit(1)).max() < 1e-3
    assert store.check() == []


@pytest.mark.parametrize(
    "name",
    ["100%_of 'it'.jpg", "жизнь/照片 \U0001f600.jpg", "nfd e\u0301.jpg", "not utf-8 \udcff\udc80.jpg", 'quo"te;--.jpg'],
)
def test_odd_names_survive(store: Store, root: Root, name: str) -> None:
    content_id = put(store, root, 1, name)
    photo = store.photo(content_id)
    assert photo is not None and photo.place.relative_path == name
    assert [known.relative_path for known in store.known_files(root.root_id)] == [name]
    store.record(Batch(skipped=(SkippedStamp(stamp(root, name, size=11), OTHER(text=f"“{name}” is damaged."), False),)))
    assert [skipped.path for skipped in store.skipped()] == [root.path / name]


def test_a_batch_is_one_transaction(store: Store, root: Root) -> None:
    good, bad = embedded(1, stamp(root, "1")), replace(embedded(2, stamp(root, "2")), vector=unit(2) * 3)
    with pytest.raises(ValueError, match="no embedding"):
        store.record(Batch("m", (good, bad)))
    assert store.counts("m").photos == 0
    assert store.content_of(identity(1), "m") is None


@pytest.mark.parametrize("vector", [np.full(8, np.nan), np.zeros(8), np.full(8, np.inf)])
def test_useless_vectors_are_refused(
    store: Store, root: Root, vector: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    with pytest.raises(ValueError, match="no embedding"):
        store.record(Batch("m", (replace(embedded(1, stamp(root, "1")), vector=vector.astype(np.float32)),)))


def test_one_model_has_one_size(store: Store, root: Root) -> None:
    put(store, root, 1, "1")
    with pytest.raises(ModelError):
        store.record(Batch("m", (replace(embedded(2, stamp(root, "2")), vector=unit(2, 9)),)))


def test_changed_file_leaves_its_old_photo_until_the_sweep(store: Store, root: Root) -> None:
    """photo.jpg is renamed to original.jpg and an edited photo.jpg saved: the old bytes need no second embedding."""
    old = put(store, root, 1, "photo.jpg")
    new = put(store, root, 2, "photo.jpg")
    assert store.photo(old) is None and latest(store) == (new,)
    answer = store.record(Batch(linked=(LinkedFile(stamp(root, "original.jpg"), identity(1)),)))
    assert answer.linked == (old,)
    assert store.forget_files([]) == ()
    assert loaded(store, "m")[0].tolist() == [old, new]


def test_forgetting_the_last_file_forgets_everything_of_a_photo(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "1")
    store.record(Batch(linked=(LinkedFile(stamp(root, "copy"), identity(1)),)))
    first, second = (known.file_id for known in store.known_files(root.root_id))
    assert store.forget_files([first]) == ()
    assert store.forget_files([second]) == (content_id,)
    assert store.photo(content_id) is None and store.thumbnails.get(identity(1)) is None
    assert loaded(store, "m")[0].size == 0
    assert put(store, root, 1, "1") > content_id  # ids are never given twice
    assert store.check() == []


def test_linking_unknown_content_says_so(store: Store, root: Root) -> None:
    answer = store.record(Batch(linked=(LinkedFile(stamp(root, "1"), identity(1)),)))
    assert answer.linked == (None,)


def test_a_folder_removed_meanwhile_takes_its_batch_with_it(store: Store, root: Root) -> None:
    store.remove_root(root.root_id)
    batch = Batch(
        "m",
        (embedded(1, stamp(root, "1")),),
        linked=(LinkedFile(stamp(root, "2"), identity(1)),),
        skipped=(SkippedStamp(stamp(root, "3"), OTHER(text="x"), False),),
    )
    answer = store.record(batch)
    assert answer.embedded == (None,) and answer.linked == (None,)
    assert store.counts("m").photos == 0 and store.check() == []


def test_moving_keeps_everything(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a")
    (known,) = store.known_files(root.root_id)
    store.record(Batch(moved=(MovedFile(known.file_id, stamp(root, "b/c")),)))
    photo = store.photo(content_id)
    assert photo is not None and photo.place.relative_path == "b/c"


def test_skipped_files_are_listed_until_they_become_photos(store: Store, root: Root) -> None:
    for name, transient in (("bad", False), ("busy", True)):
        store.record(Batch(skipped=(SkippedStamp(stamp(root, name), OTHER(text=f"{name}!"), transient),)))
    assert [(s.path.name, s.reason) for s in store.skipped()] == [
        ("bad", OTHER(text="bad!")),
        ("busy", OTHER(text="busy!")),
    ]
    assert [known.retry for known in store.known_files(root.root_id)] == [False, True]
    assert store.counts("m").skipped == 2 and store.roots()[0].skipped == 2
    put(store, root, 1, "bad")
    assert [s.path.name for s in store.skipped()] == ["busy"]
    assert store.check() == []


@pytest.mark.parametrize(("size", "transient", "kept"), [(10, False, True), (11, False, False), (11, True, True)])
def test_a_photo_that_cannot_be_read_again(store: Store, root: Root, size: int, transient: bool, kept: bool) -> None:
    content_id = put(store, root, 1, "a")
    store.record(Batch(skipped=(SkippedStamp(stamp(root, "a", size=size), OTHER(text="no"), transient),)))
    assert store.forget_files([]) == (() if kept else (content_id,))
    assert len(store.skipped()) == 1
    assert store.check() == []
    if transient:  # the file still looks changed to the next comparison
        assert [known.size for known in store.known_files(root.root_id)] == [10]


def test_pending_is_what_a_model_lacks(store: Store, root: Root, tmp_path: Path) -> None:
    put(store, root, 1, "1")
    second = put(store, root, 2, "2", model="other")
    (lacking,) = store.pending("m")
    assert lacking.content_id == second and lacking.path == root.path / "2"
    assert store.count_pending("m") == 1 and store.count_pending("never heard of") == 2
    store.set_offline(root.root_id, folder_messages.NOT_THERE())
    (lacking,) = store.pending("m")
    assert lacking.path is None and lacking.fingerprint == identity(2)
    store.record(Batch("m", from_thumbnails=(ThumbnailVector(second, unit(2)),)))
    assert list(store.pending("m")) == [] and store.count_pending("m") == 0
    assert store.content_of(identity(2), "m") == (second, False)
    store.set_online(root.root_id, 1)
    assert [one.content_id for one in store.pending("m")] == [second]  # redone now that the file is there
    assert store.count_pending("m") == 1
    put(store, root, 2, "2")
    assert list(store.pending("m")) == []
    assert store.content_of(identity(2), "m") == (second, True)


def test_pending_goes_through_many_pages_while_they_are_recorded(store: Store, root: Root) -> None:
    count = 1203
    store.record(Batch("old", tuple(embedded(n, stamp(root, f"{n}.jpg")) for n in range(count))))
    seen = 0
    for lacking in store.pending("m"):
        seen += 1
        assert lacking.file is not None
        store.record(Batch("m", (replace(embedded(0, lacking.file), fingerprint=lacking.fingerprint),)))
    assert seen == count and store.count_pending("m") == 0


def test_a_damaged_file_of_a_known_photo_is_not_pending_for_ever(store: Store, root: Root) -> None:
    put(store, root, 1, "1", model="old")
    store.record(Batch(skipped=(SkippedStamp(stamp(root, "1"), OTHER(text="rotten"), False),)))
    (lacking,) = store.pending("m")
    assert lacking.path is None  # its thumbnail has to do


def test_what_a_file_may_turn_out_to_be(store: Store, root: Root) -> None:
    files = [stamp(root, "1", size=5), stamp(root, "2", size=5), stamp(root, "3", size=6)]
    store.record(Batch("m", tuple(embedded(number, file) for number, file in enumerate(files, start=1))))
    assert store.fingerprints_like(stamp(root, "new", size=5)) == {identity(1), identity(2)}
    assert store.fingerprints_like(stamp(root, "new", size=7)) == frozenset()
    assert store.fingerprints_like(stamp(root, "3", size=5)) == {identity(1), identity(2), identity(3)}


def test_files_of_one_size_are_not_all_named_to_each(store: Store, root: Root) -> None:
    """A camera that writes files of one size made a set as large as the library for every file: quadratic."""
    files = [stamp(root, str(number), size=5) for number in range(100)]
    store.record(Batch("m", tuple(embedded(number, file) for number, file in enumerate(files))))
    assert store.fingerprints_like(stamp(root, "new", size=5)) == frozenset()
    assert store.fingerprints_like(stamp(root, "7", size=5)) == {identity(7)}, "a file that was only touched"


def test_half_precision_changes_no_ranking_beyond_ties(store: Store, root: Root) -> None:
    """What comes back ranks as what went in: places change only where scores are as good as equal."""
    chance = np.random.default_rng(7)
    vectors = chance.standard_normal((400, 512)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    query = vectors[3] + 0.05 * chance.standard_normal(512).astype(np.float32)
    batch = tuple(
        replace(embedded(number, stamp(root, f"{number}.jpg")), vector=vector) for number, vector in enumerate(vectors)
    )
    told = [content_id for content_id in store.record(Batch("half", batch)).embedded if content_id is not None]
    ids, back = loaded(store, "half")
    rows = back[np.searchsorted(ids, told)]
    exact, halved = vectors @ query, rows @ query
    tie = 1e-3 * float(np.linalg.norm(query))
    assert rows.shape == vectors.shape and np.abs(exact - halved).max() < tie
    assert np.all(np.diff(exact[np.argsort(-halved)]) < 2 * tie)


@pytest.mark.parametrize("looked_up_singly", [50_000, 2])
def test_photos_are_found_by_fingerprint(
    store: Store, root: Root, monkeypatch: pytest.MonkeyPatch, looked_up_singly: int
) -> None:
    monkeypatch.setattr(reading, "_LOOKED_UP_SINGLY", looked_up_singly)
    ids = [put(store, root, number, f"{number}") for number in range(5)]
    assert list(store.content_ids_of([identity(3), identity(1), identity(99), identity(3)])) == [ids[1], ids[3]]
    assert list(store.content_ids_of([])) == []
    assert store.fingerprints_of([ids[4], 99, ids[0]]) == {ids[4]: identity(4), ids[0]: identity(0)}


def test_the_parts_of_a_photo_are_kept_and_replaced_with_it(store: Store, root: Root) -> None:
    photo = embedded(1, stamp(root, "film.gif"))
    store.record(Batch("m", (replace(photo, parts=(PartVector(1, unit(11)), PartVector(3, unit(13)))),)))
    content_id = put(store, root, 2, "other")
    assert list(zip(*_places(store), strict=True)) == [(1, 0), (1, 1), (1, 3), (content_id, 0)]
    assert np.abs(loaded_rows(store, "m").vectors[2] - unit(13)).max() < 1e-3
    counts, usage = store.counts("m"), store.vector_usage("m")
    assert (counts.photos, counts.indexed, counts.pending, usage.photos) == (2, 2, 0, 2)
    assert store.count_pending("m") == 0 and list(store.pending("m")) == []
    assert len(list(store.pending("another"))) == 2
    store.record(Batch("m", (replace(photo, parts=(PartVector(2, unit(12)),)),)))
    assert [part for owner, part in zip(*_places(store), strict=True) if owner == 1] == [0, 2]
    with pytest.raises(ValueError, match="no embedding"):
        store.record(Batch("m", (replace(photo, parts=(PartVector(1, 2 * unit(1)),)),)))
    assert store.check() == []


def _places(store: Store) -> tuple[list[int], list[int]]:
    rows = loaded_rows(store, "m")
    return rows.ids.tolist(), rows.parts.tolist()

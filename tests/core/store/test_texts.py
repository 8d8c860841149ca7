"""Titles, captions, keywords, and the files beside photos, as the library keeps them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.store import Batch, FactsStamp, FileStamp, LinkedFile, MovedFile, Store
from core.store.texts import folded
from tests.core.store.conftest import identity, put, stamp

FACTS = Facts(
    title="Title",
    caption="two\nlines",
    keywords=("b", "a", "Ä"),
    zone="+02:00",
    iso=100,
    aperture=2.8,
    exposure=0.004,
    focal_length=35.0,
    altitude=-3.5,
    software="GIMP",
    screenshot=True,
    panorama=True,
)


def facts_of(store: Store, content_id: int) -> Facts:
    photo = store.photo(content_id)
    assert photo is not None
    return photo.facts


def due(store: Store) -> list[int]:
    ids = [one.content_id for one in store.due_facts()]
    assert store.count_due_facts() == len(ids)
    return ids


def beside(root: Root, name: str, size: int = 5) -> FileStamp:
    return FileStamp(root.root_id, name, size, 1, 0)


def test_what_goes_in_comes_out(store: Store, root: Root) -> None:
    assert facts_of(store, put(store, root, 1, "a", facts=FACTS)) == FACTS
    assert facts_of(store, put(store, root, 2, "b")) == Facts()


def test_half_a_character_is_kept_as_a_question_mark(store: Store, root: Root) -> None:
    facts = facts_of(store, put(store, root, 1, "a", facts=Facts(title="a\udc80", keywords=("\ud800",))))
    assert (facts.title, facts.keywords) == ("a?", ("?",))


def test_it_is_gone_with_its_photo(store: Store, root: Root, layout: LibraryPaths) -> None:
    put(store, root, 1, "a", facts=FACTS)
    store.remove_root(root.root_id)
    with sqlite3.connect(layout.database) as connection:
        assert connection.execute("SELECT count(*) FROM texts").fetchone() == (0,)
    assert store.check() == []


@pytest.mark.parametrize(("one", "other"), [("STRASSE", "straße"), ("É", "e\u0301"), ("a  b", "A\nB")])
def test_compared_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_new_photo_is_read_already(store: Store, root: Root) -> None:
    put(store, root, 1, "a")
    assert due(store) == []


def test_facts_read_again_take_the_place_of_the_old_ones(store: Store, root: Root) -> None:
    first = put(store, root, 1, "a.jpg", facts=Facts(width=40, taken_at="2020-01-01T00:00:00", title="old"))
    second = put(store, root, 2, "b.jpg", facts=Facts(width=50, format="JPEG"))
    store.follow_sidecars(root.root_id, [beside(root, "a.xmp"), beside(root, "b.xmp")], [])
    assert due(store) == [first, second]
    store.record(Batch(facts=(FactsStamp(first, 7, FACTS), FactsStamp(second, 7, None), FactsStamp(99, 7, FACTS))))
    assert due(store) == []
    now = facts_of(store, first)
    assert (now.width, now.taken_at, now.title) == (40, None, "Title")
    assert facts_of(store, second) == Facts(width=50, format="JPEG")


@pytest.mark.parametrize(
    ("sidecar", "meant"),
    [
        ("in/a.nef.xmp", ["in/a.nef"]),
        ("in/a.xmp", ["in/a.jpg", "in/a.nef"]),
        ("in/A.xmp", []),
        ("a.xmp", []),
        ("in/a.b.xmp", ["in/a.b.jpg"]),
        ("in.xmp", []),
        ("in/100%_.xmp", ["in/100%_.jpg"]),
    ],
)
def test_whom_a_sidecar_speaks_of(store: Store, root: Root, sidecar: str, meant: list[str]) -> None:
    names = ["in/a.jpg", "in/a.nef", "in/a.b.jpg", "in/ab.jpg", "in/a/a.jpg", "in/100%_.jpg", "in/100%a.jpg"]
    ids = {put(store, root, number, name): name for number, name in enumerate(names)}
    store.follow_sidecars(root.root_id, [beside(root, sidecar)], [])
    assert [ids[one] for one in due(store)] == meant
    assert [(file.relative_path, file.size) for file in store.known_sidecars(root.root_id)] == [(sidecar, 5)]
    store.record(Batch(facts=tuple(FactsStamp(one, 1, Facts()) for one in ids)))
    store.follow_sidecars(root.root_id, [], [sidecar])
    assert [ids[one] for one in due(store)] == meant
    assert list(store.known_sidecars(root.root_id)) == []


def test_a_copy_beside_which_more_is_said(store: Store, root: Root) -> None:
    first = put(store, root, 1, "a.jpg")
    store.follow_sidecars(root.root_id, [beside(root, "b.jpg.xmp")], [])
    assert due(store) == []
    link = LinkedFile(stamp(root, "b.jpg"), identity(1))
    store.record(Batch(linked=(link,)))
    (one,) = store.due_facts()
    assert (one.content_id, one.path, one.others) == (first, root.path / "a.jpg", (root.path / "b.jpg",))
    store.record(Batch(facts=(FactsStamp(first, 1, Facts()),)))
    store.record(Batch(linked=(link,)))  # touched, and nothing else
    assert due(store) == []


def test_what_is_out_of_reach_waits(store: Store, root: Root) -> None:
    from core.messages import folder_messages

    first = put(store, root, 1, "a.jpg")
    store.follow_sidecars(root.root_id, [beside(root, "a.xmp")], [])
    store.set_offline(root.root_id, folder_messages.NOT_LISTED(detail="gone"))
    assert due(store) == []
    store.set_online(root.root_id, 1)
    assert due(store) == [first]


def test_a_moved_photo_keeps_what_was_said(store: Store, root: Root, photos: Path) -> None:
    first = put(store, root, 1, "a.jpg", facts=FACTS)
    (known,) = store.known_files(root.root_id)
    store.record(Batch(moved=(MovedFile(known.file_id, stamp(root, "b.jpg")),)))
    assert facts_of(store, first) == FACTS

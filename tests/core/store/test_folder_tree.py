"""The tree of folders, a level at a time."""

from __future__ import annotations

from core.photo import Root, Subfolder
from core.store import Store
from tests.core.store.test_folders import put


def test_a_level_has_its_folders_with_what_is_below_them(store: Store, root: Root) -> None:
    names = ["z.jpg", "a/1.jpg", "a/b/2.jpg", "a/b/c/3.jpg", "a0/4.jpg", "a-b/5.jpg", "B/6.jpg", "a/x.jpg", "雪/7.jpg"]
    for number, name in enumerate(names, 1):
        put(store, root, number, name)
    assert store.subfolders(root.root_id, "") == (
        Subfolder("a", 4, True),
        Subfolder("a-b", 1, False),
        Subfolder("a0", 1, False),
        Subfolder("B", 1, False),
        Subfolder("雪", 1, False),
    )
    assert store.subfolders(root.root_id, "a") == (Subfolder("b", 2, True),)
    assert store.subfolders(root.root_id, "a/b") == (Subfolder("c", 1, False),)
    assert store.subfolders(root.root_id, "a/b/c") == store.subfolders(root.root_id, "nowhere") == ()


def test_names_that_photos_can_be_asked_for_by(store: Store, root: Root) -> None:
    for number, name in enumerate(["z.jpg", "Lyon/1.jpg", "Lyon/day 1/2.jpg", "雪/7.jpg"], 1):
        put(store, root, number, name)
    assert store.names() == {"camera": (), "in": ("photos", "Lyon", "雪")}

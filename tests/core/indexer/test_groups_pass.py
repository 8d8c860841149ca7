"""Which photos are found to show the same picture or the same moment."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.decode.picture_hash import picture_hash
from core.events import Comparing, Control
from core.indexer.groups_pass import find_groups
from core.indexer.near_hashes import near_pairs
from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.query import Fact, Text
from core.store import Batch, Embedded, FileStamp, Store
from tests.core.store.conftest import identity, layout, photos, root, store, unit

__all__ = ["layout", "photos", "root", "store"]  # fixtures

DUPLICATES = Fact("is", (Text("duplicate"),))


def scene(seed: int, size: tuple[int, int] = (320, 240), quality: int = 90) -> bytes:
    """Return a JPEG of some blots; the same ones in any size."""
    blots = np.random.default_rng(seed).integers(0, 255, (24, 32, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(blots).resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", quality=quality)
    return out.getvalue()


def distance(one: bytes | None, other: bytes | None) -> int:
    assert one is not None and other is not None
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def put(
    store: Store, root: Root, number: int, jpeg: bytes, vector: NDArray[np.float32], facts: Facts | None = None
) -> int:
    """Record a photo with this thumbnail and vector; return its id."""
    stamp = FileStamp(root.root_id, f"{number}.jpg", 10, 1_700_000_000_000_000_000, 7)
    embedded = Embedded(identity(number), facts or Facts(), jpeg, vector, (stamp,))
    (content_id,) = store.record(Batch("m", (embedded,))).embedded
    assert content_id is not None
    return content_id


def find(store: Store) -> None:
    list(find_groups(store, "m", Control()))


def taken(second: int, camera: str = "Canon") -> Facts:
    return Facts(taken_at=f"2024-05-17T18:03:{second:02}", camera=camera)


def test_sizes_and_compressions_of_a_picture_have_nearly_the_same_hash_and_others_have_not() -> None:
    first = picture_hash(scene(1))
    assert distance(first, picture_hash(scene(1, (512, 384), 40))) <= 20
    assert distance(first, picture_hash(scene(2))) > 80
    assert picture_hash(b"no picture") is None
    blank = io.BytesIO()
    Image.new("RGB", (100, 80), "white").save(blank, "JPEG")
    assert picture_hash(blank.getvalue()) is None


@pytest.mark.parametrize("count", [1, 40])
def test_near_pairs_are_those_that_comparing_each_with_each_finds(count: int) -> None:
    random = np.random.default_rng(5)
    among = random.integers(0, 2**64, (300, 4), np.uint64)
    asked = among[:count].copy()
    for row in asked:
        for bit in random.choice(256, random.integers(10, 31), replace=False):
            row[bit // 64] ^= np.uint64(1 << int(bit % 64))
    bits = np.bitwise_count(asked[:, None] ^ among[None]).sum(axis=2)
    assert near_pairs(asked, among).tolist() == np.argwhere(bits <= 20).tolist()


def test_the_same_picture_needs_a_like_hash_and_a_near_vector(store: Store, root: Root) -> None:
    one = put(store, root, 1, scene(1), unit(1))
    copy = put(store, root, 2, scene(1, (512, 384), 60), unit(1))
    put(store, root, 3, scene(2), unit(1))  # looks alike to the model alone
    put(store, root, 4, scene(1, quality=70), unit(2))  # looks alike to the hash alone
    find(store)
    groups = store.groups()
    assert groups.ids.tolist() == [one, copy]
    assert groups.pictures.tolist() == [one, one]
    assert store.passing(DUPLICATES).tolist() == [one, copy]


def test_the_same_moment_needs_the_camera_the_seconds_and_a_vector_nearby(store: Store, root: Root) -> None:
    burst = [put(store, root, n, scene(n), unit(1), taken(3 * n)) for n in range(1, 4)]
    put(store, root, 4, scene(4), unit(1), taken(9, "Nikon"))
    put(store, root, 5, scene(5), unit(1), taken(30))
    put(store, root, 6, scene(6), unit(2), taken(6))
    find(store)
    groups = store.groups()
    assert groups.ids.tolist() == burst
    assert groups.moments.tolist() == [burst[0]] * 3
    assert not len(store.passing(DUPLICATES)), "a moment is no duplicate"


def test_the_raw_file_of_a_shot_is_no_duplicate(store: Store, root: Root) -> None:
    def shot(number: int, name: str, kind: str) -> int:
        facts = Facts(taken_at="2024-05-17T18:03:55", format=kind)
        stamp = FileStamp(root.root_id, name, 10, 1_700_000_000_000_000_000, 7)
        photo = Embedded(identity(number), facts, scene(1, quality=60 + number), unit(1), (stamp,))
        (content_id,) = store.record(Batch("m", (photo,))).embedded
        assert content_id is not None
        return content_id

    pair = [shot(1, "a.nef", "NEF"), shot(2, "a.jpg", "JPEG")]
    find(store)
    assert store.groups().pictures.tolist() == [pair[0]] * 2 and store.groups().shots.tolist() == [pair[1]] * 2
    assert not len(store.passing(DUPLICATES))
    small = shot(3, "small.jpg", "JPEG")
    find(store)
    assert store.passing(DUPLICATES).tolist() == [*pair, small]


def test_new_photos_join_groups_that_are_there(store: Store, root: Root) -> None:
    first = put(store, root, 1, scene(1), unit(1), taken(1))
    find(store)
    assert not len(store.groups())
    late = [
        put(store, root, 2, scene(1, quality=60), unit(1), taken(9)),
        put(store, root, 3, scene(3), unit(1), taken(3)),
    ]
    find(store)
    groups = store.groups()
    assert groups.ids.tolist() == [first, *late]
    assert groups.pictures.tolist() == [first, first, 0]
    assert groups.moments.tolist() == [first, 0, first]
    assert groups.folds.tolist() == [first] * 3


def test_two_bursts_become_one_when_the_photo_between_them_comes(store: Store, root: Root) -> None:
    for number, second in ((1, 1), (2, 3), (3, 8), (4, 10)):
        put(store, root, number, scene(number), unit(1), taken(second))
    find(store)
    assert len(set(store.groups().moments.tolist())) == 2
    put(store, root, 5, scene(5), unit(1), taken(5))
    find(store)
    assert len(set(store.groups().moments.tolist())) == 1
    assert len(store.groups()) == 5


def test_a_pass_that_is_stopped_goes_on_where_it_was(store: Store, root: Root) -> None:
    put(store, root, 1, scene(1), unit(1))
    put(store, root, 2, scene(1), unit(1))
    control = Control()
    run = find_groups(store, "m", control)
    assert next(run) == Comparing(2, 2)
    control.stop()
    list(run)
    assert store.count_unseen() == 0
    assert not len(store.groups())
    find(store)
    assert len(store.groups()) == 2
    assert not list(find_groups(store, "m", Control())), "there is nothing to do"


def test_a_photo_that_stays_alone_is_in_no_group(store: Store, root: Root) -> None:
    put(store, root, 1, scene(1), unit(1))
    put(store, root, 2, scene(1), unit(1))
    find(store)
    (known,) = [file for file in store.known_files(root.root_id) if file.relative_path == "1.jpg"]
    store.forget_files([known.file_id])
    assert not len(store.groups())
    assert not len(store.passing(DUPLICATES))
    put(store, root, 3, scene(1), unit(1))
    find(store)
    assert len(store.groups()) == 2, "the group goes on without the photo it began with"


def test_hashes_of_a_library_in_another_place_need_no_file(tmp_path: Path, store: Store, root: Root) -> None:
    """Nothing of the pass reads a photo: the folder of these never existed on this disk."""
    put(store, root, 1, scene(1), unit(1))
    put(store, root, 2, scene(1), unit(1))
    assert not list((tmp_path / "photos").iterdir())
    find(store)
    assert len(store.groups()) == 2
    assert LibraryPaths(tmp_path / "library").database.exists()

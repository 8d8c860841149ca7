"""A library, a folder of photos and an indexer with fakes for its slow parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from core.events import Control, Event
from core.indexer import Indexer
from core.paths import LibraryPaths
from core.photo import Root
from core.store import Store
from tests.core.fakes import FakeEncoder, Pools, vector_of_photo, write_photo
from tests.core.loading import loaded
from tests.core.store.listings import latest

E = TypeVar("E")


class Bench:
    """Everything a test of the indexer touches."""

    def __init__(self, store: Store, photos: Path) -> None:
        self.store = store
        self.photos = photos
        self.root: Root = store.add_root(photos)
        self.encoder = FakeEncoder()
        self.pools = Pools()
        self.control = Control()

    def indexer(self, *, settle_seconds: float = 0.0) -> Indexer:
        return Indexer(self.store, self.encoder, self.pools, settle_seconds=settle_seconds)

    def run(self, *, settle_seconds: float = 0.0, root_ids: tuple[int, ...] | None = None) -> list[Event]:
        """Index once; afterwards the library has to be healthy."""
        events = list(self.indexer(settle_seconds=settle_seconds).run(self.control, root_ids))
        assert self.store.check() == []
        assert all(pool.closed for pool in self.pools.made)
        return events

    def names(self) -> dict[str, int]:
        """Return the content of every file by its path in its root."""
        found: dict[str, int] = {}
        for content_id in latest(self.store):
            photo = self.store.photo(content_id)
            assert photo is not None
            for place in photo.places:
                assert place.relative_path not in found
                found[place.relative_path] = content_id
        return found

    def assert_photo(self, name: str, number: int) -> None:
        """The file's vector is the one of the picture that was written into it."""
        ids, vectors = loaded(self.store, self.encoder.key)
        row = int(np.searchsorted(ids, self.names()[name]))
        assert ids[row] == self.names()[name]
        assert np.abs(vectors[row] - vector_of_photo(number)).max() < 2e-3


def of(kind: type[E], events: list[Event]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def write_many(folder: Path, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        write_photo(folder / f"{number % 3}/{number}.png", number)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    photos = tmp_path / "photos"
    photos.mkdir()
    with Store.open(LibraryPaths(tmp_path / "library")) as store:
        yield Bench(store, photos)

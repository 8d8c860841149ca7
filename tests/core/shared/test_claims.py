"""Several programs index one library on a server: nothing is embedded twice, and nothing is lost."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.events import Control, Event
from core.indexer import Indexer, sharing
from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.claims import ServerClaims
from core.shared.connections import Connections
from core.store import Batch, ThumbnailVector
from tests.core.contracts.catalog import put
from tests.core.fakes import FakeEncoder, Pools, write_photo
from tests.core.store.conftest import identity, stamp, unit

PHOTOS, COPIES = 40, 8


@pytest.fixture
def catalogs(address: Address) -> Iterator[tuple[ServerCatalog, ServerCatalog]]:
    with ServerCatalog.open(address) as one, ServerCatalog.open(address) as other:
        yield one, other


@pytest.fixture
def connections(address: Address, catalogs: object) -> Iterator[Connections]:
    connections = Connections(address)
    yield connections
    connections.close()


def index(catalog: ServerCatalog, encoder: FakeEncoder) -> list[Event]:
    return list(Indexer(catalog, encoder, Pools(), settle_seconds=0.0).run(Control()))


def once(both: threading.Barrier) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """Return what lets the first answer of an encoder wait for that of another."""
    waited = threading.Event()

    def answer(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        if not waited.is_set():
            waited.set()
            both.wait()
        return vectors

    return answer


def test_what_one_has_claimed_no_other_gets(catalogs: tuple[ServerCatalog, ServerCatalog], photos: Path) -> None:
    one, other = catalogs
    root = one.add_root(photos)
    files = [stamp(root, f"{number}.jpg") for number in range(4)]
    before = other.revision()
    assert one.claimed_files("m", files[:3]) == set(files[:3])
    assert other.claimed_files("m", files) == {files[3]} and other.claimed_files("n", files) == set(files)
    assert one.claimed_files("m", files) == set(files[:3])  # once more is no harm
    one.release_claims()
    assert other.claimed_files("m", files) == set(files)
    assert other.revision() == before  # nobody need look for news


def test_what_has_a_vector_is_not_embedded_again(catalogs: tuple[ServerCatalog, ServerCatalog], photos: Path) -> None:
    one, other = catalogs
    root = one.add_root(photos)
    first, second = (put(one, root, number, f"{number}.jpg") for number in range(2))
    one.record(Batch("n", from_thumbnails=(ThumbnailVector(second, unit(1)),)))
    asked = [identity(number) for number in range(3)]
    assert first and other.claimed_contents("m", asked) == {identity(2)}
    assert other.claimed_contents("n", asked) == set(asked)  # one made from a thumbnail is made again, from the photo


def test_a_lease_runs_out(connections: Connections) -> None:
    crashed, other = ServerClaims(connections, lease=0.0), ServerClaims(connections)
    assert crashed.contents("m", [identity(1)]) == other.contents("m", [identity(1)]) == {identity(1)}
    assert crashed.contents("m", [identity(1)]) == set()
    other.release()
    with connections.borrowed() as connection:
        assert connection.plain("SELECT count(*) FROM claims").fetchone() == (0,)


def test_two_indexers_share_the_work(catalogs: tuple[ServerCatalog, ServerCatalog], photos: Path) -> None:
    for number in range(PHOTOS):
        write_photo(photos / f"{number}.png", number)
    for number in range(COPIES):
        shutil.copy(photos / f"{number}.png", photos / f"z copy of {number}.png")
    catalogs[0].add_root(photos)
    encoders = FakeEncoder(), FakeEncoder()
    both = threading.Barrier(2, timeout=60)  # neither is done before the other one has begun
    for encoder in encoders:
        encoder.alter = once(both)
    with pytest.MonkeyPatch.context() as patched, ThreadPoolExecutor(2) as threads:
        patched.setattr(sharing, "_FILES_AT_ONCE", 4)
        list(threads.map(index, catalogs, encoders))
    assert encoders[0].pictures + encoders[1].pictures == PHOTOS
    assert all(encoder.pictures for encoder in encoders)
    assert len(list(catalogs[0].known_files(catalogs[0].roots()[0].root_id))) == PHOTOS + COPIES
    assert catalogs[0].repeated_photos().size == COPIES and catalogs[0].check() == []


def test_the_share_of_one_that_crashed_comes_back(
    catalogs: tuple[ServerCatalog, ServerCatalog], connections: Connections, photos: Path
) -> None:
    for number in range(6):
        write_photo(photos / f"{number}.png", number)
    one, other = catalogs
    one.add_root(photos)
    crashed = Indexer(one, FakeEncoder(), Pools(), settle_seconds=0.0)
    run, encoder = crashed.run(Control()), FakeEncoder()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ServerCatalog, "release_claims", lambda self: None)
        while not one.counts("fake@1").indexed:
            next(run)
        run.close()
    before = one.counts("fake@1").indexed
    assert 0 < before < 6
    index(other, encoder)
    assert encoder.pictures == 0  # it may still be at it
    with connections.changing() as connection:
        connection.plain("UPDATE claims SET until = clock_timestamp()")
    index(other, encoder)
    assert encoder.pictures == 6 - before and other.counts("fake@1").indexed == 6

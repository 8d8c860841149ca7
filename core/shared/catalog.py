"""The library on a server, as intentions: what `core.store` asks and changes, over connections to PostgreSQL.

Several programs write at once. Each change is a transaction that begins by counting the library's revision up: that
row is locked until it is committed, so that changes come one after the other, and whoever reads can tell that there
are new ones. They are short; what takes its time, decoding and the model, is done before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Hashable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.errors import LibraryError
from core.events import Control, PreparingSearch
from core.messages import Message, library_errors
from core.query import Filter, Order
from core.shared import hnsw_index, questions
from core.shared.address import Address
from core.shared.claims import ServerClaims
from core.shared.connections import Connections, ServerConnection, translated_errors
from core.shared.news import ServerNews
from core.shared.places import Places
from core.shared.schema import bring_up_to_date, is_unfinished
from core.shared.thumbnails import ServerThumbnails
from core.shared.user_data_owner import with_own_said
from core.shared.vectors import ServerVectors, index_name
from core.store import checks, picture_groups, retention
from core.store.picture_groups import SECONDS_APART
from core.store.records import FileStamp, Freed, VectorUsage
from core.store.store_changes import StoreChanges
from core.vector_search import Measured, VectorSearch
from core.vectors import VectorRows


class ServerCatalog(StoreChanges):
    """A library on a server whose folders lie where they were added: a `core.store.Catalog`."""

    def __init__(
        self,
        address: Address,
        *,
        write: bool,
        today: Callable[[], date] = date.today,
        places: Places | None = None,
    ) -> None:
        self._write = write
        first = Connections(address).open()
        try:
            with translated_errors():
                address = with_own_said(first.raw, address)
                bring_up_to_date(first.raw, address, write=write)
                if is_unfinished(first.raw, address):
                    raise LibraryError(library_errors.COPY_UNFINISHED(address=address.shown))
        finally:
            first.raw.close()
        self._address = address
        self._connections = Connections(address, places=places)
        self._claims = ServerClaims(self._connections)
        self._server_thumbnails = ServerThumbnails(self._connections, places)
        self._followings: list[ServerNews] = []
        super().__init__(self._connections, self._server_thumbnails, None, today)

    @classmethod
    def open(cls, address: Address, *, write: bool = True, today: Callable[[], date] = date.today) -> ServerCatalog:
        """Open the library, or make it when writing. `today` is the clock that "last week" is counted from.

        Raises:
            LibraryNewer: if a newer Recollect made it.
            LibraryError: if the server cannot be reached, or holds no library that can be read.
        """
        return cls(address, write=write, today=today)

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing. Others may write to it as well."""
        return self._write

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Generator[ServerConnection]:
        if not self._write:
            raise LibraryError(library_errors.NOT_WRITABLE())
        with self._connections.changing() as connection:
            connection.plain("UPDATE revision SET number = number + 1")
            yield connection

    # Whose work is what

    @property
    def has_others(self) -> bool:
        """Whether anybody else may write to the library at the same time: on a server, always."""
        return True

    def claimed_files(self, model: str, files: Collection[FileStamp]) -> set[FileStamp]:
        """Return those of these files that nobody else reads for this model, which are this program's now."""
        return self._claims.files(model, files)

    def claimed_contents(self, model: str, fingerprints: Collection[bytes]) -> set[bytes]:
        """Return those of these contents that nobody else embeds or has embedded: they are this program's now."""
        return self._claims.contents(model, fingerprints)

    def release_claims(self) -> None:
        """Give back all that is this program's; where that fails, its lease does."""
        with suppress(LibraryError):
            self._claims.release()

    def follow(self, on_news: Callable[[], None]) -> ServerNews:
        """Call `on_news`, from another thread, whenever another program recorded something, or may have."""
        following = ServerNews(self._connections, self._address, on_news)
        self._followings.append(following)
        return following

    def close(self) -> None:
        """Close the connections. May be called twice."""
        for following in self._followings:
            following.close()
        super().close()

    # In the server's own way

    def passing(self, filter: Filter) -> NDArray[np.int64]:
        """Return, ascending, the photos that pass a filter."""
        with self._connections.borrowed() as connection:
            return questions.passing(connection, self._asking(connection), filter)

    def listed(self, filter: Filter, order: Order, limit: int | None = None) -> NDArray[np.int64]:
        """Return the photos that pass a filter, in an order; by date it is when they were taken, else the file's."""
        with self._connections.borrowed() as connection:
            return questions.listed(connection, self._asking(connection), filter, order, limit)

    def all_photos(self) -> NDArray[np.int64]:
        """Return the ids of all photos, ascending."""
        with self._connections.borrowed() as connection:
            return questions.all_photos(connection)

    def embedded(self, model: str) -> NDArray[np.int64]:
        """Return, ascending, the photos that a model has a vector of."""
        with self._connections.borrowed() as connection:
            return questions.embedded(connection, model)

    def days(self, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return ids of photos that are known, of these or (None) of all, and of each the day it is listed under."""
        with self._connections.borrowed() as connection:
            return questions.days(connection, content_ids)

    def shapes(self, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the ids of photos whose size is known, of these or (None) of all, and width by height of each."""
        with self._connections.borrowed() as connection:
            return questions.shapes(connection, content_ids)

    def colours(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the ids of photos whose mean colour is known, and it, as 0xRRGGBB."""
        with self._connections.borrowed() as connection:
            return picture_groups.colours(connection)

    def moment_pairs(self, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return each of these photos with those taken within three seconds by the same camera: int64 (n, 2)."""
        with self._connections.borrowed() as connection:
            return questions.moment_pairs(connection, content_ids, SECONDS_APART)

    def load_vectors(self, model: str) -> Iterator[VectorRows]:
        """Yield all vectors of a model, some at a time; nothing if it is unknown."""
        with self._connections.borrowed() as connection:
            yield from questions.load_vectors(connection, model)

    def vectors_of(self, model: str, content_ids: NDArray[np.int64]) -> Iterator[VectorRows]:
        """Yield the vectors a model has of some photos, some at a time."""
        with self._connections.borrowed() as connection:
            yield from questions.load_vectors(connection, model, content_ids)

    def vector_search(self, model: str, dimension: int) -> VectorSearch:
        """Return a search among a model's vectors on the server."""
        return ServerVectors(self._connections, model, dimension)

    def prepare_search(self, model: str, control: Control) -> Iterator[PreparingSearch]:
        """Make and measure the server's index of a model's vectors, where there are enough and none is there."""
        return hnsw_index.prepare_search(self._connections, model, control)

    def measured_search(self, model: str) -> Measured | None:
        """Return how well the server's index of a model's vectors finds the nearest; None if there is none."""
        return hnsw_index.measured(self._connections, model)

    def vector_usage(self, model: str) -> VectorUsage:
        """Return how many vectors there are of a model, and about how much of the database they take."""
        with self._connections.borrowed() as connection:
            return questions.vector_usage(connection, model)

    # Space and health

    def forget_for_good(self) -> Freed:
        """Drop what is kept of photos that were forgotten lately. The server gives its space to the next ones."""
        with self._transaction() as connection:
            return Freed(retention.drop_kept(connection), 0)

    def forget_model(self, model: str) -> int:
        """Forget all vectors of a model; return 0: the server gives their space to others."""
        with self._transaction() as connection:
            for (model_id,) in connection.plain("DELETE FROM models WHERE key = $1 RETURNING id", (model,)).fetchall():
                connection.plain(f"DROP INDEX IF EXISTS {index_name(model_id)}")
        return 0

    def revision(self) -> Hashable:
        """Return a value that is another one after anything was recorded, by whatever program."""
        with self._connections.borrowed() as connection:
            return connection.plain("SELECT number FROM revision").fetchone()

    def check(self) -> list[Message]:
        """Return what is wrong with the library; an empty list means healthy."""
        with self._connections.borrowed() as connection:
            return checks.contradictions(connection)

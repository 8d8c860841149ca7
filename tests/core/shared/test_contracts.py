"""The catalogue and the search on a server do what every catalogue and every search has to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.connections import Connections
from core.shared.vectors import ServerVectors
from core.store import Catalog
from tests.core.contracts.catalog import CatalogContract
from tests.core.contracts.vector_search import Make, VectorSearchContract


class TestServerCatalog(CatalogContract):
    @pytest.fixture
    def catalog(self, address: Address) -> Iterator[Catalog]:
        with ServerCatalog.open(address) as catalog:
            yield catalog


class TestServerVectors(VectorSearchContract):
    @pytest.fixture
    def made(self, address: Address) -> Iterator[Make]:
        ServerCatalog.open(address).close()
        connections = Connections(address)
        with connections.changing() as connection:  # vectors of photos that are not there
            connection.plain("ALTER TABLE vectors DROP CONSTRAINT vectors_content_id_fkey")
        numbers = itertools.count()
        yield lambda dimension: ServerVectors(connections, f"model {next(numbers)}", dimension)
        connections.close()

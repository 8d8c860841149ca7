"""The catalogue in SQLite and the search in memory do what every catalogue and every search has to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.index import VectorIndex
from core.paths import LibraryPaths
from core.store import Catalog, Store
from tests.core.contracts.catalog import CatalogContract
from tests.core.contracts.vector_search import Make, VectorSearchContract


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


class TestStore(CatalogContract):
    @pytest.fixture
    def catalog(self, tmp_path: Path) -> Iterator[Catalog]:
        with Store.open(LibraryPaths(tmp_path / "library")) as store:
            yield store


class TestVectorIndex(VectorSearchContract):
    @pytest.fixture
    def made(self) -> Make:
        return VectorIndex

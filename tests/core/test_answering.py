"""What questions are answered from is exchanged as one, and nobody waits for the exchange."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.events import Control, Finished
from core.library import Library
from core.query import described
from core.store import Store
from core.vectors import VectorRows
from tests.core.test_library import Crayons, index, make_model, paint


class Gate:
    """Holds whoever loads vectors of one model until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, model: str) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        load = Store.load_vectors

        def slow(store: Store, key: str) -> Iterator[VectorRows]:
            loaded = list(load(store, key))
            if key.startswith(model):
                self.reached.set()
                assert self.opened.wait(60)
            yield from loaded

        monkeypatch.setattr(Store, "load_vectors", slow)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for colour in ("red", "green", "blue"):
        paint(tmp_path / "photos" / f"{colour}.png", colour)
    return tmp_path / "photos"


def test_searches_go_on_while_another_models_vectors_load(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_model(tmp_path / "crayons"), make_model(tmp_path / "pastels")
    with Library.open(tmp_path / "library", model=str(first), make_encoder=Crayons()) as library:
        library.add_root(photos)
        index(library)
        assert library.find(described("red")).model.startswith("crayons@")
        library.models.use(str(second))
        gate = Gate(monkeypatch, "pastels")
        run = threading.Thread(target=index, args=(library,))
        run.start()
        try:
            assert gate.reached.wait(60)
            assert library.find(described("green")).model.startswith("crayons@")
        finally:
            gate.opened.set()
            run.join(60)
        assert library.find(described("blue")).model.startswith("pastels@")


def test_a_reader_follows_what_another_process_records(tmp_path: Path, photos: Path) -> None:
    model = make_model(tmp_path / "crayons")
    with Library.open(tmp_path / "library", model=str(model), make_encoder=Crayons()) as writer:
        writer.add_root(photos)
        index(writer)
        with Library.open(tmp_path / "library", write=False, make_encoder=Crayons()) as reader:
            assert not reader.catch_up()  # nothing was asked yet
            assert len(reader.find(described("red"))) == 3 and not reader.catch_up()
            paint(photos / "new.png", "#ff1010")
            (photos / "green.png").unlink()
            index(writer)
            assert reader.catch_up() and not reader.catch_up()
            assert sorted(name_of(reader, hit.content_id) for hit in reader.find(described("red")).hits) == [
                "blue.png",
                "new.png",
                "red.png",
            ]
            writer.models.use(str(make_model(tmp_path / "pastels")))
            index(writer)
            assert reader.catch_up() and reader.find(described("red")).model.startswith("pastels@")


def name_of(library: Library, content_id: int) -> str:
    photo = library.photo(content_id)
    assert photo is not None
    return photo.place.relative_path


def test_what_is_indexed_while_vectors_load_is_found(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = make_model(tmp_path / "crayons")
    with Library.open(tmp_path / "library", model=str(model), make_encoder=Crayons()) as library:
        root = library.add_root(photos)
        index(library)
        gate = Gate(monkeypatch, "crayons")
        loading = threading.Thread(target=library.load)
        loading.start()
        try:
            assert gate.reached.wait(60)
            paint(photos / "new.png", "#ff1010")
            (photos / "green.png").unlink()
            assert isinstance(list(library.index(Control(), root_ids=(root.root_id,)))[-1], Finished)
        finally:
            gate.opened.set()
            loading.join(60)
        found = [library.photo(hit.content_id) for hit in library.find(described("red")).hits]
        assert {photo.place.path.name for photo in found if photo} == {"red.png", "blue.png", "new.png"}

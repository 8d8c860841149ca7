"""Which photos' text is read, and which first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from core import text_reading
from core.answering import Answering
from core.errors import ModelError
from core.events import Control, ReadingText
from core.messages import engine_messages
from core.ocr import networks
from core.paths import LibraryPaths
from core.photo import Root
from core.query import Query
from core.ranking import Ranked
from core.results import Reason
from core.store import Store, TextStamp
from core.text_reading import TextReading
from tests.core.indexer.test_text_pass import FakeTextPool, add


class Preferring:
    """Answers as a model to which the photos of these ids look like documents, best first."""

    def __init__(self, *ids: int) -> None:
        self.ids = ids

    def load(self) -> Any:
        return SimpleNamespace(meaning=self)

    def rank(self, query: Query, among: Sequence[int], limit: int) -> Ranked:
        known = [number for number in self.ids if number in among]
        return Ranked(np.array(known, np.int64), np.zeros(len(known), np.float32), Reason.WORDS)


class WithoutModel:
    def load(self) -> Any:
        raise ModelError(engine_messages.NO_FASTER())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(LibraryPaths(tmp_path / "library")) as opened:
        yield opened


@pytest.fixture
def root(store: Store, tmp_path: Path) -> Root:
    (tmp_path / "photos").mkdir()
    return store.add_root(tmp_path / "photos")


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> FakeTextPool:
    made = FakeTextPool()
    monkeypatch.setattr(text_reading, "TextPool", lambda: made)
    return made


def reading(store: Store, answering: object) -> TextReading:
    return TextReading(store, cast("Answering", answering))


def test_photos_that_look_like_documents_come_first(store: Store, root: Root, pool: FakeTextPool) -> None:
    ids = {name: add(store, root, name) for name in ("sea", "receipt", "sign", "unknown")}
    events = list(reading(store, Preferring(ids["receipt"], ids["sign"], ids["sea"])).run(Control()))
    assert sorted(pool.read[:2]) == ["receipt", "sign"] and sorted(pool.read[2:]) == ["sea", "unknown"]
    last = events[-1]
    assert isinstance(last, ReadingText) and (last.progress.done, last.with_text) == (4, 4)
    assert reading(store, Preferring()).due() == 0


def test_without_a_model_they_are_read_all_the_same(store: Store, root: Root, pool: FakeTextPool) -> None:
    add(store, root, "sea")
    assert reading(store, WithoutModel()).due() == 1
    list(reading(store, WithoutModel()).run(Control()))
    assert pool.read == ["sea"]


def test_a_folder_can_be_left_out_and_taken_in_again(store: Store, root: Root) -> None:
    photo = add(store, root, "sea")
    texts = reading(store, Preferring())
    texts.leave_out(root.root_id, True)
    assert texts.left_out() == (root.root_id,) and texts.due() == 0
    texts.leave_out(root.root_id, False)
    assert texts.left_out() == () and texts.due() == 1
    store.record_texts([TextStamp(photo, networks.VERSION, ())])
    assert texts.due() == 0


def test_where_no_reader_is_installed_nothing_is_due(
    store: Store, root: Root, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add(store, root, "sea")
    monkeypatch.setattr(networks, "folder", lambda: tmp_path / "nowhere")
    assert reading(store, Preferring()).due() == 0

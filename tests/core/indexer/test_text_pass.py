"""The pass that reads text: every photo once, resumable, and one bad picture costs itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.decode import Unreadable
from core.events import Control, Event, ReadingText, TextFound
from core.indexer.text_pass import TextPass
from core.messages import file_reasons
from core.ocr.work import TextJob, TextRead
from core.paths import LibraryPaths
from core.photo import Root, fingerprint
from core.store import Kind, Store
from core.text_line import TextLine
from tests.core.store.conftest import identity, put

CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


class FakeTextPool:
    """Reads the name of a file as its text; "blank" has none, "bad" cannot be read, "busy" cannot be read now."""

    def __init__(self, *, changed: frozenset[str] = frozenset()) -> None:
        self.jobs: deque[TextJob] = deque()
        self.read: list[str] = []
        self.closed = False
        self._changed = changed

    @property
    def has_room(self) -> bool:
        return len(self.jobs) < 2

    def submit(self, job: TextJob) -> None:
        self.jobs.append(job)

    def take(self, timeout: float | None = None) -> TextRead | Unreadable | None:
        if not self.jobs:
            return None
        job = self.jobs.pop()
        name = job.path.name
        self.read.append(name)
        if name in ("bad", "busy"):
            return Unreadable(job.token, file_reasons.CRASHES_DECODER(), transient=name == "busy")
        lines = () if name == "blank" else (TextLine(name, CORNERS, 0.9),)
        seen = fingerprint(b"other") if name in self._changed else identity(sum(name.encode()))
        return TextRead(job.token, seen, lines, 1, 1)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(LibraryPaths(tmp_path / "library")) as opened:
        yield opened


@pytest.fixture
def root(store: Store, tmp_path: Path) -> Root:
    (tmp_path / "photos").mkdir()
    return store.add_root(tmp_path / "photos")


def add(store: Store, root: Root, name: str) -> int:
    return put(store, root, sum(name.encode()), name)


def text_pass(store: Store, pool: FakeTextPool) -> TextPass:
    return TextPass(store, lambda: pool, "r1", store.text_due("r1").tolist())


def test_every_photo_is_read_once_and_found_by_its_text(store: Store, root: Root) -> None:
    ids = {name: add(store, root, name) for name in ("stop", "exit", "blank")}
    pool = FakeTextPool()
    events = list(text_pass(store, pool).run(Control()))
    assert sorted(pool.read) == ["blank", "exit", "stop"] and pool.closed
    assert [hit.content_id for hit in store.word_hits("stop")] == [ids["stop"]]
    found = {one for event in events if isinstance(event, TextFound) for one in event.content_ids}
    assert found == {ids["stop"], ids["exit"]}
    last = events[-1]
    assert isinstance(last, ReadingText)
    assert (last.progress.done, last.progress.total, last.with_text) == (3, 3, 2)
    assert store.text_due("r1").tolist() == []


def test_what_cannot_be_read_is_not_tried_again_unless_its_reason_may_pass(store: Store, root: Root) -> None:
    ids = {name: add(store, root, name) for name in ("bad", "busy", "fine")}
    list(text_pass(store, FakeTextPool()).run(Control()))
    assert store.text_due("r1").tolist() == [ids["busy"]]
    assert len(store.word_hits("fine")) == 1


def test_a_picture_that_changed_meanwhile_is_left_to_the_next_run(store: Store, root: Root) -> None:
    content_id = add(store, root, "stop")
    list(text_pass(store, FakeTextPool(changed=frozenset({"stop"}))).run(Control()))
    in_pictures = [hit for hit in store.word_hits("stop") if hit.kind is Kind.PICTURE]
    assert in_pictures == [] and store.text_due("r1").tolist() == [content_id]


def test_a_photo_that_left_the_library_is_passed_over(store: Store, root: Root) -> None:
    content_id = add(store, root, "stop")
    due = [content_id, content_id + 1000]
    pool = FakeTextPool()
    last = list(TextPass(store, lambda: pool, "r1", due).run(Control()))[-1]
    assert isinstance(last, ReadingText) and last.progress.done == 2 and pool.read == ["stop"]


def test_stopping_keeps_what_was_read(store: Store, root: Root) -> None:
    for number in range(40):
        add(store, root, f"photo {number}")
    control, pool = Control(), FakeTextPool()

    def stop_at_the_first(event: Event) -> None:
        if isinstance(event, TextFound):
            control.stop()

    for event in text_pass(store, pool).run(control):
        stop_at_the_first(event)
    left = len(store.text_due("r1"))
    assert 0 < left < 40 and pool.closed
    list(text_pass(store, FakeTextPool()).run(Control()))
    assert len(store.text_due("r1")) == 0


def test_leaving_it_ends_the_workers(store: Store, root: Root) -> None:
    add(store, root, "stop")
    pool = FakeTextPool()
    run = text_pass(store, pool).run(Control())
    next(run)
    run.close()
    assert pool.closed


def test_nothing_begins_while_somebody_types(store: Store, root: Root) -> None:
    add(store, root, "stop")
    control, pool = Control(), FakeTextPool()
    control.make_way(60)
    run = text_pass(store, pool).run(control)
    event = next(run)
    assert isinstance(event, ReadingText) and event.progress.done == 0 and pool.read == []
    control.make_way(0)
    assert [type(event) for event in run][-1] is ReadingText and pool.read == ["stop"]

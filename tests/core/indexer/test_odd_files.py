"""Whatever is odd about one file, the others are indexed, and the run comes to its end."""

from __future__ import annotations

import os
import sqlite3

import pytest

from core.events import Finished, Indexed, Skipped
from core.store import Embedded, writing
from core.store.records import FileStamp
from tests.core.fakes import write_photo
from tests.core.indexer.conftest import Bench, of, write_many

LATE_S = 9_300_000_000
"""In the year 2264: later than 64 bits of nanoseconds reach."""


def test_a_date_no_integer_holds_ends_nothing(bench: Bench) -> None:
    write_many(bench.photos, 6)
    late = write_photo(bench.photos / "late.png", 77)
    try:
        os.utime(late, (LATE_S, LATE_S))
    except OSError:
        pytest.skip("this file system knows no such date")
    finished = of(Finished, bench.run())[0]
    assert (finished.embedded, finished.skipped) == (7, 0)
    bench.assert_photo("late.png", 77)
    again = of(Finished, bench.run())[0]
    assert (again.embedded, again.linked) == (0, 0), "it looks as it did"


@pytest.mark.parametrize("noted", [True, False], ids=["as skipped", "not even as skipped"])
def test_what_the_library_cannot_hold_costs_one_file(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, noted: bool
) -> None:
    write_many(bench.photos, 6)
    put, put_file = writing._put_content, writing._put_file  # pyright: ignore[reportPrivateUsage]

    def balking(connection: sqlite3.Connection, item: Embedded, file: FileStamp) -> int:
        if item.files[0].relative_path == "1/4.png":
            raise OverflowError("too large")
        return put(connection, item, file)

    def balking_file(connection: sqlite3.Connection, file: FileStamp, content_id: int | None) -> int:
        if file.relative_path == "1/4.png":
            raise OverflowError("too large")
        return put_file(connection, file, content_id)

    monkeypatch.setattr(writing, "_put_content", balking)
    if not noted:
        monkeypatch.setattr(writing, "_put_file", balking_file)
    events = bench.run()
    assert isinstance(events[-1], Finished)
    assert sum(len(event.content_ids) for event in of(Indexed, events)) == 5
    assert [(event.path.name, event.reason.code) for event in of(Skipped, events)] == [("4.png", "file_unexpected")]
    assert [file.path.name for file in bench.store.skipped()] == (["4.png"] if noted else [])
    assert any(record.exc_info for record in caplog.records), "the traceback is in the log"
    monkeypatch.undo()
    bench.run()
    bench.assert_photo("1/4.png", 4)
    assert bench.store.skipped() == ()

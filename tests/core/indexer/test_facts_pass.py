"""What known photos' files say is read again, without embedding: in an older library, and when a sidecar changes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from core.events import Finished, ReadingFacts
from core.photo import Facts
from tests.core.fakes import set_age, write_photo
from tests.core.indexer.conftest import Bench, of, write_many


def titled(path: Path, title: str, age: float = 60.0) -> None:
    packet = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc='
        f'"http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></rdf:Description></rdf:RDF>'
    )
    path.write_text(packet, encoding="utf-8")
    set_age(path, age)


def facts(bench: Bench, name: str) -> Facts:
    photo = bench.store.photo(bench.names()[name])
    assert photo is not None
    return photo.facts


def make_old(bench: Bench) -> None:
    """Let the library be as one that an older program made."""
    with sqlite3.connect(bench.store._path) as connection:  # pyright: ignore[reportPrivateUsage]
        connection.execute("UPDATE contents SET facts_due = 1")


def test_a_new_photo_is_read_once_with_its_sidecar(bench: Bench) -> None:
    write_photo(bench.photos / "a.png", 1)
    titled(bench.photos / "a.png.xmp", "one")
    bench.run()
    assert facts(bench, "a.png").title == "one"
    assert bench.pools.facts_read == []


def test_an_older_library_is_read_once_and_embeds_nothing(bench: Bench) -> None:
    write_many(bench.photos, 10)
    bench.run()
    make_old(bench)
    events = bench.run()
    assert len(bench.pools.facts_read) == 10
    (finished,) = of(Finished, events)
    assert (finished.embedded, finished.linked) == (0, 0)
    assert of(ReadingFacts, events)[-1] == ReadingFacts(10, 10)
    bench.run()
    assert len(bench.pools.facts_read) == 10


def test_a_pass_that_was_stopped_goes_on(bench: Bench) -> None:
    write_many(bench.photos, 10)
    bench.run()
    make_old(bench)
    bench.control.stop()
    bench.run()
    assert bench.pools.facts_read == []
    bench.control = type(bench.control)()
    bench.run()
    assert len(bench.pools.facts_read) == 10 and bench.store.count_due_facts() == 0


def test_a_sidecar_that_comes_changes_and_goes(bench: Bench) -> None:
    write_photo(bench.photos / "in/a.png", 1)
    write_photo(bench.photos / "in/b.png", 2)
    bench.run()
    sidecar = bench.photos / "in/a.xmp"
    for title in ("first", "second", None):
        if title is None:
            sidecar.unlink()
        else:
            titled(sidecar, title, age=60.0 if title == "first" else 30.0)
        before = len(bench.pools.facts_read)
        bench.run()
        assert facts(bench, "in/a.png").title == title
        assert [path.name for path in bench.pools.facts_read[before:]] == ["a.png"]
    assert bench.pools.decoded == [*bench.pools.decoded[:2]]


def test_a_photo_that_moves_with_its_sidecar(bench: Bench) -> None:
    write_photo(bench.photos / "a.png", 1)
    titled(bench.photos / "a.xmp", "one")
    bench.run()
    for suffix in (".png", ".xmp"):
        (bench.photos / f"a{suffix}").rename(bench.photos / f"b{suffix}")
    bench.run()
    assert facts(bench, "b.png").title == "one"


def test_a_file_that_cannot_be_read_any_more_is_tried_once(bench: Bench) -> None:
    path = write_photo(bench.photos / "a.png", 1)
    bench.run()
    status = path.stat()
    path.write_bytes(b"x" * status.st_size)
    import os

    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    make_old(bench)
    bench.run()
    assert bench.store.count_due_facts() == 0

"""Facts held in memory: what they answer is what the database answers, also while somebody else writes."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.messages import folder_messages
from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.query import All, Fact, Text
from core.query.parser import parse
from core.store import Batch, FactsStamp, LinkedFile, MovedFile, Store
from core.store.condition import AmongIds
from core.store.connections import Readers
from core.store.fact_cache import FactCache
from core.store.field_conditions import Asking
from core.store.file_columns import Names, pieces_of
from core.store.name_conditions import file_named
from core.user_data import UserData
from tests.core.store.conftest import embedded, identity, put, stamp

_CAMERAS, _LENSES = (None, "NIKON D90", "Canon EOS R5"), ("EF 50mm f/1.8", None)
_SIZES = ((6000, 4000), (4000, 6000), (100, 100), (None, None))
_PLACES = ((48.85, 2.35), (45.76, 4.84), (None, None), (0.0, -30.0))
_TAKEN = (
    *(None, "2019-07-14T18:30:00", "2019-01-31T00:00:00", "2020-02-29T23:59:59", "2024-12-31T12:00:00"),
    *("2019-02-10T06:00:00", "1999-06-01T05:59:00", "2026-11-25T21:15:10", "2019-09-30", "2019-07-14T77:30:00"),
)
_KINDS = zip(itertools.cycle(_CAMERAS), itertools.cycle(_LENSES), itertools.cycle(_SIZES), itertools.cycle(_PLACES))
FACTS = [
    Facts(
        camera=camera,
        lens=lens,
        width=width,
        height=height,
        latitude=latitude,
        longitude=longitude,
        iso=(None, 100, 3200)[number % 3],
        aperture=(2.8, 4.0, None)[number // 2 % 3],
        exposure=(0.004, 0.3333, None)[number // 4 % 3],
        focal_length=(50.0, 4.2)[number // 3 % 2],
        format=("JPEG", "NEF", "HEIF", None)[number // 5 % 4],
        software=(None, "GIMP 2.10")[number // 7 % 2],
        taken_at=_TAKEN[number % len(_TAKEN)],
        rating=(None, 0, 3, 5)[number // 2 % 4],
        altitude=(None, 0.0, -3.25, 1200.5, 8848.86)[number % 5],
        screenshot=number % 5 == 0,
    )
    for number, (camera, lens, (width, height), (latitude, longitude)) in enumerate(itertools.islice(_KINDS, 24))
]
QUESTIONS = (
    *(
        "mp:>20",
        "mp:24",
        "mp:none",
        "mp:<1|none",
        "shape:portrait",
        "shape:square|landscape",
        "width:>=4000",
        "height:100",
    ),
    *(
        "place:France",
        "place:法国|意大利",
        "place:Lyon",
        "place:none",
        "place:Paris~50km",
        "place:48.85,2.35",
        "place:Lyon|none",
    ),
    *(
        "camera:nikon",
        "camera:none",
        "camera:nik*|canon",
        "lens:50mm",
        "lens:none",
        "iso:>100",
        "iso:none|100",
        "f:2.8",
    ),
    *("f:..3", "exposure:1/3", "exposure:>=1/250", "focal:4.2", "focal:50", "type:raw", "type:jpeg|heic", "type:none"),
    *("type:screenshot", "type:raw|screenshot", "software:gimp", "software:none", "camera:nobody", "year:2019"),
    *("year:2015..2020", "year:>2019", "year:none", "date:winter", "date:spring-festival", "date:2019-07-14..2020"),
    *("date:none", "date:july|winter", "month:7", "month:nov..feb", "month:none", "before:2019-07-14", "after:2019"),
    *("weekday:sunday", "weekday:weekend|monday", "weekday:none", "time:18..22", "time:22..6", "time:none", "time:>18"),
    *("rating:>=4", "rating:0", "rating:none", "rating:none|5", "is:edited", "is:raw|edited", "is:raw"),
    *("altitude:>1000", "altitude:-3", "altitude:<=0", "altitude:none", "altitude:8848", "altitude:0..2km|none"),
    *("size:>5mb", "size:10", "size:<1kb", "size:5gb", "size:1..20|5gb", "is:duplicate", "is:offline", "is:screenshot"),
    *("in:lyon", "in:trips", "in:Trips/Lyon", "in:photos", "in:nowhere", "in:ly*", "in:Été", "in:lyon|paris"),
    *("name:img_2", "name:*.png", "name:img*.JPG", "name:IMG_0001.jpg", "name:*_*1*", "name:猫", "name:été", "name:*"),
    *("name:[a-z]", "name:a?b", "name:none", "name:*.png|猫", "name:img_*_*.png", "name:aa*aa", "name:g.png"),
)
NAMES = (
    *("IMG_0001.jpg", "img_0002.JPG", "Trips/Lyon/IMG_2031.png", "trips/lyon/img_2.jpeg", "Trips/Lyon 2/a?b.png"),
    *(
        "Trips/Paris/猫 und 狗.jpg",
        "Trips/Paris/Été.jpg",
        "Été/[a-z].png",
        "lyon.jpg",
        "aaa.png",
        "aaaa",
        "x/y/img__.png",
    ),
)


@pytest.fixture
def filled(store: Store, root: Root) -> Store:
    for number, facts in enumerate(FACTS):
        name = NAMES[number] if number < len(NAMES) else f"{number}.png"
        sizes = (10, 6_000_000, 5_000_000_000, 12)
        file = stamp(root, name, size=sizes[number % len(sizes)])
        store.record(Batch("m", (embedded(number, file, facts=facts),)))
    store.record(Batch(linked=(LinkedFile(stamp(root, "again/IMG_0001.jpg", size=10), identity(0)),)))
    return store


@pytest.fixture
def reader(filled: Store, layout: LibraryPaths) -> Iterator[Store]:
    with Store.open(layout, write=False) as other:
        yield other


def by_the_database(store: Store, question: str) -> list[int]:
    """Return what passes, as it is found where there is more than one fact."""
    return store.passing(All(tuple(fact_of(question).parts))).tolist()


def fact_of(question: str) -> All:
    found = parse(question).query.filter
    return found if isinstance(found, All) else All((found,))


def in_memory(store: Store, question: str) -> list[int]:
    (fact,) = fact_of(question).parts
    assert isinstance(fact, Fact)
    return store.passing(fact).tolist()


def assert_the_same(store: Store) -> None:
    for question in QUESTIONS:
        assert in_memory(store, question) == by_the_database(store, question), question


def test_what_they_answer_is_what_the_database_answers(filled: Store) -> None:
    assert_the_same(filled)
    assert in_memory(filled, "mp:>20") and in_memory(filled, "place:France") and in_memory(filled, "type:raw")


def test_they_follow_what_another_process_records(filled: Store, reader: Store, root: Root) -> None:
    assert_the_same(reader)
    put(filled, root, 90, "new.png", facts=Facts(width=9000, height=9000, camera="Leica Q2"))
    assert in_memory(reader, "camera:leica") != []
    assert_the_same(reader)
    (changed,) = in_memory(reader, "camera:leica")
    filled.record(Batch(facts=(FactsStamp(changed, 1, Facts(width=1, height=2, camera="Ricoh GR")),)))
    assert (in_memory(reader, "camera:leica"), in_memory(reader, "camera:ricoh")) == ([], [changed])
    assert_the_same(reader)
    filled.record(Batch(linked=(LinkedFile(stamp(root, "Lyon/copy.png"), identity(5)),)))
    assert len(in_memory(reader, "is:duplicate")) == 2
    assert_the_same(reader)
    known = {file.relative_path: file for file in filled.known_files(root.root_id)}
    moved = MovedFile(known["Lyon/copy.png"].file_id, stamp(root, "elsewhere/moved.gif", size=77))
    filled.record(Batch(moved=(moved,)))
    assert in_memory(reader, "name:*.gif") == in_memory(reader, "in:elsewhere") == in_memory(reader, "size:77") != []
    assert_the_same(reader)
    filled.forget_files([known["again/IMG_0001.jpg"].file_id, known["Trips/Lyon/IMG_2031.png"].file_id])
    assert len(in_memory(reader, "is:duplicate")) == 1 and in_memory(reader, "name:2031") == []
    assert_the_same(reader)
    filled.set_offline(root.root_id, folder_messages.ADD_MISSING(folder="x"))
    assert in_memory(reader, "is:offline") == reader.all_photos().tolist()
    assert_the_same(reader)
    filled.remove_root(root.root_id)
    assert in_memory(reader, "mp:>20") == []
    assert_the_same(reader)


def test_what_the_user_rated_counts_before_what_the_file_says(filled: Store, layout: LibraryPaths) -> None:
    assert_the_same(filled)
    with closing(UserData.open(layout, write=True)) as said:
        said.ratings.put({identity(1): 5, identity(2): 5})
        said.ratings.put({identity(3): 0})
        assert_the_same(filled)
        said.ratings.put({identity(1): 1})
        assert_the_same(filled)


def test_a_fact_with_too_many_values_is_asked_of_the_database(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.fact_columns.MOST_VALUES", 1)
    assert_the_same(filled)


def test_values_beyond_a_byte_are_told_apart(store: Store, root: Root) -> None:
    for number in range(300):
        file = stamp(root, f"folder {number}/{number}.png")
        store.record(Batch("m", (embedded(number, file, facts=Facts(camera=f"Camera {number:03}")),)))
        if number in (2, 254, 299):
            assert_the_same(store)
    for question in ("camera:255", "camera:256", "camera:299", "in:'folder 256'"):
        assert in_memory(store, question) == by_the_database(store, question)


def test_many_photos_are_read_beside_while_the_database_answers(
    filled: Store, layout: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.fact_cache.READ_AT_ONCE", 3)
    readers = Readers(layout.database)
    facts = FactCache(readers.borrowed)

    def asked() -> list[int] | None:
        (fact,) = fact_of("camera:nikon").parts
        assert isinstance(fact, Fact)
        with readers.borrowed() as connection:
            found = facts.passing(Asking(connection, date(2026, 11, 26), layout.user_data), fact)
        facts.wait()
        return None if found is None else found.tolist()

    assert [asked(), asked()] == [None, None]  # once is not worth reading for
    assert asked() == by_the_database(filled, "camera:nikon")
    facts.close()
    closed = FactCache(readers.borrowed)
    closed.close()
    facts = closed
    assert [asked(), asked(), asked()] == [None, None, None]
    readers.close()


def test_what_was_not_asked_for_longest_makes_room(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.fact_cache.BYTES_A_PHOTO", 0)
    assert_the_same(filled)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    names=st.lists(st.text("aAbB_1.猫é", min_size=1, max_size=6), min_size=1, max_size=6),
    pattern=st.text("aAb_1.*猫é", min_size=1, max_size=5),
)
def test_names_are_found_as_a_pattern_finds_them(names: list[str], pattern: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE files (id INTEGER PRIMARY KEY, content_id, relative_path BLOB)")
    connection.executemany(
        "INSERT INTO files VALUES (?, ?, ?)", [(n, n, f"b/{name}".encode()) for n, name in enumerate(names, 1)]
    )
    held = Names()
    held.read(connection, 0)
    found = held.having(Asking(connection, date(2026, 11, 26), None), "name", (Text(pattern),))
    text, values = file_named(pattern)
    assert isinstance(text, AmongIds)
    wanted = {content_id for (content_id,) in connection.execute(text.question, values)}
    if pieces_of(pattern) is None:
        assert found is None
    else:
        assert found is not None and set(found.tolist()) == wanted
    connection.close()


def test_a_library_without_photos(store: Store) -> None:
    assert in_memory(store, "mp:>20") == []
    assert_the_same(store)

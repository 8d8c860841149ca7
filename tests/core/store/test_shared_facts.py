"""Facts held in memory: what they answer is what the database answers, also while somebody else writes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.query import All, Fact
from core.query.parser import parse
from core.store import Batch, FactsStamp, Store
from core.store.shared_facts import SharedFacts
from tests.core.store.conftest import put

_CAMERAS, _LENSES = (None, "NIKON D90", "Canon EOS R5"), ("EF 50mm f/1.8", None)
_SIZES = ((6000, 4000), (4000, 6000), (100, 100), (None, None))
_PLACES = ((48.85, 2.35), (45.76, 4.84), (None, None), (0.0, -30.0))
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
)


@pytest.fixture
def filled(store: Store, root: Root) -> Store:
    for number, facts in enumerate(FACTS):
        put(store, root, number, f"{number}.png", facts=facts)
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
    filled.remove_root(root.root_id)
    assert in_memory(reader, "mp:>20") == []
    assert_the_same(reader)


def test_a_fact_with_too_many_values_is_asked_of_the_database(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.shared_facts._MOST_VALUES", 1)
    assert_the_same(filled)


def test_a_library_without_photos(store: Store) -> None:
    assert in_memory(store, "mp:>20") == []
    assert SharedFacts()

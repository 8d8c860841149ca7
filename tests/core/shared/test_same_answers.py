"""A library on a server answers as one in a folder does: the same photos, in the same order, for every question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.index import VectorIndex
from core.messages import file_reasons
from core.paths import LibraryPaths
from core.photo import Facts
from core.query import EVERYTHING, Order
from core.query.fields import FIELDS
from core.query.parser import parse
from core.shared.catalog import ServerCatalog
from core.shared.user_data import ServerUserDatabase
from core.store import Batch, Catalog, SkippedStamp, Store, TextStamp
from core.store.records import Compared, ThumbnailLook
from core.text_line import TextLine
from core.user_data import UserData
from core.user_records import SetAside, TextKind
from tests.core.shared.server import new_address
from tests.core.store.conftest import embedded, identity, stamp, unit
from tests.core.store.test_facts import PHOTOS

TODAY = date(2026, 11, 25)
CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.1), (0.0, 0.1))
WRITTEN = {
    0: ("TOTAL 42.50 EUR", "thank you for shopping at the corner"),
    1: ("季度会议", "记录 2024"),
    2: ("the quick brown fox", "jumps over the lazy dog"),
    3: ("fox and dog", "a brown bag of quick coffee"),
}
QUESTIONS = """
date:2019 date:2019-05-03 date:2020..2026 date:>2020 date:spring date:none date:christmas year:2019 year:2019..2020
month:12 month:november..february weekday:friday weekday:weekend time:10:00 time:>09:00 before:2020 after:2020-01-01
in:Lyon in:Trips/2020 name:beach name:*.jpg name:écume name:100% name:狗 name:B*_1* camera:nikon camera:d40 camera:华为
camera:none lens:18-55 lens:none iso:640 iso:100..700 iso:none f:2.8 f:<4 exposure:1/250 exposure:>0.1 focal:35
title:dog title:none caption:straßenrand caption:* caption:50% caption:[x] keyword:dog keyword:狗 keyword:*york
keyword:none text:receipt text:会议 text:fox text:none text:42.50 has:text -has:text software:gimp software:none
type:jpeg type:raw type:screenshot shape:square shape:landscape shape:portrait width:>1000 height:<700 size:10 size:>5
mp:>5 mp:12 place:Lyon place:France place:Sydney~100km place:45.76,4.84~10km place:none rating:5 rating:>2 rating:none
album:trip album:none tag:best tag:dog tag:none altitude:>100 altitude:none is:raw is:edited is:screenshot
is:duplicate is:favourite is:offline -is:favourite -rating:5 (is:raw|type:png) -camera:nikon in:none focal:18mm
"""
WORDS = """
fox; quick fox; brown fox; quick brown fox jumps; lazy dog jumps over the fox; 会议; 季度会议; 会; 42; 42.50; orner; dog
lyon; shopping at the corner; beach_1; 1; écume; hund straßenrand; trips 2020; nothing of it; dog lazy the; fox brown
"""


@dataclass(frozen=True)
class Filled:
    """A library with photos in it, and how its ids are told from another's: by fingerprint."""

    catalog: Catalog
    user_data: UserData

    def told(self, ids: NDArray[np.int64]) -> list[bytes]:
        known = self.catalog.fingerprints_of(ids.tolist())
        return [known[content_id] for content_id in ids.tolist()]

    def hits(self, asked: str) -> list[tuple[object, ...]]:
        found = self.catalog.word_hits(asked)
        return [(hit.match, hit.kind, *self.told(np.array([hit.content_id]))) for hit in found]


def filled(catalog: Catalog, user_data: UserData, photos: Path) -> Filled:
    root = catalog.add_root(photos)
    facts = [(name, one) for name, one in PHOTOS.items()] + [("Lyon/deep/dog 2.JPG", Facts(rating=2, format="JPEG"))]
    for number, (name, one) in enumerate(facts):
        catalog.record(Batch("m", (embedded(number, stamp(root, name, size=10 + number % 3), facts=one),)))
    copies = (stamp(root, "copies/one.jpg", size=10), stamp(root, "Lyon/one again.jpg", size=10))
    catalog.record(Batch("m", (embedded(99, *copies, facts=Facts(format="JPEG")),)))
    catalog.record(Batch(skipped=(SkippedStamp(stamp(root, "broken.jpg"), file_reasons.TRUNCATED(), transient=True),)))
    ids = {identity(number): catalog.content_ids_of([identity(number)])[0] for number in range(len(facts))}
    for number, lines in WRITTEN.items():
        read = tuple(TextLine(line, CORNERS, 0.9) for line in lines)
        catalog.record_texts([TextStamp(int(ids[identity(number)]), "reader", read)])
    catalog.record_looks([ThumbnailLook(int(ids[identity(number)]), bytes(32), number) for number in range(4)])
    first, second, third = (int(ids[identity(number)]) for number in range(3))
    catalog.record_groups([Compared(one, first, second, compared=True) for one in (first, second, third)])
    while catalog.pair_shots().photos:
        pass
    user_data.favourites.add([identity(0), identity(4)])
    user_data.ratings.set([identity(1), identity(2)], 4)
    user_data.tags.add("Best", [identity(0), identity(3)])
    user_data.albums.add(user_data.albums.create("Trip").album_id, [identity(5), identity(2)])
    user_data.sidecars.set_aside({identity(1): [SetAside("rating", "2", was_here=False)]})
    user_data.texts.put(TextKind.TITLE, {identity(5): "My dog", identity(0): ""})
    return Filled(catalog, user_data)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[tuple[Filled, Filled]]:
    layout, photos = LibraryPaths(tmp_path_factory.mktemp("library")), tmp_path_factory.mktemp("photos")
    with (
        new_address(server) as address,
        Store.open(layout, today=lambda: TODAY) as store,
        ServerCatalog.open(address, today=lambda: TODAY) as catalog,
    ):
        said = UserData.open(layout, write=True), UserData(ServerUserDatabase(address, write=True))
        yield filled(store, said[0], photos), filled(catalog, said[1], photos)
        for one in said:
            one.close()


def test_every_question_has_the_same_answer(both: tuple[Filled, Filled]) -> None:
    here, there = both
    found = 0
    for number, question in enumerate(QUESTIONS.split()):
        filter = parse(question).query.filter
        passing = [one.told(one.catalog.passing(filter)) for one in both]
        assert passing[0] == passing[1], question
        found += bool(passing[0])
        for order in Order if number % 12 == 0 else ():
            listed = [one.told(one.catalog.listed(filter, order)) for one in both]
            assert listed[0] == listed[1], (question, order)
    assert found > 80  # the questions ask for what is there
    assert here.catalog.names() == there.catalog.names()


def test_what_fields_have_is_counted_alike(both: tuple[Filled, Filled]) -> None:
    some = parse("-type:raw").query.filter
    for field in FIELDS:
        for filter in (EVERYTHING, some):
            here, there = (one.catalog.facet(field, filter) for one in both)
            assert here == there, field


def test_words_are_found_alike(both: tuple[Filled, Filled]) -> None:
    here, there = both
    for asked in WORDS.strip().replace("\n", "; ").split("; "):
        hits = [
            [(hit.match, hit.kind, one.told(np.array([hit.content_id]))) for hit in one.catalog.word_hits(asked)]
            for one in both
        ]
        assert hits[0] == hits[1], asked
    assert here.catalog.word_hits("quick brown fox jumps") and there.catalog.word_hits("会")


def test_the_nearest_come_in_the_same_order(both: tuple[Filled, Filled]) -> None:
    here, there = both
    index = VectorIndex(8)
    for rows in here.catalog.load_vectors("m"):
        index.add(rows)
    search = there.catalog.vector_search("m", 8)
    assert search is not None and len(search) == len(index)
    asked = np.stack([unit(100 + seed) for seed in range(20)])
    for mine, theirs in zip(index.search(asked, None, 6), search.search(asked, None, 6), strict=True):
        assert here.told(mine.ids) == there.told(theirs.ids)
        np.testing.assert_allclose(mine.scores, theirs.scores, atol=1e-6)


def test_what_is_known_is_told_alike(both: tuple[Filled, Filled]) -> None:
    here, there = both
    root_ids = [one.catalog.roots()[0].root_id for one in both]
    assert [one.catalog.subfolders(root_ids[0], "") for one in both[:1]] == [
        one.catalog.subfolders(root_ids[1], "") for one in both[1:]
    ]
    assert here.catalog.counts("m") == there.catalog.counts("m") and here.catalog.counts("n") == there.catalog.counts(
        "n"
    )
    assert here.catalog.skipped() == there.catalog.skipped()
    marks = [one.user_data.marks([identity(number) for number in range(7)]) for one in both]
    assert marks[0] == marks[1]
    assert here.user_data.sidecars.all_set_aside() == there.user_data.sidecars.all_set_aside() != {}
    for number in range(7):
        mine, theirs = (one.catalog.photo(int(one.catalog.content_ids_of([identity(number)])[0])) for one in both)
        assert mine is not None and theirs is not None
        assert (mine.facts, mine.places) == (theirs.facts, theirs.places)
    for one in both:
        assert len(one.catalog.hashed_photos().ids) == 4 and one.catalog.count_unseen() > 0
        assert one.catalog.check() == [] and one.user_data.check() == []

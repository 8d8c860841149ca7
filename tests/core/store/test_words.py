"""What is written in pictures: kept, found by words and pieces of words, and forgotten with its photo."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from core.messages import folder_messages
from core.photo import Facts, Root
from core.query.parser import parse
from core.store import Batch, Match, MovedFile, Store, TextStamp, picture_texts, word_index
from core.store.search_words import folded, indexed, joined, packed, units
from core.text_line import TextLine
from tests.core.store.conftest import put, stamp

TEXTS = {
    1: "Receipt from the\nHardware Store 4471",
    2: "会议白板\n今天下午",
    3: "ABRE16TGK €12.50",
    4: "the dog and the cat eat",
    5: "會議室 收據",
    6: "store of hardware without receipts",
    7: "Café ＷＩＦＩ",
}


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE contents (id INTEGER PRIMARY KEY)")
    for statement in word_index.TABLES:
        database.execute(statement)
    for content_id, text in TEXTS.items():
        database.execute("INSERT INTO contents VALUES (?)", (content_id,))
        word_index.put(database, content_id, word_index.Kind.PICTURE, text)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("from the hardware", {1: Match.PHRASE}),
        ("receipt hardware store", {1: Match.TOGETHER, 6: Match.MOSTLY}),
        ("receipt hardware store of april", {1: Match.MOSTLY, 6: Match.PARTLY}),
        ("receipt hardware april june", {1: Match.PARTLY}),
        ("hardware", {1: Match.WORD, 6: Match.WORD}),
        ("会议", {2: Match.WORD, 5: Match.WORD}),
        ("会议白板", {2: Match.PHRASE}),
        ("收据", {5: Match.WORD}),
        ("收據", {5: Match.WORD}),
        ("会議室", {5: Match.PHRASE}),
        ("议", {2: Match.WORD, 5: Match.WORD}),
        ("板", {2: Match.WORD}),
        ("RE16", {3: Match.PHRASE}),
        ("tgk", {3: Match.PARTLY}),
        ("12.50", {3: Match.PHRASE}),
        ("4471", {1: Match.PHRASE}),
        ("cafe wifi", {7: Match.PHRASE}),
        ("hardwarestore", {1: Match.PARTLY}),
        ("dog cat", {4: Match.WORD}),
        ("nothing of this", {}),
        ('said "x" OR NEAR( * -', {}),
        ("?!", {}),
        ("", {}),
    ],
)
def test_found_by(connection: sqlite3.Connection, asked: str, found: dict[int, Match]) -> None:
    assert {hit.content_id: hit.match for hit in word_index.find(connection, asked)} == found


def test_the_best_come_first(connection: sqlite3.Connection) -> None:
    matches = [hit.match for hit in word_index.find(connection, "receipt hardware store")]
    assert matches == sorted(matches)


@pytest.mark.parametrize(
    ("asked", "passing"),
    [("hardware store", [1]), ("store hardware", []), ("收据", [5]), ("re16", [3]), ("ardwar", [1, 6])],
)
def test_as_a_condition(connection: sqlite3.Connection, asked: str, passing: list[int]) -> None:
    condition = word_index.condition(asked)
    assert condition is not None
    rows = connection.execute(f"SELECT id FROM contents WHERE {condition[0]} ORDER BY id", condition[1])
    assert [content_id for (content_id,) in rows] == passing


def test_the_condition_is_of_pictures_alone(connection: sqlite3.Connection) -> None:
    connection.execute("SAVEPOINT before")
    for kind in (word_index.Kind.ABOUT, word_index.Kind.NAME):
        word_index.put(connection, 3, kind, "hardware store")
    condition = word_index.condition("hardware store")
    assert condition is not None
    passing = connection.execute(f"SELECT id FROM contents WHERE {condition[0]}", condition[1]).fetchall()
    connection.execute("ROLLBACK TO before")
    assert passing == [(1,)]


def test_no_words_are_no_condition() -> None:
    assert word_index.condition(" ?! ") is None


def test_words_are_folded_and_cut() -> None:
    assert folded("ＣＡＦÉ 收據 ｶﾞ 한") == "cafe 收据 ガ 한"
    assert units("five 會議白板5") == (("five",), ("会议", "议白", "白板"), ("5",))
    assert indexed("会议 字") == "会议 字 议"
    assert packed("RE-16 TGK\nab 会议\nx") == "re16tgk"


def test_chinese_goes_on_in_the_next_line() -> None:
    assert joined(("会议", "白板", "from", "the", "", "store")) == "会议白板\nfrom\nthe\n\nstore"


def test_the_line_that_has_most_of_it() -> None:
    lines = ["the store", "Receipt from", "hardware store", "会议白板"]
    assert word_index.best_line(lines, "the hardware store") == 2
    assert word_index.best_line(lines, "白板") == 3
    assert word_index.best_line(lines, "ardwar") == 2
    assert word_index.best_line(lines, "nothing") is None
    assert word_index.best_line([], "x") is None


def line(text: str) -> TextLine:
    return TextLine(text, ((0.1, 0.2), (0.5, 0.2), (0.5, 0.25), (0.1, 0.25)), 0.875)


def test_lines_are_kept_and_found(store: Store, root: Root) -> None:
    first, second = put(store, root, 1, "a"), put(store, root, 2, "b")
    assert sorted(store.text_due("r1").tolist()) == [first, second]
    store.record_texts([TextStamp(first, "r1", (line("STOP 12"), line("会议"))), TextStamp(second, "r1", ())])
    assert store.text_due("r1").tolist() == []
    assert store.text_lines(first) == (line("STOP 12"), line("会议")) and store.text_lines(second) == ()
    assert [hit.content_id for hit in store.word_hits("stop")] == [first]


def test_another_reader_reads_again_in_the_place_of_the_one_before(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a")
    store.record_texts([TextStamp(content_id, "r1", (line("ST0P"),))])
    assert store.text_due("r2").tolist() == [content_id]
    store.record_texts([TextStamp(content_id, "r2", (line("STOP"),))])
    assert [one.text for one in store.text_lines(content_id)] == ["STOP"]
    assert store.word_hits("ST0P") == [] and len(store.word_hits("STOP")) == 1


def test_a_photo_that_leaves_takes_its_words_along(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a")
    store.record_texts([TextStamp(content_id, "r", (line("STOP"),))])
    store.forget_files([known.file_id for known in store.known_files(root.root_id)])
    assert store.word_hits("STOP") == [] and store.check() == []
    store.record_texts([TextStamp(content_id, "r", (line("STOP"),))])  # read meanwhile
    assert store.text_lines(content_id) == () and store.word_hits("STOP") == []


def test_photos_out_of_reach_wait(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a")
    pending = store.readable(content_id)
    assert pending is not None and pending.file == stamp(root, "a")
    store.set_offline(root.root_id, folder_messages.EMPTY_ELSEWHERE())
    assert store.text_due("r").tolist() == []
    assert store.readable(-1) is None


def test_the_index_can_be_made_again(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a")
    store.record_texts([TextStamp(content_id, "r", (line("STOP"),))])
    with sqlite3.connect(store._path) as connection:  # pyright: ignore[reportPrivateUsage]
        connection.execute("DELETE FROM words")
        connection.execute("DELETE FROM pieces")
        picture_texts.index_again(connection)
    assert len(store.word_hits("STOP")) == 1


def test_asked_for_as_a_fact(store: Store, root: Root) -> None:
    read, said = put(store, root, 1, "a"), put(store, root, 2, "b", facts=Facts(caption="the harbour in Lyon"))
    put(store, root, 3, "c")
    store.record_texts([TextStamp(read, "r", (line("Receipt ABRE16TGK"), line("會議"))), TextStamp(said, "r", ())])

    def passing(typed: str) -> list[int]:
        return store.passing(parse(typed).query.filter).tolist()

    assert (
        passing("has:text")
        == passing("文字:会议")
        == passing("text:re16")
        == passing('text:"receipt abre16tgk"')
        == [read]
    )
    assert passing('text:"harbour in"') == passing("text:lyon") == [said]
    assert passing("text:receipt|lyon") == [read, said]
    assert read not in passing("text:none") and said not in passing("text:none")


def test_what_is_written_of_a_photo_is_in_the_same_index(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a", facts=Facts(title="Café", keywords=("harbour", "收據")))
    for asked in ("cafe", "harbour", "收据"):
        assert [hit.content_id for hit in store.word_hits(asked)] == [content_id]
    put(store, root, 1, "a", facts=Facts(title="Bar"))
    assert store.word_hits("harbour") == [] and len(store.word_hits("bar")) == 1


def test_names_of_files_and_folders_are_in_it_too(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "Lyon 2019/IMG_2031.jpg")
    other = put(store, root, 2, "收据.png")

    def found(asked: str) -> list[tuple[int, Match]]:
        hits = store.word_hits(asked)
        assert all(hit.kind is word_index.Kind.NAME for hit in hits)
        return [(hit.content_id, hit.match) for hit in hits]

    assert found("IMG_2031") == [(content_id, Match.PHRASE)]
    assert found("lyon") == [(content_id, Match.WORD)]
    assert found("收据") == [(other, Match.WORD)]
    assert found("jpg") == []
    (file,) = (known for known in store.known_files(root.root_id) if known.relative_path == "收据.png")
    store.record(Batch(moved=(MovedFile(file.file_id, stamp(root, "invoice.png")),)))
    assert found("收据") == [] and found("invoice") == [(other, Match.WORD)]


def test_a_photo_keeps_the_names_of_the_files_that_are_left(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "harbour.jpg")
    put(store, root, 1, "copy.jpg")
    (file,) = (known for known in store.known_files(root.root_id) if known.relative_path == "harbour.jpg")
    store.forget_files([file.file_id])
    assert store.word_hits("harbour") == []
    assert [hit.content_id for hit in store.word_hits("copy")] == [content_id]

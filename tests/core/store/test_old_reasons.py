"""Libraries that kept English sentences as reasons: known ones become codes, unknown ones stay as they are."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from core.messages import OTHER, Message, file_reasons, folder_messages, title
from core.paths import LibraryPaths
from core.photo import Root
from core.store import Store, schema
from core.store.old_reasons import message_of

KNOWN = (
    ("The file is empty.", file_reasons.EMPTY()),
    ("The file could not be read (Bad address).", file_reasons.UNREADABLE(detail="Bad address")),
    ("The file could not be read (its name is not allowed here).", file_reasons.NAME_NOT_ALLOWED()),
    ("This file is 1,234 MB; Recollect reads up to 1,024 MB.", file_reasons.TOO_LARGE(size=1234, limit=1024)),
    (
        "This picture has 300 million pixels; Recollect reads up to 250 million.",
        file_reasons.TOO_MANY_PIXELS(pixels=300, limit=250),
    ),
    (
        "JPEG XL pictures are not supported by this installation of Recollect.",
        file_reasons.FORMAT_NOT_INSTALLED(name="JPEG XL"),
    ),
    ("This picture needs more than 4.0 GB of memory to decode.", file_reasons.NEEDS_MEMORY(limit=4.0)),
    ("Decoding this picture takes longer than 60 seconds.", file_reasons.NEEDS_TIME(seconds=60.0)),
    ("Its drive did not deliver the file within 0.5 seconds.", file_reasons.DRIVE_SLOW(seconds=0.5)),
    ("It cannot be listed (Input/output error).", folder_messages.NOT_LISTED(detail="Input/output error")),
    ("Sentence of an\nolder version.", OTHER(text="Sentence of an\nolder version.")),
)


@pytest.mark.parametrize(("sentence", "message"), KNOWN, ids=lambda value: str(value)[:20])
def test_a_sentence_becomes_what_it_means(sentence: str, message: Message) -> None:
    assert message_of(sentence) == message


def test_what_it_means_reads_as_before() -> None:
    assert [title(message).replace("than 4 GB", "than 4.0 GB") for _, message in KNOWN] == [text for text, _ in KNOWN]


def test_an_old_library_keeps_its_reasons(tmp_path: Path) -> None:
    layout = LibraryPaths(tmp_path / "library")
    layout.folder.mkdir()
    old = sqlite3.connect(layout.database)
    schema.STEPS.apply(old, stop_before="step_003_reasons_by_code")
    old.execute("INSERT INTO roots (path, offline) VALUES (x'2f61', 'It may not be opened by this user.')")
    old.execute("INSERT INTO roots (path, offline) VALUES (x'2f62', 'Eaten by a whale.')")
    old.execute("INSERT INTO roots (path) VALUES (x'2f63')")
    sentences = [sentence for sentence, _ in KNOWN] * 3
    for number, sentence in enumerate(sentences):
        values = (number, 3, f"{number:02}.jpg".encode())
        old.execute("INSERT INTO files (id, root_id, relative_path, size, mtime_ns) VALUES (?, ?, ?, 1, 1)", values)
        old.execute("INSERT INTO skipped (file_id, reason, passing, model) VALUES (?, ?, 1, 'm')", (number, sentence))
    old.commit()
    old.close()
    with Store.open(layout) as store:
        assert [file.reason for file in store.skipped()] == [message for _, message in KNOWN] * 3
        assert [root.offline for root in store.roots()] == [
            folder_messages.NOT_ALLOWED(),
            OTHER(text="Eaten by a whale."),
            None,
        ]
        assert store.check() == [] and [known.retry for known in store.known_files(3)] == [True] * len(sentences)
    assert (layout.folder / "library-before-step_003_reasons_by_code.sqlite").exists()


def test_what_an_odd_name_leaves_in_a_reason_can_be_stored(store: Store, root: Root) -> None:
    reason = folder_messages.NOT_LISTED(detail="odd \udcff name")
    store.set_offline(root.root_id, reason)
    assert store.roots()[0].offline == reason

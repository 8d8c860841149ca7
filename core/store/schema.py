"""The tables, as steps that are only ever appended, and the way from any older library to this one.

Each step runs in its own transaction and is recorded by name (sqlite-utils' migrations). A library that holds steps
we do not know was written by a newer Recollect: it is refused before anything is touched. An existing library is
copied beside itself before it is changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from core.errors import LibraryNewer
from core.messages import library_errors
from core.messages.message import packed_fields
from core.places import town_of
from core.store import fact_cache, orphaned_photos, picture_groups, picture_texts, shots, texts, word_index, word_names
from core.store.connections import open_reader, translated_opening
from core.store.copies import copy_database
from core.store.old_reasons import message_of
from core.store.steps import Steps, Tables

STEPS = Steps("recollect")

_FIRST_TABLES = (
    """CREATE TABLE roots (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE,
        offline TEXT,
        device INTEGER
    )""",
    """CREATE TABLE contents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        fingerprint BLOB NOT NULL UNIQUE CHECK (length(fingerprint) = 16),
        dated TEXT NOT NULL,
        width INTEGER, height INTEGER, taken_at TEXT, camera TEXT, lens TEXT, orientation INTEGER,
        latitude REAL, longitude REAL, rating INTEGER, format TEXT
    )""",
    "CREATE INDEX contents_by_date ON contents (dated)",
    """CREATE TABLE files (
        id INTEGER PRIMARY KEY,
        root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
        relative_path BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL DEFAULT 0,
        content_id INTEGER REFERENCES contents (id),
        UNIQUE (root_id, relative_path)
    )""",
    "CREATE INDEX files_by_content ON files (content_id)",
    "CREATE INDEX files_by_size ON files (size)",
    "CREATE TABLE models (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL)",
    """CREATE TABLE vectors (
        content_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
        model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
        vector BLOB NOT NULL,
        from_thumbnail INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (content_id, model_id)
    )""",
    """CREATE TABLE skipped (
        file_id INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
        reason TEXT NOT NULL,
        passing INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

_FACT_INDEXES = {
    "contents_by_camera": "camera",
    "contents_by_lens": "lens",
    "contents_by_day_of_year": "substr(taken_at, 6, 5)",
    "contents_by_position": "latitude, longitude",
    "contents_by_rating": "rating",
    "contents_by_format": "format",
}


@STEPS()
def step_001_first_tables(db: Tables) -> None:
    """Folders, files, contents, vectors.

    Names of folders and files are BLOBs: UTF-8 that keeps the odd bytes a Linux name may have, and compares byte by
    byte, which makes "everything below this folder" a range of the index. `contents.dated` orders photos: taken_at,
    else the date of the file that was read first. Ids of contents are never given twice, so that a late answer
    about a forgotten photo cannot mean another one.
    """
    for statement in _FIRST_TABLES:
        db.execute(statement)


@STEPS()
def step_002_refused_by_a_model(db: Tables) -> None:
    """Which model has no vector for a skipped picture: another one is worth a try, the same one is not."""
    db.execute("ALTER TABLE skipped ADD COLUMN model TEXT")


@STEPS()
def step_003_reasons_by_code(db: Tables) -> None:
    """Why a file is skipped and a folder offline: a code and its fields (JSON), where an English sentence was."""
    db.execute("ALTER TABLE skipped RENAME COLUMN reason TO code")
    db.execute("ALTER TABLE skipped ADD COLUMN fields TEXT NOT NULL DEFAULT '{}'")
    db.execute("ALTER TABLE roots ADD COLUMN offline_fields TEXT NOT NULL DEFAULT '{}'")
    for table, code, fields in (("skipped", "code", "fields"), ("roots", "offline", "offline_fields")):
        sentences = db.execute(f"SELECT DISTINCT {code} FROM {table} WHERE {code} IS NOT NULL").fetchall()
        known = ((message_of(sentence), sentence) for (sentence,) in sentences)
        db.conn.executemany(
            f"UPDATE {table} SET {code} = ?, {fields} = ? WHERE {code} = ?",
            [(message.code, packed_fields(message), sentence) for message, sentence in known],
        )


@STEPS()
def step_004_indexes_of_facts(db: Tables) -> None:
    """Facts are asked for: cameras and lenses by the few there are, days of the year, positions, stars, formats."""
    for name, columns in _FACT_INDEXES.items():
        db.execute(f"CREATE INDEX {name} ON contents ({columns})")


@STEPS()
def step_005_parts(db: Tables) -> None:
    """A content has a vector for each of its parts (`core.vectors`): what is there is of whole pictures."""
    db.execute(
        """CREATE TABLE vectors_of_parts (
            content_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
            model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
            part INTEGER NOT NULL,
            vector BLOB NOT NULL,
            from_thumbnail INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (content_id, model_id, part)
        )"""
    )
    db.execute(
        "INSERT INTO vectors_of_parts (content_id, model_id, part, vector, from_thumbnail) "
        "SELECT content_id, model_id, 0, vector, from_thumbnail FROM vectors ORDER BY rowid"
    )
    db.execute("DROP TABLE vectors")
    db.execute("ALTER TABLE vectors_of_parts RENAME TO vectors")


@STEPS()
def step_006_mounts(db: Tables) -> None:
    """Where in a folder other drives are mounted, and which: without its drive such a place looks emptied."""
    db.execute(
        """CREATE TABLE mounts (
            root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
            relative_path BLOB NOT NULL,
            device INTEGER NOT NULL,
            PRIMARY KEY (root_id, relative_path)
        ) WITHOUT ROWID"""
    )


_LATER_FACTS = {
    "zone": "TEXT",
    "iso": "INTEGER",
    "aperture": "REAL",
    "exposure": "REAL",
    "focal_length": "REAL",
    "altitude": "REAL",
    "software": "TEXT",
    "screenshot": "INTEGER NOT NULL DEFAULT 0",
    "panorama": "INTEGER NOT NULL DEFAULT 0",
    "facts_due": "INTEGER NOT NULL DEFAULT 1",
}
_LATER_FACT_INDEXES = (
    *("iso", "aperture", "exposure", "focal_length", "altitude", "software"),
    *("screenshot", "panorama", "facts_due"),
)
_TEXT_TABLES = (
    """CREATE TABLE texts (
        content_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        number INTEGER NOT NULL,
        said TEXT NOT NULL,
        folded TEXT NOT NULL,
        PRIMARY KEY (content_id, kind, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX texts_by_kind ON texts (kind, folded, content_id)",
    """CREATE TABLE sidecars (
        id INTEGER PRIMARY KEY,
        root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
        relative_path BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        UNIQUE (root_id, relative_path)
    )""",
)


@STEPS()
def step_007_more_facts(db: Tables) -> None:
    """How a photo was exposed, what was written of it, and the files beside photos that say so.

    `facts_due` asks for a pass over the file: what is there already says nothing of these. `texts.folded` is what
    a question is compared with: one spelling of each character, and no capitals.
    """
    for name, kind in _LATER_FACTS.items():
        db.execute(f"ALTER TABLE contents ADD COLUMN {name} {kind}")
    for name in _LATER_FACT_INDEXES:
        where = f" WHERE {name}" if "DEFAULT" in _LATER_FACTS[name] else ""
        db.execute(f"CREATE INDEX contents_by_{name} ON contents ({name}){where}")
    for statement in _TEXT_TABLES:
        db.execute(statement)


@STEPS()
def step_008_kept_vectors(db: Tables) -> None:
    """Vectors of photos that were forgotten, by fingerprint and with the day (`core.store.retention`)."""
    db.execute(
        """CREATE TABLE kept_vectors (
            fingerprint BLOB NOT NULL,
            model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
            part INTEGER NOT NULL,
            vector BLOB NOT NULL,
            forgotten TEXT NOT NULL,
            PRIMARY KEY (fingerprint, model_id, part)
        )"""
    )
    db.execute("CREATE INDEX kept_vectors_by_day ON kept_vectors (forgotten)")


@STEPS()
def step_009_words_in_pictures(db: Tables) -> None:
    """What is written in pictures, and an index of words."""
    for statement in (*picture_texts.TABLES, *word_index.TABLES):
        db.execute(statement)
    texts.index_again(db.conn)


@STEPS()
def step_010_places(db: Tables) -> None:
    """In which town a photo was taken: its number in GeoNames (`core.places`)."""
    db.execute("ALTER TABLE contents ADD COLUMN place INTEGER")
    located = "SELECT id, latitude, longitude FROM contents WHERE latitude IS NOT NULL AND longitude IS NOT NULL"
    known = db.execute(located).fetchall()
    towns = ((town_of(latitude, longitude), content_id) for content_id, latitude, longitude in known)
    db.conn.executemany("UPDATE contents SET place = ? WHERE id = ?", towns)
    db.execute("CREATE INDEX contents_by_place ON contents (place) WHERE place IS NOT NULL")


@STEPS()
def step_011_times(db: Tables) -> None:
    """Photos are asked for by the day of the week and by the time of the day."""
    db.execute("CREATE INDEX contents_by_weekday ON contents (strftime('%w', taken_at))")
    db.execute("CREATE INDEX contents_by_time ON contents (substr(taken_at, 12, 5))")


@STEPS()
def step_012_words_of_names(db: Tables) -> None:
    """Names of files and folders in the index of words."""
    word_names.index_again(db.conn)


@STEPS()
def step_013_unheld_contents(db: Tables) -> None:
    """Photos that no file holds are listed, and so are vectors that were made from a thumbnail."""
    for statement in orphaned_photos.TABLES:
        db.execute(statement)
    orphaned_photos.list_again(db.conn)
    db.execute("CREATE INDEX vectors_from_thumbnails ON vectors (model_id, content_id) WHERE from_thumbnail")


@STEPS()
def step_014_indexes_that_answer_alone(db: Tables) -> None:
    """What is asked of dates, seasons and sizes is answered from an index, without a look at the photos."""
    db.execute("DROP INDEX contents_by_day_of_year")
    db.execute("CREATE INDEX contents_by_day_of_year ON contents (substr(taken_at, 6, 5), latitude)")
    db.execute("CREATE INDEX contents_by_time_taken ON contents (taken_at)")
    db.execute("CREATE INDEX contents_by_size ON contents (width, height)")


@STEPS()
def step_015_photos_alike(db: Tables) -> None:
    """What pictures look like in few bits, and which show the same. Thumbnails are hashed by the next pass."""
    for statement in picture_groups.TABLES:
        db.execute(statement)


@STEPS()
def step_016_mean_colours(db: Tables) -> None:
    """The mean colour of each picture, which stands where a photo is not decoded yet. The next pass finds it out."""
    for statement in picture_groups.COLOURS:
        db.execute(statement)


@STEPS()
def step_017_shots(db: Tables) -> None:
    """Which RAW and JPEG files are of one shot. Those that are there are paired by the next pass, by their names."""
    for statement in shots.TABLES:
        db.execute(statement)
    shots.list_all(db.conn)


@STEPS()
def step_018_read_facts_again(db: Tables) -> None:
    """Ask for a pass over the files: until now a scan's date stood for the photo's own, and much of XMP went unread."""
    db.execute("UPDATE contents SET facts_due = TRUE")


@STEPS()
def step_019_shared_facts(db: Tables) -> None:
    """Whether facts changed that are held in memory."""
    fact_cache.watch_changes(db.conn)


@STEPS()
def step_020_shared_file_facts(db: Tables) -> None:
    """Whether files changed, of which facts are held in memory, too; and more facts of photos."""
    fact_cache.watch_files(db.conn)


@STEPS()
def step_021_read_facts_again(db: Tables) -> None:
    """Ask for a pass over the files: makers of lenses and of some cameras went unread, and dates without a day."""
    db.execute("UPDATE contents SET facts_due = TRUE")


@STEPS()
def step_022_parts_away(db: Tables) -> None:
    """Which parts of a folder are out of reach. Each is listed by the next pass."""
    db.execute("ALTER TABLE roots ADD COLUMN away TEXT")


@STEPS()
def step_023_read_facts_again(db: Tables) -> None:
    """Ask for a pass over the files: stars that ACDSee gave went unread."""
    db.execute("UPDATE contents SET facts_due = TRUE")


def migrate(connection: sqlite3.Connection, path: Path, steps: Steps = STEPS, *, copy: bool = True) -> None:
    """Bring the library at `path` to the newest step, with a copy beside it first if it existed already.

    Raises:
        LibraryNewer: if it holds steps this program does not know; nothing is changed then.
    """
    with translated_opening(path):
        applied = steps.applied(connection)
        refuse_newer(applied, steps)
        missing = steps.pending(connection)
        if not missing:
            return
        if applied and copy:
            _copy_aside(connection, path, before=missing[0])
        steps.apply(connection)


def needs_migration(connection: sqlite3.Connection, path: Path, steps: Steps = STEPS) -> bool:
    """Return whether a writer has to bring the library up to date before it can be read.

    Raises:
        LibraryNewer: if it holds steps this program does not know.
    """
    with translated_opening(path):
        refuse_newer(steps.applied(connection), steps)
        return bool(steps.pending(connection))


def is_outdated(path: Path) -> bool:
    """Return `needs_migration` of the library at `path`, without writing to it."""
    connection = open_reader(path)
    try:
        return needs_migration(connection, path)
    finally:
        connection.close()


def refuse_newer(applied: Sequence[str], steps: Steps = STEPS) -> None:
    """Raise `LibraryNewer` if one of the applied steps is none of ours."""
    if not set(steps.names).issuperset(applied):
        raise LibraryNewer(library_errors.NEWER())


def _copy_aside(connection: sqlite3.Connection, path: Path, *, before: str) -> None:
    """Copy the library to `library-before-STEP.sqlite`."""
    target = path.with_name(f"{path.stem}-before-{before}{path.suffix}")
    copy_database(connection, path, target)

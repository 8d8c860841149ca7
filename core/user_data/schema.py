"""The tables of the user data, as steps that are only ever appended: see `core.store.schema`.

Every table that names photos can be asked both ways by an index: what a photo has, and which photos have it.
"""

from __future__ import annotations

from core.store.steps import Steps, Tables

STEPS = Steps("recollect_user_data")

_FINGERPRINT = "BLOB NOT NULL CHECK (length(fingerprint) = 16)"

_FIRST_TABLES = (
    f"CREATE TABLE favourites (fingerprint {_FINGERPRINT} PRIMARY KEY) WITHOUT ROWID",
    f"""CREATE TABLE ratings (
        fingerprint {_FINGERPRINT} PRIMARY KEY,
        rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5)
    ) WITHOUT ROWID""",
    "CREATE INDEX ratings_by_rating ON ratings (rating)",
    "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE)",
    f"""CREATE TABLE photo_tags (
        tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
        fingerprint {_FINGERPRINT},
        PRIMARY KEY (tag_id, fingerprint)
    ) WITHOUT ROWID""",
    "CREATE INDEX photo_tags_by_photo ON photo_tags (fingerprint)",
    "CREATE TABLE albums (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE)",
    f"""CREATE TABLE album_members (
        album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
        fingerprint {_FINGERPRINT},
        position INTEGER NOT NULL,
        PRIMARY KEY (album_id, fingerprint)
    ) WITHOUT ROWID""",
    "CREATE INDEX album_members_in_order ON album_members (album_id, position)",
    "CREATE INDEX album_members_by_photo ON album_members (fingerprint)",
    "CREATE TABLE saved_searches (key TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        photos_key BLOB NOT NULL,
        answer TEXT NOT NULL,
        UNIQUE (kind, photos_key, answer)
    )""",
    f"""CREATE TABLE decision_photos (
        decision_id INTEGER NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
        fingerprint {_FINGERPRINT},
        PRIMARY KEY (decision_id, fingerprint)
    ) WITHOUT ROWID""",
    "CREATE INDEX decision_photos_by_photo ON decision_photos (fingerprint)",
)


@STEPS()
def step_001_first_tables(db: Tables) -> None:
    """Favourites, ratings, tags, albums, saved searches, decisions.

    `key` is what two spellings of a name have in common; ids of albums are never given twice.
    """
    for statement in _FIRST_TABLES:
        db.execute(statement)


@STEPS()
def step_002_recent_searches(db: Tables) -> None:
    """Questions that were asked last, the newest with the highest number."""
    db.execute("CREATE TABLE recent_searches (query TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID")


@STEPS()
def step_003_turns(db: Tables) -> None:
    """Photos that the user turned: by how many quarters clockwise."""
    db.execute(
        f"CREATE TABLE turns (fingerprint {_FINGERPRINT} PRIMARY KEY, "
        "quarters INTEGER NOT NULL CHECK (quarters BETWEEN 1 AND 3)) WITHOUT ROWID"
    )


_SAY_WHEN = "INSERT INTO said_at (fingerprint, at) {source} ON CONFLICT (fingerprint) DO UPDATE SET at = excluded.at"
_NOW = "(julianday('now') - 2440587.5) * 86400.0"


def _note_when(table: str, event: str, row: str) -> str:
    statement = _SAY_WHEN.format(source=f"VALUES ({row}.fingerprint, {_NOW})")
    return f"CREATE TRIGGER {table}_{event.lower()}_said AFTER {event} ON {table} BEGIN {statement}; END"


@STEPS()
def step_004_texts(db: Tables) -> None:
    """Titles and captions, and when anything was last said of a photo: what was said until now counts as said now.

    Triggers note the time, so that no way to say something forgets to.
    """
    db.execute(
        f"""CREATE TABLE texts (
            fingerprint {_FINGERPRINT},
            kind TEXT NOT NULL CHECK (kind IN ('title', 'caption')),
            said TEXT NOT NULL,
            folded TEXT NOT NULL,
            PRIMARY KEY (fingerprint, kind)
        ) WITHOUT ROWID"""
    )
    db.execute(f"CREATE TABLE said_at (fingerprint {_FINGERPRINT} PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID")
    for table in ("favourites", "ratings", "photo_tags"):
        source = f"SELECT fingerprint, {_NOW} FROM {table} WHERE true"
        db.execute(_SAY_WHEN.format(source=source))
    for table in ("favourites", "ratings", "photo_tags", "texts"):
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            db.execute(_note_when(table, event, row))
    renamed = _SAY_WHEN.format(source=f"SELECT fingerprint, {_NOW} FROM photo_tags WHERE tag_id = new.id")
    db.execute(f"CREATE TRIGGER tags_renamed_said AFTER UPDATE OF name ON tags BEGIN {renamed}; END")


@STEPS()
def step_005_written(db: Tables) -> None:
    """What was last written beside photos, as JSON, and when that had been said."""
    db.execute(
        f"CREATE TABLE written (fingerprint {_FINGERPRINT} PRIMARY KEY, said TEXT NOT NULL, at REAL NOT NULL) "
        "WITHOUT ROWID"
    )


@STEPS()
def step_006_set_aside(db: Tables) -> None:
    """What was said of a photo both here and by another program, and was the older word."""
    db.execute(
        f"CREATE TABLE set_aside (fingerprint {_FINGERPRINT}, field TEXT NOT NULL, said TEXT NOT NULL, "
        "was_here INTEGER NOT NULL, PRIMARY KEY (fingerprint, field)) WITHOUT ROWID"
    )


@STEPS()
def step_007_said_by_time(db: Tables) -> None:
    """An index of when something was said, by which what was said since is found at every question."""
    db.execute("CREATE INDEX said_at_by_time ON said_at (at)")

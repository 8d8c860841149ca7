"""The photos that no file holds: a short list that is kept, so that nobody has to look for a file of every photo.

There are some only while a run lasts (`core.store.writing` says why); asked of a million photos one by one, whether a
file holds them takes eight seconds.
"""

from __future__ import annotations

from core.store.sql import Connection

HELD = "contents.id NOT IN (SELECT content_id FROM unheld)"
"""The condition that a file holds a row of `contents`."""

_NO_FILE = "NOT EXISTS (SELECT 1 FROM files WHERE files.content_id = {content})"
_LOST = (
    "INSERT OR IGNORE INTO unheld SELECT id FROM contents WHERE id = old.content_id "
    f"AND {_NO_FILE.format(content='old.content_id')};"
)

TABLES = (
    "CREATE TABLE unheld (content_id INTEGER PRIMARY KEY)",
    """CREATE TRIGGER new_contents_are_unheld AFTER INSERT ON contents BEGIN
        INSERT OR IGNORE INTO unheld VALUES (new.id);
    END""",
    """CREATE TRIGGER gone_contents_are_not_unheld AFTER DELETE ON contents BEGIN
        DELETE FROM unheld WHERE content_id = old.id;
    END""",
    """CREATE TRIGGER new_files_hold AFTER INSERT ON files WHEN new.content_id IS NOT NULL BEGIN
        DELETE FROM unheld WHERE content_id = new.content_id;
    END""",
    f"""CREATE TRIGGER changed_files_hold AFTER UPDATE OF content_id ON files
    WHEN new.content_id IS NOT old.content_id BEGIN
        DELETE FROM unheld WHERE content_id = new.content_id;
        {_LOST}
    END""",
    f"""CREATE TRIGGER gone_files_hold_nothing AFTER DELETE ON files WHEN old.content_id IS NOT NULL BEGIN
        {_LOST}
    END""",
)


def list_again(connection: Connection) -> None:
    """Look for a file of every photo, and list those that have none."""
    connection.execute("DELETE FROM unheld")
    connection.execute(f"INSERT INTO unheld SELECT id FROM contents WHERE {_NO_FILE.format(content='contents.id')}")

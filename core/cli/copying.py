"""`copy-library`: from a folder to a server, or back."""

from __future__ import annotations

import click

from core.cli.session import RecollectCommand, hint, say, say_json
from core.maintenance.copying import copy_library as copied
from core.paths import library_paths
from core.store.tables import Table

_SAID = ("contents", "vectors", "thumbnails", "favourites", "albums", "saved_searches")


@click.command("copy-library", cls=RecollectCommand)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--json", "as_json", is_flag=True, help="Tell how many rows each table has, as JSON.")
def copy_library(source: str, target: str, as_json: bool) -> None:
    """Copy a library (not the photos) FROM a folder or a server TO another one, with all that was said of its photos.

    It may be in use. A copy that was stopped goes on when the same command is run again; at the end, everything is
    compared by counts and checksums. Each is a folder, or an address: postgresql://USER@HOST/DATABASE.
    """
    counts = copied(library_paths(source), library_paths(target), _tell)
    if as_json:
        say_json([{"part": table.part.value, "table": table.name, "rows": rows} for table, rows in counts.items()])
        return
    for table, rows in counts.items():
        if table.name in _SAID:
            say(f"{rows:>12,} {table.name.replace('_', ' ')}")
    hint("Copied, and compared by counts and checksums.")


def _tell(table: Table) -> None:
    if table.name in _SAID:
        hint(f"Copying {table.name.replace('_', ' ')} …")

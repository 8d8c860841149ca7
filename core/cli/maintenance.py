"""`backup` and `restore`: a library's own files, in one file and back."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.session import RecollectCommand, Session, hint, pass_session
from core.maintenance.backup import back_up
from core.maintenance.backup import restore as put_back
from core.messages.message import megabytes
from core.paths import LibraryPaths


@click.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def backup(session: Session, file: Path) -> None:
    """Write all that cannot be made again (not the photos) to one new FILE. The library may be in use."""
    size = back_up(LibraryPaths(session.folder), file.expanduser().absolute())
    hint(f"Backed up to {file} ({megabytes(size):,} MB), and read again.")


@click.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def restore(session: Session, file: Path) -> None:
    """Put back a backup, or a copy of favourites, albums and tags. What is there now is kept beside it."""
    kept = put_back(LibraryPaths(session.folder), file.expanduser().absolute())
    hint(f"Restored from {file}." + (f" What was there before is in {kept}." if kept else ""))

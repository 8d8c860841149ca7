"""`backup`, `restore`, `move` and `export`: a library's own files in one file and back, elsewhere, and for others."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.session import RecollectCommand, Session, hint, pass_session
from core.maintenance.backup import back_up
from core.maintenance.backup import restore as put_back
from core.maintenance.export import export_captions, export_facts, export_vectors
from core.maintenance.moving import move_library
from core.messages.message import megabytes
from core.paths import at_home


@click.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def backup(session: Session, file: Path) -> None:
    """Write all that cannot be made again (not the photos) to one new FILE. The library may be in use."""
    size = back_up(session.files, at_home(file).absolute())
    hint(f"Backed up to {file} ({megabytes(size):,} MB), and read again.")


@click.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def restore(session: Session, file: Path) -> None:
    """Put back a backup, or a copy of favourites, albums and tags. What is there now is kept beside it."""
    kept = put_back(session.files, at_home(file).absolute())
    hint(f"Restored from {file}." + (f" What was there before is in {kept}." if kept else ""))


@click.command(cls=RecollectCommand)
@pass_session
def forget(session: Session) -> None:
    """Forget for good the photos that left in the last 30 days, and give their space back.

    Until then a photo that comes back is searchable at once, without the model.
    """
    with session.library(write=True) as library:
        freed = library.forget_for_good()
    hint(f"Forgot {freed.photos} photos for good. The library is {megabytes(freed.size):,} MB smaller.")


@click.command(cls=RecollectCommand)
@click.argument("folder", type=click.Path(path_type=Path))
@pass_session
def move(session: Session, folder: Path) -> None:
    """Move the library (not the photos) to a new or empty FOLDER. It is compared before it is taken away."""
    made = move_library(session.files, at_home(folder).absolute())
    hint(f"Moved to {made.folder}. Recollect finds it there by itself.")


@click.group()
def export() -> None:
    """Write vectors, facts or captions to a new file, for other programs."""


@export.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def vectors(session: Session, file: Path) -> None:
    """Write the model's vectors to FILE (npz): `vectors`, `fingerprints`, `parts`."""
    with session.library() as library:
        key = library.models.wanted_key()
    count = export_vectors(session.files, key, at_home(file).absolute())
    hint(f"Wrote {count} vectors to {file}.")


@export.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def facts(session: Session, file: Path) -> None:
    """Write a row for each file of each photo to FILE (csv), with what its file and you say of it."""
    count = export_facts(session.files, at_home(file).absolute())
    hint(f"Wrote {count} rows to {file}.")


@export.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def captions(session: Session, file: Path) -> None:
    """Write a row for each file with a title, a caption, keywords or text in its picture to FILE (csv)."""
    count = export_captions(session.files, at_home(file).absolute())
    hint(f"Wrote {count} rows to {file}.")

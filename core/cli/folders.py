"""`add`, `folders`, `remove`: which folders are searched; `storage`: where they lie on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from core.answers import root_as_json, storage_as_json
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.drives import resolved
from core.errors import FolderError
from core.library import Library
from core.messages import folder_messages, title
from core.paths import at_home
from core.photo import Root
from core.store.storages import Storage


@click.command(cls=RecollectCommand)
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@pass_session
def add(session: Session, folders: tuple[Path, ...]) -> None:
    """Add folders of photos. `recollect index` then makes them searchable."""
    with session.library(write=True, make=True) as library:
        for folder in folders:
            known = _root_at(library, folder)
            if known is not None:  # saying so twice is no mistake, in a script least of all
                hint(f"{known.path} is in the library already.")
                continue
            root = library.add_root(folder)
            if root.photos:  # another computer added it
                hint(f"{root.path} is known from elsewhere: its {root.photos} photos are found. Next: recollect index")
            else:
                hint(f"Added {root.path}. Next: recollect index")


@click.command(cls=RecollectCommand)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def folders(session: Session, as_json: bool) -> None:
    """List the folders of the library."""
    with session.library() as library:
        roots = library.roots()
    if as_json:
        say_json([root_as_json(root) for root in roots])
        return
    for root in roots:
        state = f"offline: {title(root.offline)}" if root.offline else "online"
        say(f"{root.path}\t{root.photos} photos\t{root.skipped} skipped\t{state}")
    if not roots:
        hint("No folders yet. Add one with: recollect add FOLDER")


@click.command(cls=RecollectCommand)
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@pass_session
def remove(session: Session, folders: tuple[Path, ...]) -> None:
    """Take folders out of the library. The photos themselves stay where they are."""
    with session.library(write=True) as library:
        for folder in folders:
            root = _root_at(library, folder)
            if root is None:
                raise FolderError(folder_messages.REMOVE_NOT_OURS(folder=folder))
            library.remove_root(root.root_id)
            hint(f"Removed {folder} from the library. Your photos were not touched.")


@click.command(cls=RecollectCommand)
@click.argument("name", required=False)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--thumbnails", metavar="FOLDER|database", help="Where its thumbnails are kept, for everybody.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def storage(session: Session, name: str | None, folder: Path | None, thumbnails: str | None, as_json: bool) -> None:
    """List where the folders of a library on a server lie on this computer; or say where one does.

    NAME is the path under which it was added, or the first letters of what the list calls it. Changes nothing on the
    server, and needs no right to.

    With --thumbnails, keep thumbnails in an empty folder that every computer reaches, or in the database again. Where
    that folder lies at another path, the same says where.
    """
    if thumbnails is not None:
        _keep_thumbnails(session, thumbnails)
        return
    if (name is None) != (folder is None):
        raise click.UsageError("Name a folder of the library, and where it lies on this computer.")
    with session.library() as library:
        if name is not None and folder is not None:
            one = _storage_called(library.storages.all(), name)
            library.storages.place(one, folder)
            hint(f"“{one.added}” lies at {at_home(folder).absolute()} on this computer.")
            return
        storages, kept = library.storages.all(), library.storages.thumbnail_folder()
    if as_json:
        say_json([storage_as_json(one) for one in storages])
        return
    if kept is not None:
        hint(f"Thumbnails are in {kept}.")
    for one in storages:
        say(f"{one.name[:8]}\t{one.added}\t{one.here or 'not known here'}")
    if not storages:
        hint("The folders of this library lie where they were added.")


def _keep_thumbnails(session: Session, where: str) -> None:
    with session.library(write=True) as library:
        if where == "database":
            hint(
                f"Thumbnails are in the database; {library.storages.keep_thumbnails_with_library()} were brought back."
            )
        else:
            folder = at_home(where).absolute()
            hint(f"Thumbnails are in {folder}; {library.storages.keep_thumbnails_in(folder)} were carried there.")


def _storage_called(storages: Sequence[Storage], name: str) -> Storage:
    called = [one for one in storages if one.added == name] or [one for one in storages if one.name.startswith(name)]
    if len(called) != 1:
        raise FolderError(
            folder_messages.STORAGE_UNKNOWN(name=name) if storages else folder_messages.STORAGES_OF_SERVERS()
        )
    return called[0]


def _root_at(library: Library, folder: Path) -> Root | None:
    wanted = at_home(folder).absolute()
    places = (wanted, resolved(wanted))
    return next((root for root in library.roots() if root.path in places or resolved(root.path) in places), None)

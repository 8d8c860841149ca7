"""`search`: the question itself."""

from __future__ import annotations

from pathlib import Path

import click

from core.answers import results_as_json
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.errors import FolderError
from core.library import Library
from core.messages import folder_messages
from core.query import described
from core.results import Hit, Results


@click.command(cls=RecollectCommand)
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", default=20, show_default=True, type=click.IntRange(1), help="How many photos at most.")
@click.option("--in", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Only photos in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--paths", is_flag=True, help="Print only the paths, best first, one a line.")
@pass_session
def search(
    session: Session, query: tuple[str, ...], limit: int, folder: Path | None, as_json: bool, paths: bool
) -> None:
    """Find the photos that QUERY describes, best first."""
    with session.library() as library:
        if folder is not None and not _is_in(library, folder):
            raise FolderError(folder_messages.SEARCH_NOT_OURS(folder=folder))
        results = library.find(described(" ".join(query), folder, limit))
        if as_json:
            say_json(results_as_json(results, library))
        else:
            for rank, hit in enumerate(results.hits, start=1):
                _say_hit(library, rank, hit, paths=paths)
    if not len(results):
        hint(_why_nothing(results, folder))


def _say_hit(library: Library, rank: int, hit: Hit, *, paths: bool) -> None:
    photo = library.photo(hit.content_id)
    if photo is None:  # it left the library between the ranking and now
        return
    if paths:
        say(str(photo.place.path))
    else:
        say(f"{rank:>4}  {hit.score:.3f}  {photo.place.path}{'  (offline)' if photo.offline else ''}")


def _is_in(library: Library, folder: Path) -> bool:
    info = library.path_info(folder)
    return info.folder is not None and info.is_folder


def _why_nothing(results: Results, folder: Path | None) -> str:
    if results.searched:
        return "No photos found."
    if folder is not None:
        return f"No photos in {folder} are searchable with the model {results.model} yet. Next: recollect index"
    return f"No photos are searchable with the model {results.model} yet. Next: recollect add FOLDER, recollect index"

"""`search`: the question itself."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.errors import FolderError
from core.library import Library
from core.messages import folder_messages
from core.photo import Hit, Results


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
        library.load()
        results = library.search(" ".join(query), limit=limit, folder=folder)
        rows = [_row(library, rank, hit) for rank, hit in enumerate(results.hits, start=1)]
    if as_json:
        say_json({"query": results.query, "model": results.model, "hits": rows})
    elif paths:
        for row in rows:
            say(str(row["path"]))
    else:
        for row in rows:
            say(f"{row['rank']:>4}  {row['score']:.3f}  {row['path']}{'  (offline)' if row['offline'] else ''}")
    if not rows:
        hint(_why_nothing(results, folder))


def _row(library: Library, rank: int, hit: Hit) -> dict[str, object]:
    photo = library.photo(hit.content_id)
    if photo is None:  # it left the library between the ranking and now
        return {"rank": rank, "score": round(hit.score, 6), "path": "", "offline": True}
    facts = photo.facts
    return {
        "rank": rank,
        "score": round(hit.score, 6),
        "path": str(photo.place.path),
        "root": str(photo.place.root),
        "relative_path": photo.place.relative_path,
        "offline": photo.offline,
        "taken_at": facts.taken_at,
        "width": facts.width,
        "height": facts.height,
        "camera": facts.camera,
        "format": facts.format,
        "copies": len(photo.places) - 1,
    }


def _is_in(library: Library, folder: Path) -> bool:
    info = library.path_info(folder)
    return info.folder is not None and info.is_folder


def _why_nothing(results: Results, folder: Path | None) -> str:
    if results.searched:
        return "No photos found."
    if folder is not None:
        return f"No photos in {folder} are searchable with the model {results.model} yet. Next: recollect index"
    return f"No photos are searchable with the model {results.model} yet. Next: recollect add FOLDER, recollect index"

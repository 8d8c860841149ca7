"""`demo`: a sample library, indexed, searched and shown."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from core import demo as sample_library
from core.cli.session import RecollectCommand, Session, hint, pass_session, say
from core.events import Control, Finished
from core.library import Library
from core.query import described
from core.results import Results


@click.command(cls=RecollectCommand)
@click.option("--folder", type=click.Path(path_type=Path), help="Where to put the sample library.")
@click.option("--picture", is_flag=True, help="Draw the window to a PNG even if there is a display.")
@pass_session
def demo(session: Session, folder: Path | None, picture: bool) -> int:
    """Build a sample library, search it, and show the window (without a display: a picture of it)."""
    sample = sample_library.prepare(folder)
    with _opened(session, sample) as library:
        for query in sample_library.QUERIES:
            _print_results(library, library.find(described(query, limit=3)))
    first = sample_library.QUERIES[0]
    if session.window is not None and _has_display() and not picture:
        return session.window(sample.library, first)
    if session.picture is not None:
        session.picture(sample.library, first, sample.picture)
        say(f"\nA picture of the window: {sample.picture}")
    return 0


def _opened(session: Session, sample: sample_library.Sample) -> Library:
    """Open the sample library, fill it, and have it ready for questions."""
    library = Library.open(sample.library, model=session.model, write=True)
    if not any(root.path == sample.photos for root in library.roots()):
        library.add_root(sample.photos)
    for event in library.index(Control()):
        if isinstance(event, Finished):
            hint(f"{event.embedded} sample photos indexed in {event.seconds:.1f} s, in {sample.photos}")
    library.load()
    library.calibrate(Control())
    return library


def _print_results(library: Library, results: Results) -> None:
    say(f"\n{results.query.words}")
    for rank, hit in enumerate(results.hits, start=1):
        photo = library.photo(hit.content_id)
        if photo:
            say(f"  {rank}. {hit.score:.3f}  {photo.place.relative_path}")


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

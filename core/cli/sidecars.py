"""`sidecars`: what the user says of photos, written into XMP files beside them."""

from __future__ import annotations

import click

from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.messages import sentence, title
from core.query import Order, Query
from core.query.parser import parse
from core.sidecars import SidecarsWritten


@click.group()
def sidecars() -> None:
    """Write stars, tags, titles and favourites into XMP files beside photos. Nothing else ever writes there."""


@sidecars.command("write", cls=RecollectCommand)
@click.argument("facts", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Only tell which files would be made or changed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def write_sidecars(session: Session, facts: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Write beside the photos with these FACTS (rating:>=4 in:Trip), or all of which something was said since.

    An XMP file that is there keeps what other programs wrote into it; photos are never touched. Close the window first.
    Exit status 1 if something could not be written.
    """
    parsed = parse(" ".join(facts))
    if parsed.query.terms:
        raise click.UsageError("Name facts, as rating:>=4 or in:Trip; words find too much to write beside it.")
    for note in parsed.notes:
        hint(title(note.message))
    with session.library(write=not dry_run) as library:
        asked = Query(filter=parsed.query.filter, order=Order.NEWEST)
        ids = library.find(asked, fold=False).ids if facts else library.sidecars.pending()
        done = library.sidecars.write(ids.tolist(), dry=dry_run)
    if as_json:
        say_json(_as_json(done))
    else:
        _say(done, dry=dry_run)
    return 1 if done.skipped else 0


def _say(done: SidecarsWritten, *, dry: bool) -> None:
    for change in done.changes:
        say(str(change.path))
    for file in done.skipped:
        hint(f"{file.path}: {sentence(file.reason)}")
    made = sum(change.before is None for change in done.changes)
    would = "would be " if dry else ""
    hint(f"{made} XMP files {would}made, {len(done.changes) - made} {would}changed, {len(done.skipped)} not possible.")


def _as_json(done: SidecarsWritten) -> dict[str, object]:
    return {
        "photos": done.photos,
        "made": [str(change.path) for change in done.changes if change.before is None],
        "changed": [str(change.path) for change in done.changes if change.before is not None],
        "skipped": [
            {"path": str(file.path), "reason": title(file.reason), **file.reason.as_json()} for file in done.skipped
        ],
    }


@sidecars.command("conflicts", cls=RecollectCommand)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def list_conflicts(session: Session, as_json: bool) -> None:
    """List what was said both here and by another program, and does not count since the other was newer."""
    with session.library() as library:
        rows = [
            {"path": str(photo.place.path), "field": one.field, "set_aside": one.said, "said_here": one.was_here}
            for photo, aside in library.sidecars.conflicts()
            for one in aside
        ]
    if as_json:
        say_json(rows)
        return
    for row in rows:
        whose = "here" if row["said_here"] else "there"
        say(f"{row['path']}\t{row['field']}\t{row['set_aside'] or '(nothing)'}\t{whose}")
    if not rows:
        hint("Nothing was said on both sides.")

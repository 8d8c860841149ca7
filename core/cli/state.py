"""`status` and `check`: how the library is."""

from __future__ import annotations

import contextlib

import click

from core.answers import status_as_json
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.errors import ModelError
from core.library import Library
from core.maintenance.repair import Repair, repair
from core.messages import title
from core.vector_search import WANTED_RECALL


@click.command(cls=RecollectCommand)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--skipped", "with_skipped", is_flag=True, help="List the files that could not be read, with reasons.")
@pass_session
def status(session: Session, as_json: bool, with_skipped: bool) -> None:
    """Tell how many photos there are and how many can be searched."""
    with session.library() as library:
        state = library.status()
        skipped, shown = library.skipped() if with_skipped else (), library.shown_place
    if as_json:
        say_json(status_as_json(state, shown, skipped if with_skipped else None))
        return
    say(f"Library   {shown}")
    say(f"Model     {state.model}" + (f" on {title(state.device)}" if state.device else ""))
    say(f"Photos    {state.photos} ({state.indexed} searchable, {state.pending} pending, {state.offline} offline)")
    say(f"Skipped   {state.skipped} files" + ("" if with_skipped or not state.skipped else "  (list: --skipped)"))
    for root in state.roots:
        say(f"Folder    {root.path}" + (f"  (offline: {title(root.offline)})" if root.offline else ""))
    for file in skipped:
        say(f"{file.path}\t{title(file.reason)}")


@click.command(cls=RecollectCommand)
@click.option("--repair", "mend", is_flag=True, help="Save what can be read of a damaged library; renew its caches.")
@pass_session
def check(session: Session, mend: bool) -> int:
    """Check that the library's files are whole. Exit status 1 if not."""
    if mend:
        _say_repair(repair(session.files))
    with session.library() as library:
        problems = library.check()
        too_little = _say_measured(library)
    for problem in problems:
        say(title(problem))
    hint("The library is whole." if not problems else "The photos themselves are not affected.")
    return 1 if problems or too_little else 0


def _say_measured(library: Library) -> bool:
    """Say how well the server's index finds the nearest photos, where there is one; return whether it is too little."""
    with contextlib.suppress(ModelError):
        found = library.models.measured_search()
        if found is None:
            return False
        say(
            f"The server's index finds {100 * found.recall:.1f} % of the 100 nearest photos "
            f"({found.questions} questions of the library itself, {found.ef_search:,} candidates looked at)."
        )
        if found.recall >= WANTED_RECALL:
            return False
        hint("That is too little. Its owner makes it anew: DROP INDEX nearness_of_…, then: recollect index")
        return True
    return False


def _say_repair(done: Repair) -> None:
    if done.salvaged is not None:
        saved = done.salvaged
        hint(
            f"Saved from the damaged library: {saved.folders} folders, {saved.files} files, {saved.photos} photos, "
            f"{saved.vectors} vectors. What is missing is read again by: recollect index"
        )
        if saved.folders == 0:
            hint("Which folders it had could not be read. First add them again: recollect add FOLDER…")
        hint(f"The damaged file is kept as {done.kept}.")
    if done.thumbnails_renewed:
        hint("The thumbnails were damaged and are made again by: recollect index")

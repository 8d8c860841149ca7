"""`saved`: questions under a name, the same as in the window: listed, added, removed and asked."""

from __future__ import annotations

import shlex

import click

from core.cli.search import search
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.errors import QueryError, UserDataError
from core.messages import library_errors, title, user_data_errors
from core.query import Order, Query
from core.query.parser import parse
from core.user_records import SavedSearch


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def saved(context: click.Context, as_json: bool) -> None:
    """List, add, remove and run saved searches. They stay live: what is new is found, too."""
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session), as_json)


@saved.command("list", cls=RecollectCommand)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def list_saved(session: Session, as_json: bool) -> None:
    """List the saved searches, by name."""
    _list(session, as_json)


@saved.command("add", cls=RecollectCommand)
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print what is saved as JSON.")
@pass_session
def add_saved(session: Session, name: str, query: tuple[str, ...], as_json: bool) -> None:
    """Save QUERY under NAME; one that has the name already is replaced. Close the window first."""
    text = " ".join(query).strip()
    parsed = parse(text)
    if parsed.query == Query(limit=parsed.query.limit):
        raise QueryError(library_errors.NOTHING_ASKED())
    for note in parsed.notes:
        hint(title(note.message))
    with session.library(write=True) as library:
        library.user_data.searches.save(name, text)
        kept = library.user_data.searches.named(name) or SavedSearch(name, text)
    if as_json:
        say_json(_as_json(kept))
    else:
        hint(f"Saved “{kept.name}”. Ask it with: recollect saved run {shlex.quote(kept.name)}")


@saved.command("remove", cls=RecollectCommand)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print what is removed as JSON.")
@pass_session
def remove_saved(session: Session, name: str, as_json: bool) -> None:
    """Remove the saved search NAME. Close the window first."""
    with session.library(write=True) as library:
        known = library.user_data.searches.named(name)
        if known is None:
            raise UserDataError(user_data_errors.SEARCH_UNKNOWN(name=name))
        library.user_data.searches.delete(name)
    if as_json:
        say_json(_as_json(known))
    else:
        hint(f"Removed “{known.name}”.")


@saved.command("run", cls=RecollectCommand)
@click.argument("name")
@click.option("-n", "--limit", default=20, show_default=True, type=click.IntRange(1), help="How many photos at most.")
@click.option("--order", type=click.Choice([order.value for order in Order]), help="Instead of best or newest first.")
@click.option("--explain", is_flag=True, help="Say how the question was understood, and what each part matches.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--paths", is_flag=True, help="Print only the paths, best first, one a line.")
@click.pass_context
def run_saved(context: click.Context, name: str, *, limit: int, order: str | None, **shown: bool) -> None:
    """Ask the saved search NAME, as `recollect search` would."""
    with context.ensure_object(Session).library() as library:
        known = library.user_data.searches.named(name)
    if known is None:
        raise UserDataError(user_data_errors.SEARCH_UNKNOWN(name=name))
    asked = {"query": (known.query,), "pictures": (), "folder": None}
    context.invoke(search, **asked, limit=limit, order=order, **shown)


def _list(session: Session, as_json: bool) -> None:
    with session.library() as library:
        searches = library.user_data.searches.all()
    if as_json:
        say_json([_as_json(one) for one in searches])
        return
    for one in searches:
        say(f"{one.name}\t{one.query}")
    if not searches:
        hint("No saved searches yet. Save one with: recollect saved add NAME QUERY")


def _as_json(one: SavedSearch) -> dict[str, object]:
    return {"name": one.name, "query": one.query}

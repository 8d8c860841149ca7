"""`search`: the question itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import click

from core.answers import explanation_as_json, results_as_json
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.errors import FolderError, QueryError
from core.library import Library
from core.likelihood import FIRST
from core.messages import folder_messages, library_errors, title
from core.paths import at_home
from core.query import Order, PictureLike, Query, Term
from core.query.parser import Parsed, parse
from core.results import Group, Hit, Reason, Results

_IN_WRITING = (Reason.TEXT, Reason.DESCRIPTION, Reason.NAME)


@click.command(cls=RecollectCommand)
@click.argument("query", nargs=-1)
@click.option("-n", "--limit", default=20, show_default=True, type=click.IntRange(1), help="How many photos at most.")
@click.option("--in", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Only photos in this folder.")
@click.option(
    "--like",
    "pictures",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Photos that look like this picture. May be given several times, and with words.",
)
@click.option("--order", type=click.Choice([order.value for order in Order]), help="Instead of best or newest first.")
@click.option("--each", is_flag=True, help="Show photos of the same picture or moment one by one.")
@click.option("--explain", is_flag=True, help="Say how the question was understood, and what each part matches.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--paths", is_flag=True, help="Print only the paths, best first, one a line.")
@pass_session
def search(
    session: Session,
    query: tuple[str, ...],
    pictures: tuple[Path, ...],
    *,
    limit: int,
    folder: Path | None,
    order: str | None,
    **shown: bool,
) -> None:
    """Find the photos that QUERY describes, best first.

    QUERY is words, and facts as FIELD:VALUE: 'dog -leash camera:nikon year:2020.. -in:"Old scans"'. Put it in quotes,
    and "--" before one that begins with "-".
    """
    if not query and not pictures:
        raise click.UsageError("Missing argument 'QUERY...', or --like FILE.")
    parsed = _narrowed(_asked(query, pictures, limit), folder, order)
    for note in parsed.notes:
        hint(title(note.message))
    with session.library(one_question=True) as library:
        if folder is not None and not _is_in(library, folder):
            raise FolderError(folder_messages.SEARCH_NOT_OURS(folder=folder))
        results = library.find(parsed.query, fold=not shown["each"])
        if shown["as_json"]:
            explanation = {"explanation": explanation_as_json(results, library)} if shown["explain"] else {}
            say_json({**results_as_json(results, library, parsed.notes), **explanation})
        else:
            if shown["explain"]:
                _explain(results, library)
            _say_hits(results, library, paths=shown["paths"])
    if not len(results):
        hint(_why_nothing(results, folder))


def _asked(query: tuple[str, ...], pictures: tuple[Path, ...], limit: int) -> Parsed:
    """Return the question of some words and pictures.

    Raises:
        QueryError: if there is nothing in them to search for.
    """
    parsed = parse(" ".join(query), limit=limit)
    terms = (*parsed.query.terms, *(Term(PictureLike(at_home(path).absolute())) for path in pictures))
    asked = replace(parsed.query, terms=terms)
    if asked == Query(limit=limit):
        raise QueryError(library_errors.NOTHING_ASKED())
    return replace(parsed, query=asked)


def _narrowed(parsed: Parsed, folder: Path | None, order: str | None) -> Parsed:
    query = parsed.query
    if folder is not None:
        query = query.looking_in(at_home(folder).absolute())
    return replace(parsed, query=query if order is None else replace(query, order=Order(order)))


def _explain(results: Results, library: Library) -> None:
    explained = explanation_as_json(results, library)
    hint(f"Understood as: {results.query}")
    for term in cast("list[str]", explained["terms"]):
        hint(f"  looks like    {term}")
    for fact in cast("list[dict[str, object]]", explained["facts"]):
        hint(f"  {fact['photos']:>9,}     {fact['fact']}")
    for offer in cast("list[dict[str, object]]", explained["could_mean"]):
        hint(f"  {offer['photos']:>9,}     {offer['fact']} (could be meant; not taken out of the sentence)")
    ranked = f", ranked by meaning with {results.model}" if results.query.terms else ""
    written = sum(hit.reasons[0] in _IN_WRITING for hit in results.hits if hit.reasons)
    if written:
        hint(f"  {written:>9,}     have the words in writing, and stand first")
    hint(f"  {results.searched:,} photos{ranked}; order: {results.query.order.value}")
    if results.likely is not None:
        fitted = f"from {results.likely_from:.0%} on, as fitted on this computer for this model"
        hint(f"  {results.likely:>9,}     likely, {fitted}")
        if results.there is not None:
            hint(f"  {results.there:>9.0%}     that one of the best {FIRST} is right")
    elif results.query.terms:
        hint("  how probable each hit is, is not known for such a question or such a library")


def _say_hits(results: Results, library: Library, *, paths: bool) -> None:
    if above := heading(results):
        hint(above)
    for rank, group in enumerate(results.groups(), start=1):
        if results.likely == rank - 1 > 0:
            hint("Less likely:")
        if paths:
            _say_path(library, group.hit)
        else:
            _say_hit(library, rank, group, results.query.words)


def heading(results: Results) -> str:
    """Return what is said above the hits, if none of them is likely."""
    if results.has_no_match:
        return "No clear match; the nearest are:"
    if results.likely == 0 and len(results):
        return "No photo is likely by itself, but probably one of the first is right:"
    return ""


def _say_path(library: Library, hit: Hit) -> None:
    photo = library.photo(hit.content_id)
    if photo is not None:  # else it left the library between the ranking and now
        say(str(photo.place.path))


def _say_hit(library: Library, rank: int, group: Group, words: str) -> None:
    hit = group.hit
    photo = library.photo(hit.content_id)
    if photo is not None:
        score = "     " if hit.score is None else f"{hit.score:.3f}"
        shot = f"  (with {', '.join(place.path.name for place in photo.shot)})" if photo.shot else ""
        alike = len(group.members) - (len(photo.shot) if group.shot else 0)
        others = f"{shot}  (and {alike:,} alike)" if alike > 0 else shot
        offline = "  (offline)" if photo.offline else ""
        say(f"{rank:>4}  {score}  {photo.place.path}{offline}{_written(library, hit, words)}{others}")


def _written(library: Library, hit: Hit, words: str) -> str:
    """Return where the words stand, of a photo that has them in writing."""
    if Reason.TEXT in hit.reasons:
        line = library.line_with(hit.content_id, words)
        return "  (text)" if line is None else f"  (text “{line}”)"
    if Reason.DESCRIPTION in hit.reasons:
        return "  (in title, caption or keywords)"
    return "  (name)" if Reason.NAME in hit.reasons else ""


def _is_in(library: Library, folder: Path) -> bool:
    info = library.path_info(folder)
    return info.folder is not None and info.is_folder


def _why_nothing(results: Results, folder: Path | None) -> str:
    query = results.query
    if results.searched or not query.terms:
        return "No photos found."
    if query != Query(query.terms, order=query.order, limit=query.limit).looking_in(query.folder):
        return "No photos found: none passes what is asked for beside the words."
    if folder is not None:
        return f"No photos in {folder} are searchable with the model {results.model} yet. Next: recollect index"
    return f"No photos are searchable with the model {results.model} yet. Next: recollect add FOLDER, recollect index"

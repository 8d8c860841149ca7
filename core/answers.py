"""The stable JSON of everything that answers in it: the command line now, an API later. README lists the shapes."""

from __future__ import annotations

from collections.abc import Sequence

from core.copies import Copy, CopyGroup
from core.library import Library
from core.messages import Message, advice, title
from core.photo import Root, SkippedFile, Status
from core.query import All, Query
from core.query.parser import Note
from core.results import Group, Reason, Results
from core.store.storages import Storage
from core.text_line import TextLine


def results_as_json(results: Results, library: Library, notes: Sequence[Note] = ()) -> dict[str, object]:
    """Return the answer to a question, every group with what is known of its photo; `notes` come with the question."""
    groups, words = results.groups(), results.query.words
    return {
        "query": str(results.query),
        "model": results.model,
        "notes": [reason_as_json(note.message) for note in notes],
        "likely": results.likely,
        "there": None if results.there is None else round(results.there, 4),
        "hits": [group_as_json(group, rank, library, words) for rank, group in enumerate(groups, start=1)],
    }


def explanation_as_json(results: Results, library: Library) -> dict[str, object]:
    """Return how a question was answered: what each of its parts is, how many photos pass it, what ranked them.

    And which facts its words could mean: nothing is taken out of a sentence by itself.
    """
    query = results.query
    parts = query.filter.parts if isinstance(query.filter, All) else (query.filter,)
    return {
        "terms": [str(Query((term,))) for term in query.terms],
        "facts": [{"fact": str(Query(filter=All((part,)))), "photos": library.count(part)} for part in parts],
        "could_mean": [
            {"fact": str(Query(filter=All((one.fact,)))), "photos": one.photos}
            for one in library.offers(query.words, query.filter)
        ],
        "passed": results.searched,
        "order": query.order.value,
        "ranker": "meaning, what is written first" if query.terms else None,
        "calibration": None if results.likely is None else {"model": results.model, "likely_from": results.likely_from},
    }


def group_as_json(group: Group, rank: int, library: Library, words: str = "") -> dict[str, object]:
    """Return one hit; `group` are the paths of the other photos it stands for.

    Args:
        words: what was asked for, to say which line of text in the picture has it.
    """
    hit = group.hit
    found: dict[str, object] = {
        "rank": rank,
        "score": None if hit.score is None else round(hit.score, 6),
        "likelihood": None if hit.likelihood is None else round(hit.likelihood, 4),
    }
    photo = library.photo(hit.content_id)
    if photo is None:  # it left the library between the ranking and now
        return {**found, "path": "", "offline": True}
    facts = photo.facts
    members = (library.photo(content_id) for content_id in group.members)
    return {
        **found,
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
        "reasons": [reason.value for reason in hit.reasons],
        "text": library.line_with(hit.content_id, words) if Reason.TEXT in hit.reasons else None,
        "shot": [str(place.path) for place in photo.shot],
        "group": [str(member.place.path) for member in members if member is not None],
    }


def copies_as_json(group: CopyGroup) -> dict[str, object]:
    """Return several that show the same, the one to keep first; `suggested` is "keep", "trash" or "stay"."""
    going = {copy.number for copy in group.suggested}
    return {
        "same": group.likeness.value,
        "reasons": [reason.value for reason in group.reasons],
        "reason": title(group.reason),
        "unattended": group.unattended,
        "copies": [
            _copy_as_json(copy, "trash" if copy.number in going else "stay" if rank else "keep")
            for rank, copy in enumerate(group.copies)
        ],
    }


def _copy_as_json(copy: Copy, suggested: str) -> dict[str, object]:
    shown = copy.shown
    return {
        "suggested": suggested,
        "paths": [str(file.location.path) for file in copy.files],
        "size": copy.size,
        "width": shown.width,
        "height": shown.height,
        "format": shown.format,
        "taken_at": shown.taken_at,
        "offline": copy.offline,
        "protected": copy.protected,
    }


def line_as_json(line: TextLine) -> dict[str, object]:
    """Return a line of text in a picture; its corners are shares of the picture's width and height."""
    return {"text": line.text, "confidence": round(line.confidence, 3), "corners": [list(one) for one in line.corners]}


def root_as_json(root: Root) -> dict[str, object]:
    """Return a folder of the library."""
    offline = None if root.offline is None else reason_as_json(root.offline)
    return {
        "path": str(root.path),
        "photos": root.photos,
        "skipped": root.skipped,
        "online": root.offline is None,
        "offline_reason": offline and offline["reason"],
        "offline_code": offline and offline["code"],
    }


def storage_as_json(storage: Storage) -> dict[str, object]:
    """Return a folder that several computers share."""
    return {
        "storage": storage.name,
        "added": storage.added,
        "here": None if storage.here is None else str(storage.here),
    }


def reason_as_json(reason: Message) -> dict[str, object]:
    """Return why something is as it is: in English, and as the code and fields that a program can rely on."""
    return {"reason": title(reason), **reason.as_json()}


def failure_as_json(failure: Message) -> dict[str, object]:
    """Return why there is no answer, and what to do about it."""
    return {"error": {"title": title(failure), "advice": advice(failure), **failure.as_json()}}


def status_as_json(status: Status, library: str, skipped: tuple[SkippedFile, ...] | None) -> dict[str, object]:
    """Return the library in numbers; with `skipped`, the files that could not be read."""
    values: dict[str, object] = {
        "library": library,
        "photos": status.photos,
        "indexed": status.indexed,
        "skipped": status.skipped,
        "pending": status.pending,
        "offline": status.offline,
        "model": status.model,
        "device": title(status.device) if status.device else None,
        "folders": [root_as_json(root) for root in status.roots],
    }
    if skipped is not None:
        values["skipped_files"] = [{"path": str(file.path), **reason_as_json(file.reason)} for file in skipped]
    return values

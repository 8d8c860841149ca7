"""The answers of the API. Each is asked in a thread of its own and stands on the library alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, Response

from core.answers import group_as_json, reason_as_json, status_as_json
from core.errors import QueryError, RecollectError, UserDataError
from core.library import Library
from core.messages import serve_messages
from core.photo import Photo
from core.query import EVERYTHING, All, Order, Query, similar_to
from core.query.parser import LONGEST_TYPED, Note, parse
from core.results import Results
from core.serve.requests import LARGEST_ID, BadRequest, Number, body_of, failed
from core.turning import turned_jpeg
from core.user_data import MAX_RATING

LIMIT = Number("limit", 1, 500, 60)
OFFSET = Number("offset", 0, LARGEST_ID, 0)
SIZE = Number("size", 64, 4096, 2048)

_KEPT = "private, max-age=31536000, immutable"
"""For pictures whose address has the photo's fingerprint in it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its parameters, the photo or name in its path, and what it brought."""

    values: QueryParams
    number: int = 0
    name: str = ""
    body: bytes = b""


class Api:
    """The API on one library. Methods take a request and may be called from any thread."""

    def __init__(self, library: Library, *, write: bool) -> None:
        self._library = library
        self._write = write

    def find(self, asked: Asked) -> Response:
        """Answer a question, a page at a time; an empty one lists all photos, newest first."""
        typed = asked.values.get("q", "")
        if len(typed) > LONGEST_TYPED:
            wanted = f"text of at most {LONGEST_TYPED:,} characters"
            return failed(serve_messages.BAD_VALUE(name="q", wanted=wanted), 400)
        parsed = parse(typed)
        return self._answer(parsed.query, asked, parsed.notes)

    def similar(self, asked: Asked) -> Response:
        """Return the photos that look like one."""
        self._photo(asked.number)
        return self._answer(similar_to(asked.number), asked)

    def photo(self, asked: Asked) -> Response:
        """Return all that is known of a photo."""
        photo = self._photo(asked.number)
        facts = photo.facts
        marks = self._library.user_data.marks([photo.fingerprint])[photo.fingerprint]
        return JSONResponse(
            {
                **_named(photo, marks.turned),
                "files": [{"path": str(place.path), "offline": place.offline} for place in photo.places],
                "offline": photo.offline,
                "taken_at": facts.taken_at,
                **_size(facts.width, facts.height, marks.turned),
                "camera": facts.camera,
                "lens": facts.lens,
                "latitude": facts.latitude,
                "longitude": facts.longitude,
                "format": facts.format,
                "favourite": marks.favourite,
                "rating": facts.rating if marks.rating is None else marks.rating,
                "tags": list(marks.tags),
            }
        )

    def thumbnail(self, asked: Asked) -> Response:
        """Return a photo's thumbnail."""
        turned = self._turn_of(self._photo(asked.number))
        data = self._library.thumbnail(asked.number)
        if data is None:
            return failed(serve_messages.NO_SUCH_PHOTO(number=asked.number), 404)
        return _picture(turned_jpeg(data, turned))

    def preview(self, asked: Asked) -> Response:
        """Return a photo itself, upright, at most `size` pixels a side."""
        size = SIZE.of(asked.values)
        turned = self._turn_of(self._photo(asked.number))
        data = self._library.preview(asked.number, size)
        return failed(serve_messages.OUT_OF_REACH(), 404) if data is None else _picture(turned_jpeg(data, turned))

    def saved(self, asked: Asked) -> Response:
        """Return the saved questions."""
        searches = self._library.user_data.searches.all()
        return JSONResponse([{"name": search.name, "query": search.query} for search in searches])

    def status(self, asked: Asked) -> Response:
        """Return the library in numbers."""
        self._library.catch_up()
        status = self._library.status()
        return JSONResponse({**status_as_json(status, self._library.shown_place, None), "writable": self._write})

    def mark(self, asked: Asked) -> Response:
        """Set a photo's star and rating; what is left out stays."""
        self._demand_writable()
        photo, body = self._photo(asked.number), body_of(asked.body)
        favourite, rating = _favourite(body), _rating(body)
        user_data, one = self._library.user_data, [photo.fingerprint]
        if favourite is not None:
            (user_data.favourites.add if favourite else user_data.favourites.remove)(one)
        if "rating" in body:
            user_data.ratings.set(one, rating)
        return self.photo(asked)

    def save(self, asked: Asked) -> Response:
        """Keep a question under a name."""
        self._demand_writable()
        query = body_of(asked.body).get("query")
        if not isinstance(query, str) or not query.strip() or len(query) > LONGEST_TYPED:
            raise BadRequest(serve_messages.BAD_VALUE(name="query", wanted="a question"))
        self._library.user_data.searches.save(asked.name, query)
        return self.saved(asked)

    def unsave(self, asked: Asked) -> Response:
        """Forget a saved question."""
        self._demand_writable()
        self._library.user_data.searches.delete(asked.name)
        return self.saved(asked)

    def _demand_writable(self) -> None:
        if not self._write:
            raise Forbidden(serve_messages.ONLY_READING())

    def _photo(self, number: int) -> Photo:
        photo = self._library.photo(number) if number <= LARGEST_ID else None
        if photo is None:
            raise Unknown(serve_messages.NO_SUCH_PHOTO(number=number))
        return photo

    def _turn_of(self, photo: Photo) -> int:
        return self._library.user_data.marks([photo.fingerprint])[photo.fingerprint].turned

    def _answer(self, query: Query, asked: Asked, notes: tuple[Note, ...] = ()) -> Response:
        limit, offset = LIMIT.of(asked.values), OFFSET.of(asked.values)
        self._library.catch_up()
        results = self._library.find(query, fold=False)
        return JSONResponse(
            {
                "query": str(query),
                "model": results.model,
                "notes": [reason_as_json(note.message) for note in notes],
                "parts": parts_of(query),
                "total": len(results),
                "likely": results.likely,
                "there": None if results.there is None else round(results.there, 4),
                "offset": offset,
                "hits": self._hits(results, offset, limit),
            }
        )

    def _hits(self, results: Results, offset: int, limit: int) -> list[dict[str, object]]:
        groups = results.groups(offset, offset + limit) if offset < len(results) else ()
        hits: list[dict[str, object]] = []
        for rank, group in enumerate(groups, start=offset + 1):
            photo = self._library.photo(group.hit.content_id)
            if photo is not None:
                turned = self._turn_of(photo)
                told = group_as_json(group, rank, self._library, results.query.words)
                size = _size(photo.facts.width, photo.facts.height, turned)
                hits.append({**_named(photo, turned), **told, **size})
        return hits


class Forbidden(RecollectError):
    """What may not be done."""


class Unknown(RecollectError):
    """What is asked for is not there."""


STATUS: Mapping[type[RecollectError], int] = {
    BadRequest: 400,
    QueryError: 400,
    UserDataError: 400,
    Forbidden: 403,
    Unknown: 404,
}
"""The HTTP status of each kind of failure; 503 of every other: the library cannot answer now."""


def parts_of(query: Query) -> list[dict[str, str]]:
    """Return the parts of a question, each with the question that is left without it.

    `kind` is "words", "fact" or "order"; a page shows them so that each can be taken away.
    """
    parts: list[dict[str, str]] = []
    for place, term in enumerate(query.terms):
        rest = replace(query, terms=query.terms[:place] + query.terms[place + 1 :])
        parts.append({"kind": "words", "text": str(Query((term,))), "without": str(rest)})
    facts = query.filter.parts if isinstance(query.filter, All) else (query.filter,)
    for place, fact in enumerate(facts):
        left = facts[:place] + facts[place + 1 :]
        rest = replace(query, filter=All(left) if left else EVERYTHING)
        parts.append({"kind": "fact", "text": str(Query(filter=All((fact,)))), "without": str(rest)})
    if query.order is not Order.BEST:
        order, rest = Query(order=query.order), replace(query, order=Order.BEST)
        parts.append({"kind": "order", "text": str(order), "without": str(rest)})
    return parts


def _named(photo: Photo, turned: int) -> dict[str, object]:
    """Return a photo's number and the addresses of its pictures, which change with its content and its turn."""
    version = photo.fingerprint.hex()[:12] + (f"-{turned}" if turned else "")
    place = f"/api/photos/{photo.content_id}"
    return {
        "id": photo.content_id,
        "thumbnail": f"{place}/thumbnail?v={version}",
        "preview": f"{place}/preview?v={version}",
    }


def _size(width: int | None, height: int | None, turned: int) -> dict[str, object]:
    """Return the size of a photo as it is shown."""
    return {"width": height, "height": width} if turned % 2 else {"width": width, "height": height}


def _picture(data: bytes) -> Response:
    tag = hashlib.blake2b(data, digest_size=8).hexdigest()
    return Response(data, media_type="image/jpeg", headers={"Cache-Control": _KEPT, "ETag": f'"{tag}"'})


def _favourite(body: Mapping[str, object]) -> bool | None:
    value = body.get("favourite")
    if value is not None and not isinstance(value, bool):
        raise BadRequest(serve_messages.BAD_VALUE(name="favourite", wanted="true or false"))
    return value


def _rating(body: Mapping[str, object]) -> int | None:
    value = body.get("rating")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_RATING:
        raise BadRequest(serve_messages.BAD_VALUE(name="rating", wanted=f"0 to {MAX_RATING}, or null"))
    return value


Answer = Callable[[Api, Asked], Response]
"""A method of `Api`."""

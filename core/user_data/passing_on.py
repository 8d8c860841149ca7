"""What was said of a photo that goes is said of the one that is kept in its place: stars, tags, albums, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.user_records import Marks

if TYPE_CHECKING:
    from core.user_data.user_data import UserData


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What was changed.

    Attributes:
        marks: what was said before of the photos that are kept.
        albums: the photos that came into albums, by album.
    """

    marks: Mapping[bytes, Marks]
    albums: Mapping[int, tuple[bytes, ...]]


def pass_on(user_data: UserData, heirs: Mapping[bytes, bytes]) -> PassedOn | None:
    """Say of photos that are kept what was said of others; None if there was nothing to say.

    The more stars count, and words are taken where none were written. What was said of the others stays as it was,
    for the day they come back.

    Args:
        heirs: the photo that is kept, for each of the others.
    """
    known = user_data.marks({*heirs, *heirs.values()})
    after = {heir: known[heir] for heir in heirs.values()}
    for one, heir in heirs.items():
        after[heir] = _with(after[heir], known[one])
    before = {heir: known[heir] for heir in after}
    if after != before:
        user_data.put_marks(after)
    # Nothing is written where nothing was ever said: that would make the file of it.
    albums = user_data.albums.stand_in(heirs) if user_data.albums.all() else {}
    return None if after == before and not albums else PassedOn(before, albums)


def take_back(user_data: UserData, passed: PassedOn) -> None:
    """Say of photos what was said of them before."""
    user_data.put_marks(passed.marks)
    for album_id, photos in passed.albums.items():
        user_data.albums.remove(album_id, photos)


def _with(marks: Marks, others: Marks) -> Marks:
    ratings = [one for one in (marks.rating, others.rating) if one is not None]
    return replace(
        marks,
        favourite=marks.favourite or others.favourite,
        rating=max(ratings, default=None),
        tags=(*marks.tags, *(tag for tag in others.tags if tag not in marks.tags)),
        title=marks.title or others.title or marks.title,
        caption=marks.caption or others.caption or marks.caption,
    )

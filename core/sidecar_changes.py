"""What becomes of a photo's marks when another program changes what stands beside it.

What was never said here is not touched: what the files say shows by itself. Where both said something, the newer
counts, and the other is remembered. Said by another program means that what its file says has changed: a file that
always said so was known when the user said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.changes import name_key
from core.photo import Facts
from core.user_records import Marks, SetAside


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said of one photo, here and in its files.

    Attributes:
        marks: what is said here.
        written: what was last written from here into the files, if anything was.
        before, after: what the files said, and say now.
        theirs_is_newer: whether the files were written after something was last said here.
    """

    marks: Marks
    written: Marks | None
    before: Facts
    after: Facts
    theirs_is_newer: bool


def followed(said: Spoken) -> tuple[Marks, tuple[SetAside, ...]]:
    """Return what is to be said here from now on, and what does not count of what was said on both sides."""
    aside: list[SetAside] = []
    marks, before, after = said.marks, said.before, said.after
    rating = _newer(said, "rating", (marks.rating, before.rating, after.rating), aside)
    title = _newer(said, "title", (marks.title, before.title, after.title), aside)
    caption = _newer(said, "caption", (marks.caption, before.caption, after.caption), aside)
    return (
        replace(
            marks,
            rating=None if rating is None else int(rating),
            title=None if title is None else str(title),
            caption=None if caption is None else str(caption),
            tags=_tags(said),
            favourite=_favourite(said),
        ),
        tuple(aside),
    )


_Value = int | str | None


def _newer(said: Spoken, name: str, values: tuple[_Value, _Value, _Value], aside: list[SetAside]) -> _Value:
    here, before, there = values
    if here is None or (there or None) == (before or None) or (there or None) == (here or None):
        return here
    both = (here or None) != (before or None)
    if both:
        aside.append(SetAside(name, str(here if said.theirs_is_newer else there or ""), said.theirs_is_newer))
    return there if said.theirs_is_newer else here


def _tags(said: Spoken) -> tuple[str, ...]:
    """Return the tags, without those that another program took out; those that it added are found as keywords."""
    if not said.theirs_is_newer:
        return said.marks.tags
    now = {name_key(word) for word in said.after.keywords}
    gone = {name_key(word) for word in said.before.keywords} - now
    return tuple(tag for tag in said.marks.tags if name_key(tag) not in gone)


def _favourite(said: Spoken) -> bool:
    """Files say only that a photo was picked; that it no longer is counts where it was written from here."""
    here, there = said.marks.favourite, said.after.picked
    written = said.written is not None and said.written.favourite
    if here == there or not said.theirs_is_newer or written == there:
        return here
    return there if there or written else here

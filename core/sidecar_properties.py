"""Which properties of an XMP file say what the user says of a photo, and what is to become of them.

What was never said here stays as it is. What was said here, written, and then taken back is taken out again, if
nobody else changed it meanwhile.

favourite   has no property of its own that all programs know: F-Stop's (PhotoPrism reads it), digiKam's and Lightroom's
            flags for what was picked are written together
tags        in `dc:subject`, and in the trees of digiKam and Lightroom where a file has one: they read theirs first
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.changes import name_key
from core.photo import Facts
from core.user_records import Marks
from core.xmp_editing import Property, Shape, values_of

_DC = "http://purl.org/dc/elements/1.1/"
_DIGIKAM = "http://www.digikam.org/ns/1.0/"

RATING = Property("http://ns.adobe.com/xap/1.0/", "xmp", "Rating")
TITLE = Property(_DC, "dc", "title", Shape.ALT)
CAPTION = Property(_DC, "dc", "description", Shape.ALT)
TAGS = Property(_DC, "dc", "subject", Shape.BAG)
TREES = {
    Property(_DIGIKAM, "digiKam", "TagsList", Shape.SEQ): "/",
    Property("http://ns.adobe.com/lightroom/1.0/", "lr", "hierarchicalSubject", Shape.BAG): "|",
}
"""Lists of tags with what they are below, and what stands between."""
FAVOURITE = {
    Property("http://www.fstopapp.com/xmp/", "fstop", "favorite"): "1",
    Property(_DIGIKAM, "digiKam", "PickLabel"): "3",
    Property("http://ns.adobe.com/xmp/1.0/DynamicMedia/", "xmpDM", "pick"): "1",
}
"""What says that a photo was picked, and the value that says so."""

Wanted = dict[Property, Sequence[str]]


def wanted(packet: bytes, marks: Marks, before: Marks, facts: Facts) -> Wanted:
    """Return the properties that are to be others than they are.

    Args:
        before: what was written the last time.
        facts: what the photo's files say together.

    Raises:
        NoPacket: if the packet cannot be read.
    """
    found: Wanted = {}
    rating = None if marks.rating is None else str(marks.rating)
    _say(found, packet, RATING, rating, None if before.rating is None else str(before.rating))
    _say(found, packet, TITLE, marks.title, before.title)
    _say(found, packet, CAPTION, marks.caption, before.caption)
    for one, value in FAVOURITE.items():
        _say(found, packet, one, value if marks.favourite else None, value if before.favourite else None)
    _say_tags(found, packet, marks.tags, _keys(before.tags) - _keys(marks.tags), facts)
    return {one: values for one, values in found.items() if list(values) != values_of(packet, one)}


def _say(found: Wanted, packet: bytes, one: Property, said: str | None, before: str | None) -> None:
    if said is not None:
        found[one] = [said] if said else []
    elif before and values_of(packet, one) == [before]:
        found[one] = []


def _say_tags(found: Wanted, packet: bytes, tags: Sequence[str], gone: set[str], facts: Facts) -> None:
    there = values_of(packet, TAGS)
    if tags or (gone and there):
        # A list beside a photo counts in the place of the list in it: what is in that one is not to be lost.
        found[TAGS] = _joined(there or facts.keywords, tags, gone, "")
    for one, between in TREES.items():
        there = values_of(packet, one)
        if there and (tags or gone):
            found[one] = _joined(there, tags, gone, between)


def _joined(there: Iterable[str], tags: Iterable[str], gone: set[str], between: str) -> list[str]:
    kept = [path for path in there if _leaf(path, between) not in gone]
    known = {_leaf(path, between) for path in kept}
    return [*kept, *(tag for tag in tags if name_key(tag) not in known)]


def _leaf(path: str, between: str) -> str:
    return name_key(" ".join((path.rpartition(between)[2] if between else path).split()))


def _keys(tags: Iterable[str]) -> set[str]:
    return {name_key(tag) for tag in tags}


def said_in(packet: bytes) -> Mapping[str, list[str]]:
    """Return what a packet says in these properties, by "prefix:name": for reports and tests."""
    every = (RATING, TITLE, CAPTION, TAGS, *TREES, *FAVOURITE)
    found = {f"{one.prefix}:{one.name}": values_of(packet, one) for one in every}
    return {name: values for name, values in found.items() if values}

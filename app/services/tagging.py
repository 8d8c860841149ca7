"""Tags of photos: which there are, and giving and taking them as one change that can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.services.changes import Applied

if TYPE_CHECKING:
    from core.library import Library

Ids = NDArray[np.int64]
Photos = Mapping[str, frozenset[bytes]]


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def given(self, tag: str, photos: int) -> str:
        return self.tr("Tag “{tag}” given to %Ln photo(s)", "", photos).format(tag=tag)

    def taken(self, tag: str, photos: int) -> str:
        return self.tr("Tag “{tag}” taken from %Ln photo(s)", "", photos).format(tag=tag)

    def changed(self, photos: int) -> str:
        return self.tr("Tags of %Ln photo(s) changed", "", photos)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True)
class TagsInUse:
    """The tags of some photos, each with how many of them have it, and the names of all tags there are."""

    photos: int
    having: Mapping[str, int]
    known: tuple[str, ...]


def tags_in_use(library: Library, content_ids: Ids) -> TagsInUse:
    """Return the tags of these photos."""
    prints = frozenset(library.fingerprints(content_ids.tolist()).values())
    marks = library.user_data.marks(prints).values()
    having = Counter(tag for one in marks for tag in one.tags)
    return TagsInUse(len(prints), having, tuple(tag.name for tag in library.user_data.tags.all() if tag.photos))


@dataclass(frozen=True, slots=True, eq=False)
class ChangeTags:
    """Gives some tags to all of these photos, and takes others from them."""

    content_ids: Ids
    given: tuple[str, ...]
    taken: tuple[str, ...]

    def apply(self, library: Library) -> Applied | None:
        prints = frozenset(library.fingerprints(self.content_ids.tolist()).values())
        return PutTags(dict.fromkeys(self.given, prints), dict.fromkeys(self.taken, prints)).apply(library)


@dataclass(frozen=True, slots=True, eq=False)
class PutTags:
    """Gives and takes each tag to and from photos of its own."""

    given: Photos
    taken: Photos

    def apply(self, library: Library) -> Applied | None:
        tags = library.user_data.tags
        given = {name: prints - tags.photos(name) for name, prints in self.given.items()}
        taken = {name: prints & tags.photos(name) for name, prints in self.taken.items()}
        given = {name: prints for name, prints in given.items() if prints}
        taken = {name: prints for name, prints in taken.items() if prints}
        for name, prints in given.items():
            tags.add(name, prints)
        for name, prints in taken.items():
            tags.remove(name, prints)
        return Applied(lambda: _said(given, taken), PutTags(taken, given)) if given or taken else None


def _said(given: Photos, taken: Photos) -> str:
    if len(given) + len(taken) > 1:
        return _PHRASES.changed(len(frozenset().union(*given.values(), *taken.values())))
    for name, prints in given.items():
        return _PHRASES.given(name, len(prints))
    ((name, prints),) = taken.items()
    return _PHRASES.taken(name, len(prints))

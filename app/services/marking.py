"""Favourites, stars and turns, as changes that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.services.changes import Applied
from app.text import formatting
from core.events import SaidElsewhere
from core.user_records import Marks

if TYPE_CHECKING:
    from core.library import Library

Ids = NDArray[np.int64]


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def loved(self, photos: int) -> str:
        return self.tr("%Ln photo(s) added to the favourites", "", photos)

    def no_longer_loved(self, photos: int) -> str:
        return self.tr("%Ln photo(s) taken out of the favourites", "", photos)

    def rated(self, photos: int, stars: int | None) -> str:
        if not stars:
            return self.tr("Stars taken from %Ln photo(s)", "", photos)
        return self.tr("{stars} for {photos}").format(stars="★" * stars, photos=formatting.photos(photos))

    def elsewhere(self, photos: int, conflicts: int) -> str:
        if conflicts:
            return self.tr(
                "%Ln photo(s) were changed here and by another program: the newer was kept, the other is remembered",
                "",
                conflicts,
            )
        return self.tr("%Ln photo(s) follow what another program wrote beside them", "", photos)

    def turned(self, photos: int) -> str:
        return self.tr("%Ln photo(s) turned", "", photos)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True, eq=False)
class ToggleFavourite:
    """Makes photos favourites; if all of them are, takes them out unless `only_add` is set."""

    content_ids: Ids
    only_add: bool = False

    def apply(self, library: Library) -> Applied | None:
        prints = frozenset(library.fingerprints(self.content_ids.tolist()).values())
        if not prints:
            return None
        marks = library.user_data.marks(prints)
        others = frozenset(one for one in prints if not marks[one].favourite)
        if self.only_add and not others:
            return None
        return PutFavourites(others or prints, bool(others)).apply(library)


@dataclass(frozen=True, slots=True, eq=False)
class PutFavourites:
    """Makes photos favourites, or no longer so."""

    prints: frozenset[bytes]
    favourite: bool

    def apply(self, library: Library) -> Applied:
        favourites, number = library.user_data.favourites, len(self.prints)
        if self.favourite:
            favourites.add(self.prints)
            return Applied(lambda: _PHRASES.loved(number), PutFavourites(self.prints, False))
        favourites.remove(self.prints)
        return Applied(lambda: _PHRASES.no_longer_loved(number), PutFavourites(self.prints, True))


@dataclass(frozen=True, slots=True, eq=False)
class Rate:
    """Gives photos 0 to 5 stars; 0 is none, whatever the file says."""

    content_ids: Ids
    stars: int

    def apply(self, library: Library) -> Applied | None:
        prints = library.fingerprints(self.content_ids.tolist()).values()
        return PutRatings(dict.fromkeys(prints, self.stars)).apply(library) if prints else None


@dataclass(frozen=True, slots=True, eq=False)
class PutRatings:
    """Gives each photo a rating of its own, or takes it away (None)."""

    ratings: Mapping[bytes, int | None]

    def apply(self, library: Library) -> Applied:
        before = library.user_data.marks(self.ratings.keys())
        library.user_data.ratings.put(self.ratings)
        number, stars = len(self.ratings), next(iter(self.ratings.values()))
        back = PutRatings({one: marks.rating for one, marks in before.items()})
        return Applied(lambda: _PHRASES.rated(number, stars), back)


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """Shows photos turned by so many quarters more, clockwise."""

    content_ids: Ids
    quarters: int

    def apply(self, library: Library) -> Applied | None:
        prints = frozenset(library.fingerprints(self.content_ids.tolist()).values())
        before = library.user_data.marks(prints)
        turns = {one: (marks.turned + self.quarters) % 4 for one, marks in before.items()}
        return PutTurns(turns).apply(library) if turns else None


@dataclass(frozen=True, slots=True, eq=False)
class PutTurns:
    """Shows each photo turned by so many quarters."""

    turns: Mapping[bytes, int]

    def apply(self, library: Library) -> Applied:
        before = library.user_data.marks(self.turns.keys())
        library.user_data.turns.put(self.turns)
        number = len(self.turns)
        back = PutTurns({one: marks.turned for one, marks in before.items()})
        return Applied(lambda: _PHRASES.turned(number), back)


@dataclass(frozen=True, slots=True, eq=False)
class PutMarks:
    """Says all there is to say of each photo."""

    marks: Mapping[bytes, Marks]

    def apply(self, library: Library) -> Applied:
        before = library.user_data.marks(self.marks.keys())
        library.user_data.put_marks(self.marks)
        number = len(self.marks)
        return Applied(lambda: _PHRASES.elsewhere(number, 0), PutMarks(before))


def followed_elsewhere(said: SaidElsewhere) -> Applied:
    """Return what another program changed, as something that can be taken back."""
    back = PutMarks(said.before) if said.before else None
    return Applied(lambda: _PHRASES.elsewhere(len(said.before), said.conflicts), back)

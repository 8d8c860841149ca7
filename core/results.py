"""The answer to a question: photos in order, each with its score, the reasons it was found for, and its group."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.likelihood import LIKELY
from core.query import Order, Query


class Reason(StrEnum):
    """Why a photo is in an answer."""

    WORDS = "words"
    """It looks like the words."""
    LIKENESS = "likeness"
    """It looks like the photo or picture asked with."""
    FACTS = "facts"
    """Its facts pass the filter."""
    TEXT = "text"
    """The words are written in the picture."""
    DESCRIPTION = "description"
    """The words are in its title, caption or keywords."""
    NAME = "name"
    """The words are in the name of its file, or of a folder it lies in."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One photo found.

    Attributes:
        score: the cosine of question and photo, -1..1; None in a listing.
        part: which of the photo's vectors was nearest; 0 is the whole picture.
        likelihood: how probably it is right, 0..1; None where that is not known.
    """

    content_id: int
    score: float | None
    reasons: tuple[Reason, ...] = ()
    part: int = 0
    likelihood: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A hit that stands for several photos; `members` are the others, best first."""

    hit: Hit
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """What an answer was before its groups were shown as one: `rows` are the rows of it that stand for a group."""

    whole: Results
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """The answer to a query. The arrays hold a row a group, in order, so that a million cost no million objects.

    Attributes:
        model: key of the model that ranked; empty for a listing.
        ids: int64 (n,), content ids.
        scores: float32 (n,), or None for a listing.
        reasons: why they were found, the same for every row unless `row_reasons` says otherwise.
        row_reasons, members, parts: of the rows that differ, by content id.
        searched: how many photos passed the filter and could have been found.
        likelihoods: float32 (n,), how probably each is right, nan where that is not known; None if of none it is.
        likely: how many are likely matches: the first rows; None if that is not known.
        likely_from: the probability from which on they are.
        folded: the answer before photos of a group were shown as one; None if they were not.
        days: int32 (m,), on which day (yyyymmdd) each of the first rows was taken, as far as they are in the order of
            it; None if nobody asked.
        shapes: float32 (n,), width by height of each photo, nan where that is not known; None if nobody asked.
    """

    query: Query
    model: str
    ids: NDArray[np.int64]
    scores: NDArray[np.float32] | None = None
    reasons: tuple[Reason, ...] = ()
    row_reasons: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict[int, tuple[Reason, ...]])
    members: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    parts: Mapping[int, int] = field(default_factory=dict[int, int])
    milliseconds: float = 0.0
    searched: int = 0
    likelihoods: NDArray[np.float32] | None = None
    likely: int | None = None
    likely_from: float = LIKELY
    days: NDArray[np.int32] | None = None
    shapes: NDArray[np.float32] | None = None
    folded: Folded | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dated(self) -> int:
        """How many of the first rows are in the order of their dates."""
        order = self.query.order
        if order not in (Order.NEWEST, Order.OLDEST) and (self.query.terms or order is not Order.BEST):
            return 0
        return (self.likely or len(self)) if self.query.terms else len(self)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every hit. Of a listing take pages: `groups(start, stop)`."""
        return tuple(group.hit for group in self.groups())

    def groups(self, start: int = 0, stop: int | None = None) -> tuple[Group, ...]:
        """Return the groups of some rows."""
        stop = len(self.ids) if stop is None else min(stop, len(self.ids))
        return tuple(self._group(row) for row in range(start, stop))

    def in_order(self, ids: NDArray[np.int64]) -> Results:
        """Return the same answer with its rows in the order of these ids; those that are not in it are left out."""
        row_of = {content_id: row for row, content_id in enumerate(self.ids.tolist())}
        return self._with_rows(np.array([row_of[number] for number in ids.tolist() if number in row_of], np.int64))

    def with_likelihoods(self, likelihoods: NDArray[np.float32] | None, likely_from: float) -> Results:
        """Return the same answer with how probable each row is: the likely rows come first, otherwise in their order.

        A row of which that is not known (nan) counts as likely.
        """
        if likelihoods is None:
            return replace(self, likelihoods=None, likely=None, likely_from=likely_from)
        likely = ~(likelihoods < likely_from)
        known = replace(self, likelihoods=likelihoods, likely=int(np.count_nonzero(likely)), likely_from=likely_from)
        return known._with_rows(np.argsort(~likely, kind="stable"))

    def fold(self, folds: NDArray[np.int64], limit: int | None = None) -> Results:
        """Return the same answer with the first photo of each fold for all of them, at most `limit` rows.

        Args:
            folds: int64 (n,), the number of each row's fold; 0 for a photo that stands alone.
        """
        grouped = np.flatnonzero(folds)
        numbers, first = np.unique(folds[grouped], return_index=True)
        shown = np.ones(len(self), np.bool_)
        shown[grouped] = False
        shown[grouped[first]] = True
        rows = np.flatnonzero(shown)[:limit]
        if len(rows) == len(self):
            return self
        leaders = dict(zip(numbers.tolist(), self.ids[grouped[first]].tolist(), strict=True))
        members: dict[int, list[int]] = {}
        for row in np.flatnonzero(~shown).tolist():
            members.setdefault(leaders[int(folds[row])], []).append(int(self.ids[row]))
        known = {leader: tuple(others) for leader, others in members.items()}
        return replace(self._of_rows(rows), members=known, folded=Folded(self, rows))

    def opened(self, leaders: Collection[int]) -> Results:
        """Return this folded answer with the photos of some groups in it, each group's behind its first photo."""
        if self.folded is None:
            return self
        whole, rows = self.folded.whole, self.folded.rows
        places: list[int] = []
        added: list[int] = []
        for leader in (leader for leader in leaders if leader in self.members):
            at = np.flatnonzero(self.ids == leader)[:1]
            for member in self.members[leader] if len(at) else ():
                places.append(int(at[0]) + 1)
                added.append(int(np.flatnonzero(whole.ids == member)[0]))
        if not added:
            return self
        shown = whole._of_rows(np.insert(rows, places, added))
        return replace(shown, members=self.members, folded=self.folded, likely=self._likely_with(places))

    def _likely_with(self, places: list[int]) -> int | None:
        return None if self.likely is None else self.likely + sum(place <= self.likely for place in places)

    def _of_rows(self, rows: NDArray[np.int64]) -> Results:
        """Return some rows, in their order, with what is counted of the first ones."""
        likely = None if self.likely is None else int(np.count_nonzero(rows < self.likely))
        return replace(self._with_rows(rows), likely=likely)

    def _with_rows(self, rows: NDArray[np.int64]) -> Results:
        scores = None if self.scores is None else self.scores[rows]
        likelihoods = None if self.likelihoods is None else self.likelihoods[rows]
        shapes = None if self.shapes is None else self.shapes[rows]
        return replace(self, ids=self.ids[rows], scores=scores, likelihoods=likelihoods, shapes=shapes)

    def _group(self, row: int) -> Group:
        content_id = int(self.ids[row])
        score, likelihood = _known(self.scores, row), _known(self.likelihoods, row)
        reasons = self.row_reasons.get(content_id, self.reasons)
        hit = Hit(content_id, score, reasons, self.parts.get(content_id, 0), likelihood)
        return Group(hit, self.members.get(content_id, ()))


def _known(values: NDArray[np.float32] | None, row: int) -> float | None:
    return None if values is None or np.isnan(values[row]) else float(values[row])

"""The answer to a question: photos in order, each with its score, the reasons it was found for, and its group."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.groups import NO_GROUP, NO_MEMBERS, Groups, Members, Standing
from core.likelihood import LIKELY, Likelihoods
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
    """A hit that stands for several photos.

    Attributes:
        members: the others, best first.
        shot: whether they are of the same shot: its RAW file, or what the camera developed of it.
    """

    hit: Hit
    members: tuple[int, ...] = ()
    shot: bool = False


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
        row_reasons, parts: of the rows that differ, by content id.
        members: the photos behind those that are shown for others.
        searched: how many photos passed the filter and could have been found.
        likelihoods: float32 (n,), how probably each is right, nan where that is not known; None if of none it is.
        likely: how many are likely matches: the first rows; None if that is not known.
        likely_from: the probability from which on they are.
        there: how probably at least one of the first few is right; None if that is not known.
        folded: the answer before photos of a group were shown as one; None if they were not.
        opened: the photos of groups that are shown one by one, each with the one that stands for its group otherwise.
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
    members: Members = field(default_factory=lambda: NO_MEMBERS)
    parts: Mapping[int, int] = field(default_factory=dict[int, int])
    milliseconds: float = 0.0
    searched: int = 0
    likelihoods: NDArray[np.float32] | None = None
    likely: int | None = None
    likely_from: float = LIKELY
    there: float | None = None
    days: NDArray[np.int32] | None = None
    shapes: NDArray[np.float32] | None = None
    folded: Folded | None = None
    opened: Mapping[int, int] = field(default_factory=dict[int, int])

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def has_no_match(self) -> bool:
        """Whether what was asked for is probably not among the photos."""
        return self.likely == 0 and len(self) > 0 and (self.there is None or self.there < self.likely_from)

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

    def with_likelihoods(self, likelihoods: Likelihoods | None, likely_from: float) -> Results:
        """Return the same answer with how probable each row is: the likely rows come first, otherwise in their order.

        A row of which that is not known (nan) counts as likely.
        """
        if likelihoods is None:
            return replace(self, likelihoods=None, likely=None, likely_from=likely_from, there=None)
        likely = ~(likelihoods.each < likely_from)
        known = replace(
            self,
            likelihoods=likelihoods.each,
            likely=int(np.count_nonzero(likely)),
            likely_from=likely_from,
            there=likelihoods.there,
        )
        return known._with_rows(np.argsort(~likely, kind="stable"))

    def first(self, limit: int) -> Results:
        """Return the same answer with at most so many rows."""
        return self if limit >= len(self) else self._of_rows(np.arange(limit))

    def fold(self, groups: Groups, limit: int | None = None, *, shots_only: bool = False) -> Results:
        """Return the same answer with one photo of each group for all of them, at most `limit` rows.

        That is the first of those, but a RAW file never stands before what the camera developed of it.

        Args:
            shots_only: only fold what is of one shot; pictures and moments stay one by one.
        """
        shots = groups.shots_of(self.ids)
        folds = shots if shots_only else groups.folds_of(self.ids)
        grouped = np.flatnonzero(folds)
        leading = _leading(folds[grouped], raw=(shots[grouped] != self.ids[grouped]) & (shots[grouped] != NO_GROUP))
        leading = grouped[leading]
        hidden = leading != grouped
        if not hidden.any() and (limit is None or limit >= len(self)):
            return self
        behind, leading = grouped[hidden], leading[hidden]
        rows = np.delete(np.arange(len(self)), behind)[:limit]
        order = np.argsort(self.ids[leading], kind="stable")
        behind, leading = behind[order], leading[order]
        of_its_shot = (shots[behind] == shots[leading]) & (shots[behind] != NO_GROUP)
        members = Members(self.ids[leading], self.ids[behind], behind, of_its_shot)
        return replace(self._of_rows(rows), members=members, folded=Folded(self, rows))

    def with_shapes(self, shapes: NDArray[np.float32]) -> Results:
        """Return the same answer with the shapes of its photos, given as `unfolded` has them."""
        if self.folded is None:
            return replace(self, shapes=shapes)
        whole, rows = replace(self.folded.whole, shapes=shapes), self.folded.rows
        return replace(self, shapes=shapes[rows], folded=Folded(whole, rows))

    @property
    def unfolded(self) -> Results:
        """The answer photo by photo."""
        return self if self.folded is None else self.folded.whole

    def with_opened(self, content_ids: Collection[int]) -> Results:
        """Return this folded answer with the groups of some photos opened: the others of each behind its first one."""
        asked = (self.members.leader(content_id) for content_id in content_ids)
        leaders = np.array([leader for leader in asked if leader is not None], np.int64)
        tiles = np.flatnonzero(np.isin(self.ids, leaders))
        if self.folded is None or not len(tiles):
            return self
        leading = self.ids[tiles].tolist()
        added = [self.members.rows(leader) for leader in leading]
        places = np.repeat(tiles + 1, [len(rows) for rows in added])
        return replace(
            self.folded.whole._of_rows(np.insert(self.folded.rows, places, np.concatenate(added))),
            members=self.members,
            folded=self.folded,
            likely=self._likely_with(places),
            days=self._days_with(places),
            opened={one: leader for leader in leading for one in (leader, *self.members[leader])},
        )

    def standing(self, content_id: int) -> Standing | None:
        """Return how a photo stands in its group; None if it is in none."""
        leader = self.opened.get(content_id)
        shown = content_id if leader is None else leader
        others = self.members.number(shown)
        if not others:
            return None
        return Standing(others + 1, shown == content_id, leader is not None, self.members.are_a_shot(shown))

    def stands_for_others(self, content_ids: NDArray[np.int64]) -> bool:
        """Return whether some of these photos are shown for others that are not."""
        return any(one not in self.opened for one in self.members.among(content_ids))

    def _likely_with(self, places: NDArray[np.int64]) -> int | None:
        return None if self.likely is None else self.likely + int(np.count_nonzero(places <= self.likely))

    def _days_with(self, places: NDArray[np.int64]) -> NDArray[np.int32] | None:
        """Return the days with those of opened groups: each photo counts as taken when the one in front of it was."""
        if self.days is None:
            return None
        places = places[places <= len(self.days)]
        return np.insert(self.days, places, self.days[places - 1])

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
        members = self.members.get(content_id, ())
        return Group(hit, members, bool(members) and self.members.are_a_shot(content_id))


def _leading(folds: NDArray[np.int64], *, raw: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each of some grouped photos the place among them of the one that stands for it.

    Args:
        raw: which are RAW files that the camera developed: they come after the others.
    """
    first = np.empty(int(folds.max(initial=0)) + 1, np.int64)
    for some in (np.flatnonzero(raw), np.flatnonzero(~raw)):
        first[folds[some[::-1]]] = some[::-1]  # of several photos of a fold the last one that is written stays
    return first[folds]


def _known(values: NDArray[np.float32] | None, row: int) -> float | None:
    return None if values is None or np.isnan(values[row]) else float(values[row])

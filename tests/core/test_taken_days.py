"""The days of photos in memory: right after every change, and asked for no more often than that."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.query import Fact, Order, Query, Term, Words
from core.results import Results
from core.taken_days import UNKNOWN, TakenDays

MANY = np.arange(1, 3001, dtype=np.int64)


class Asked:
    """A library that counts what it is asked."""

    def __init__(self) -> None:
        self.questions: list[int | None] = []
        self.revision = 1

    def ask(self, ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        self.questions.append(None if ids is None else len(ids))
        known = MANY if ids is None else ids[ids <= len(MANY)]
        return known, (20240000 + known % 30 + self.revision).astype(np.int32)


def test_all_are_asked_for_once_until_something_is_recorded() -> None:
    asked = Asked()
    days = TakenDays(asked.ask, lambda: asked.revision)
    assert days.of(MANY[::-1])[:2].tolist() == [20240001, 20240030]
    assert days.of(np.array([2, 9999])).tolist() == [20240003, UNKNOWN]
    assert asked.questions == [None]
    asked.revision = 2
    assert days.of(np.array([2, 9999])).tolist() == [20240004, UNKNOWN]
    assert days.of(MANY)[1] == 20240004
    assert asked.questions == [None, 2, None]


def test_as_far_as_an_answer_is_in_the_order_of_dates_it_has_days() -> None:
    ids = np.arange(5, dtype=np.int64)
    words = (Term(Words("sea")),)
    assert Results(Query(), "", ids).dated == 5
    assert Results(Query(filter=Fact("year", ())), "", ids).dated == 5
    assert Results(Query(order=Order.NAME), "", ids).dated == 0
    assert Results(Query(terms=words), "", ids, likely=2).dated == 0
    assert Results(Query(terms=words, order=Order.NEWEST), "", ids, likely=2).dated == 2
    assert Results(Query(terms=words, order=Order.OLDEST), "", ids).dated == 5

"""How honest the heading of an answer is in small libraries: whether what was asked for is there at all.

Every thing that the captions name is asked for among a hundred photos taken at random, by the phrase and by the bare
word, in both languages, again and again. Told are two mistakes: saying that there is no clear match, though the best
photo is right and others are, too; and naming likely ones of a thing that no caption of the hundred names. And by how
much the probability that one of the first is right is wrong in the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.calibrating import Thing, forms
from core.likelihood import FIRST, LIKELY, Likelihoods
from core.query import described
from core.searcher import MeaningRanker

PHOTOS = 100
_DRAWS = 8
_RARE = range(3, 11)
"""Photos that show a thing which should not be missed: more seldom are, and fewer may be a chance word of a caption."""

_BINS = 10


@dataclass(frozen=True, slots=True)
class SmallFigures:
    """Figures of questions among a hundred photos.

    Attributes:
        photos: how many of them were asked of at a time.
        there, absent: how many answers were right at their best photo, and how many could not be right.
        missed: of those that are there, to how many it was said that there is no clear match, percent.
        false: of those that are absent, for how many likely matches were named, percent.
        calibration_error: of the probability that one of the first is right, over all questions.
    """

    photos: int
    there: int
    absent: int
    missed: float | None
    false: float | None
    calibration_error: float

    def as_json(self) -> dict[str, object]:
        """Return the documented JSON object."""
        return {
            "photos": self.photos,
            "there": self.there,
            "absent": self.absent,
            "missed": None if self.missed is None else round(self.missed, 2),
            "false": None if self.false is None else round(self.false, 2),
            "calibration_error": round(self.calibration_error, 4),
        }


@dataclass(frozen=True, slots=True)
class _Asked:
    """One answer: what was said of it, and what is true."""

    judged: Likelihoods
    right: NDArray[np.bool_]
    shown: int

    @property
    def found(self) -> bool:
        return bool(self.right[:FIRST].any())


def evaluate_small(
    meaning: MeaningRanker, photos: NDArray[np.int64], things: Sequence[Thing], shown: NDArray[np.bool_]
) -> SmallFigures | None:
    """Return the figures of a calibrated model; None where there are not even so many photos.

    Args:
        photos: the content ids of photos that the model is not calibrated with.
        things, shown: what is asked for, and which photo (by its id) shows which: bool (things, photos).
    """
    if len(photos) <= PHOTOS or not len(things):
        return None
    random = np.random.default_rng(0)
    draws = [np.sort(random.choice(photos, PHOTOS, replace=False)) for _ in range(_DRAWS)]
    answers: list[_Asked] = []
    for thing, row in zip(things, shown, strict=True):
        for question in forms(thing):
            answers += [_asked(meaning, question, some, row) for some in draws]
    there = [one for one in answers if one.shown in _RARE and one.right[0]]
    absent = [one for one in answers if not one.shown]
    said = np.array([one.judged.there for one in answers], np.float32)
    return SmallFigures(
        photos=PHOTOS,
        there=len(there),
        absent=len(absent),
        missed=_percent([one.judged.there < LIKELY for one in there]),
        false=_percent([bool((one.judged.each >= LIKELY).any()) for one in absent]),
        calibration_error=calibration_error(said, np.array([one.found for one in answers])),
    )


def calibration_error(likelihoods: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error: by how much probability and share differ in ten equal steps."""
    steps = np.minimum((likelihoods * _BINS).astype(np.int64), _BINS - 1)
    error = 0.0
    for step in np.unique(steps):
        those = steps == step
        error += float(those.mean()) * abs(float(likelihoods[those].mean()) - float(right[those].mean()))
    return error


def _asked(meaning: MeaningRanker, question: str, among: NDArray[np.int64], shown: NDArray[np.bool_]) -> _Asked:
    query = described(question)
    ranked = meaning.rank(query, among, len(among))
    assert ranked is not None
    judged = meaning.likelihoods(query, among, ranked.scores)
    assert judged is not None, "the model is calibrated"
    return _Asked(judged, shown[ranked.ids], int(shown[among].sum()))


def _percent(answers: Sequence[bool]) -> float | None:
    return 100 * sum(answers) / len(answers) if answers else None

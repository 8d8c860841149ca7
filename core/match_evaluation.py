"""How honest the end of the likely matches is: what is told apart, and whether the probabilities are true.

Each thing of the bundled list is asked for ("a photo of a dog") among photos with captions; a photo is right where one
of its captions names the thing. Two questions are asked of the answers. Of the best 30 of every thing: is a right photo
thought more probable than a wrong one, whichever thing it was found for? And of every thing: is it thought more
probable that one of the first is right than where all photos that show the thing are left out? Both as the area under
the ROC curve (0.5: guessed, 1: always), beside that of the plain cosine. The expected calibration error (Naeini,
Cooper and Hauskrecht, AAAI 2015; ten bins) is by how much the probabilities are wrong in the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.calibrating import bundled_photos, bundled_things, photo_of, shown_by
from core.likelihood import LIKELY
from core.query import described
from core.searcher import MeaningRanker
from core.small_evaluation import SmallFigures, calibration_error, evaluate_small

BEST = 30
"""Hits of every thing that are looked at."""

THINGS = 120
"""How many things are asked for, those that most photos show."""

_FROM_PHOTOS = 3
"""A thing that fewer photos show is not asked for: its name may be a chance word of a caption."""


@dataclass(frozen=True, slots=True)
class MatchFigures:
    """Figures of one model on one set of photos with captions.

    Attributes:
        things: how many were asked for.
        photos: how many photos they were looked for among; those that the model is calibrated with are none of them.
        base: the share of right photos among the best 30, percent.
        auroc, auroc_cosine: of the best 30, right against wrong, by probability and by cosine.
        there, there_cosine: that one of the first is right, and the cosine of the best one, while the thing is there
            against all that show it removed.
        calibration_error: the expected calibration error of the best 30.
        likely_right: the share of right ones among the likely of the best 30, percent; None if none is likely.
        small: of questions among a hundred of the photos; None if there are no more.
    """

    things: int
    photos: int
    base: float
    auroc: float
    auroc_cosine: float
    there: float
    there_cosine: float
    calibration_error: float
    likely_right: float | None
    small: SmallFigures | None

    def as_json(self) -> dict[str, object]:
        """Return the documented JSON object."""
        return {
            "things": self.things,
            "photos": self.photos,
            "right": round(self.base, 2),
            "auroc": round(self.auroc, 4),
            "auroc_cosine": round(self.auroc_cosine, 4),
            "there_auroc": round(self.there, 4),
            "there_auroc_cosine": round(self.there_cosine, 4),
            "calibration_error": round(self.calibration_error, 4),
            "likely_right": None if self.likely_right is None else round(self.likely_right, 2),
            "small": None if self.small is None else self.small.as_json(),
        }


def evaluate_matches(meaning: MeaningRanker, photos: Sequence[tuple[str, Sequence[str]]]) -> MatchFigures | None:
    """Return the figures of a calibrated model; None if too little is named for any.

    Args:
        meaning: ranks the photos, whose content ids are their places in `photos`.
        photos: the file name without its ending, and the captions of each.
    """
    bundled = {photo.path.stem for photo in bundled_photos()}
    held_out = np.array(
        [number for number, (stem, _) in enumerate(photos) if stem.lstrip("0") not in bundled], np.int64
    )
    things = bundled_things()
    shown = shown_by(things, [captions for _, captions in photos])
    counts = shown[:, held_out].sum(axis=1)
    asked = [int(row) for row in np.argsort(-counts, kind="stable") if _FROM_PHOTOS <= counts[row] < len(held_out)]
    best: list[_Answer] = []
    there: list[_Answer] = []
    for row in asked[:THINGS]:
        question = photo_of(things[row].english)
        best.append(_answer(meaning, question, held_out, shown[row]))
        removed = _answer(meaning, question, held_out[~shown[row][held_out]], shown[row])
        there += [best[-1].first(right=True), removed.first(right=False)]
    hits, firsts = _joined(best), _joined(there)
    if not best or hits.right.all() or not hits.right.any():
        return None
    likely = hits.likelihoods >= LIKELY
    return MatchFigures(
        things=len(best),
        photos=len(held_out),
        base=100 * float(hits.right.mean()),
        auroc=area_under_curve(hits.likelihoods, hits.right),
        auroc_cosine=area_under_curve(hits.scores, hits.right),
        there=area_under_curve(firsts.likelihoods, firsts.right),
        there_cosine=area_under_curve(firsts.scores, firsts.right),
        calibration_error=calibration_error(hits.likelihoods, hits.right),
        likely_right=100 * float(hits.right[likely].mean()) if likely.any() else None,
        small=evaluate_small(meaning, held_out, [things[row] for row in asked], shown[asked]),
    )


def area_under_curve(scores: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """Return how often a right one has a higher score than a wrong one; equal scores count half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[place]
    rights, wrongs = int(right.sum()), int((~right).sum())
    return float((ranks[right].sum() - rights * (rights + 1) / 2) / (rights * wrongs))


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    likelihoods: NDArray[np.float32]
    scores: NDArray[np.float32]
    right: NDArray[np.bool_]
    there: float = 0.0

    def first(self, *, right: bool) -> _Answer:
        return _Answer(np.array([self.there], np.float32), self.scores[:1], np.array([right]))


def _answer(meaning: MeaningRanker, question: str, among: NDArray[np.int64], shown: NDArray[np.bool_]) -> _Answer:
    query = described(question)
    ranked = meaning.rank(query, among, BEST)
    assert ranked is not None
    judged = meaning.likelihoods(query, among, ranked.scores)
    assert judged is not None, "the model is calibrated"
    return _Answer(judged.each, ranked.scores, shown[ranked.ids], judged.there)


def _joined(answers: Sequence[_Answer]) -> _Answer:
    if not answers:
        return _Answer(np.empty(0, np.float32), np.empty(0, np.float32), np.empty(0, bool))
    return _Answer(
        np.concatenate([answer.likelihoods for answer in answers]),
        np.concatenate([answer.scores for answer in answers]),
        np.concatenate([answer.right for answer in answers]),
    )

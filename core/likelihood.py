"""How probable it is that a photo shows what was asked for: from a cosine to a probability, fitted for each model.

The odds that a photo is right grow with its cosine (logistic regression, fitted by `core.calibrating` on photos that
come with the program). How common the thing is among the photos asked of shifts all odds of a question alike. That is
estimated from a sample of their cosines, as expectation-maximisation does for a changed prior (Saerens, Latinne and
Decaestecker, Neural Computation 2002), and held back by the prior of the fit: a library full of dogs has more photos
that are probably right for "dog" than one whose cosines all lie where those of wrong photos do.

Whether the thing is there at all is another question: with five photos each right with a probability of 0.4, one of
them mostly is. It would be with 92 %, were they independent; how far that is true is fitted, too (Platt's scaling).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

LIKELY = 0.5
"""From this probability on a photo counts as a likely match."""

SAMPLE = 1024
"""How many photos tell how common a thing is: the error of a share of 5 % is then 0.7 percent."""

FIRST = 5
"""Of so many of the best photos it is told how probably one is right."""

_PRIOR_COUNTS = 1000
"""As many photos of the sample the prior of the fit counts as. Of 300 to 3,000 that did best among 100 to 1,000 photos
that are not bundled: fewer follow the chance of small libraries, more find less that is not there."""

_HALVES = 4
"""Random halves of the photos that the fit looks at beside all of them: libraries in which more things are missing."""

_STEPS = 10
_RIDGE = 1e-3
_NEWTON_STEPS = 30

_LEAST = 1e-9
"""No probability is nearer to 0 or 1 than that: both have no odds."""

_STILL = 1e-9
"""A step so small changes no probability that is shown: Newton's method has arrived."""


@dataclass(frozen=True, slots=True, eq=False)
class Likelihoods:
    """How probably photos are right.

    Attributes:
        each: float32 (n,), of each photo; never more than `there`.
        there: how probably at least one of the first is right.
    """

    each: NDArray[np.float32]
    there: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What makes a model's cosines probabilities.

    Attributes:
        slope, offset: of the logarithm of the odds, by the cosine.
        prior: the share of right photos where it was fitted.
        there_slope, there_offset: of the odds that one of the first is right, by those they would have if photos were
            right independently of each other; a slope of 0 is one that was not fitted.
    """

    slope: float
    offset: float
    prior: float
    there_slope: float = 0.0
    there_offset: float = 0.0

    def judged(self, scores: NDArray[np.float32], sample: NDArray[np.float32]) -> Likelihoods:
        """Return how probably photos are right, and one of the first; see `likelihoods`."""
        each = self.likelihoods(scores, sample)
        there = self.there(each)
        return Likelihoods(np.minimum(each, np.float32(there)), there)

    def there(self, likelihoods: NDArray[np.float32]) -> float:
        """Return how probably at least one of the best photos is right; where that was not fitted, how the best is."""
        known = likelihoods[~np.isnan(likelihoods)]
        if not self.there_slope or not len(known):
            return float(known.max(initial=0.0))
        odds = self.there_slope * _odds_of_any(known) + self.there_offset
        return float(_probability(np.array(odds)))

    def likelihoods(self, scores: NDArray[np.float32], sample: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how probably each photo is right; a score that is not known (nan) stays so.

        Args:
            scores: cosines of photos and question.
            sample: such cosines of photos taken evenly from all that could have been found.
        """
        odds = self.slope * scores.astype(np.float64) + self.offset + self._shift(sample.astype(np.float64))
        return _probability(odds).astype(np.float32)

    def _shift(self, sample: NDArray[np.float64]) -> float:
        """Return what is added to all odds of a question, for how common its thing is."""
        if not len(sample):
            return 0.0
        odds = self.slope * sample + self.offset
        share = self.prior
        for _ in range(_STEPS):
            found = float(_probability(odds + _log_odds(share) - _log_odds(self.prior)).mean())
            share = (found * len(sample) + self.prior * _PRIOR_COUNTS) / (len(sample) + _PRIOR_COUNTS)
        return _log_odds(share) - _log_odds(self.prior)

    def as_json(self) -> dict[str, float]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: object) -> Calibration | None:
        """Return what was stored, or None for anything else."""
        if not isinstance(value, Mapping):
            return None
        held = {"there_slope": 0.0, "there_offset": 0.0, **cast("Mapping[str, object]", value)}
        numbers = [held.get(name) for name in cls.__slots__]
        known = [float(number) for number in numbers if isinstance(number, int | float)]
        return cls(*known) if len(known) == len(numbers) and 0 < known[2] < 1 else None


def fitted_to_sets(calibration: Calibration, cosines: NDArray[np.float32], right: NDArray[np.bool_]) -> Calibration:
    """Return the calibration with how probably one of the first photos is right.

    Args:
        cosines, right: of questions (rows) and photos; also of questions that none of the photos is right for.
    """
    random = np.random.default_rng(0)
    count = cosines.shape[1]
    sets = [np.arange(count), *(random.permutation(count)[: count // 2] for _ in range(_HALVES))]
    odds: list[float] = []
    found: list[bool] = []
    for some in sets:
        for scores, answers in zip(cosines[:, some], right[:, some], strict=True):
            odds.append(_odds_of_any(calibration.likelihoods(scores, scores)))
            found.append(bool(answers[np.argsort(-scores, kind="stable")[:FIRST]].any()))
    curve = _curve(np.array(odds), np.array(found))
    return calibration if curve is None else replace(calibration, there_slope=curve[0], there_offset=curve[1])


def fitted(scores: NDArray[np.float32], right: NDArray[np.bool_]) -> Calibration | None:
    """Return the calibration by pairs of a question and a photo: their cosine, and whether the photo is right.

    None: the cosines of right photos are no higher than those of wrong ones, so that nothing can be said.
    """
    curve = _curve(scores.astype(np.float64), right)
    return None if curve is None else Calibration(*curve, prior=float(right.mean()))


def _curve(values: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Return slope and offset of the odds by these values; None if higher ones are not more often right."""
    spread = float(values.std()) if len(values) else 0.0
    if spread == 0 or right.all() or not right.any():
        return None
    centre = float(values.mean())
    slope, offset = _regression((values - centre) / spread, right.astype(np.float64))
    if slope <= 0 or not np.isfinite([slope, offset]).all():
        return None
    return slope / spread, offset - slope * centre / spread


def _odds_of_any(likelihoods: NDArray[np.float32]) -> float:
    """Return the logarithm of the odds that one of the best is right, if they were so independently of each other."""
    few = min(FIRST, len(likelihoods))
    best = np.partition(likelihoods, -few)[-few:].astype(np.float64)  # of a million sorting them takes 80 ms
    none = float(np.clip(np.prod(1 - best), _LEAST, 1 - _LEAST))
    return -_log_odds(none)


def _regression(cosines: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, float]:
    """Return slope and offset of the most probable logistic curve, by Newton's method, with a small ridge."""
    rows = np.column_stack([cosines, np.ones_like(cosines)])
    curve = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        expected = _probability(rows @ curve)
        gradient = rows.T @ (expected - right) + _RIDGE * curve
        weights = expected * (1 - expected)
        step = np.linalg.solve((rows * weights[:, None]).T @ rows + _RIDGE * np.eye(2), gradient)
        curve = curve - step
        if np.abs(step).max() < _STILL:
            break
    return float(curve[0]), float(curve[1])


def _probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(odds, -50, 50)))


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))

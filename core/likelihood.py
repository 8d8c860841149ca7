"""How probable it is that a photo shows what was asked for: from a cosine to a probability, fitted for each model.

The odds that a photo is right grow with its cosine (logistic regression, fitted by `core.calibrating` on photos that
come with the program). How common the thing is among the photos asked of shifts all odds of a question alike. That is
estimated from a sample of their cosines, as expectation-maximisation does for a changed prior (Saerens, Latinne and
Decaestecker, Neural Computation 2002), and held back by the prior of the fit: a library full of dogs has more photos
that are probably right for "dog" than one whose cosines all lie where those of wrong photos do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

LIKELY = 0.5
"""From this probability on a photo counts as a likely match."""

SAMPLE = 1024
"""How many photos tell how common a thing is: the error of a share of 5 % is then 0.7 percent."""

_PRIOR_COUNTS = 1000
"""As many photos of the sample the prior of the fit counts as. Of 300 to 3,000 that did best among 100 to 1,000 photos
that are not bundled: fewer follow the chance of small libraries, more find less that is not there."""

_STEPS = 10
_RIDGE = 1e-3
_NEWTON_STEPS = 30

_STILL = 1e-9
"""A step so small changes no probability that is shown: Newton's method has arrived."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What makes a model's cosines probabilities.

    Attributes:
        slope, offset: of the logarithm of the odds, by the cosine.
        prior: the share of right photos where it was fitted.
    """

    slope: float
    offset: float
    prior: float

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
        held = cast("Mapping[str, object]", value)
        numbers = [held.get(name) for name in cls.__slots__]
        known = [float(number) for number in numbers if isinstance(number, int | float)]
        return cls(*known) if len(known) == len(numbers) and 0 < known[2] < 1 else None


def fitted(scores: NDArray[np.float32], right: NDArray[np.bool_]) -> Calibration | None:
    """Return the calibration by pairs of a question and a photo: their cosine, and whether the photo is right.

    None: the cosines of right photos are no higher than those of wrong ones, so that nothing can be said.
    """
    prior = float(right.mean()) if len(right) else 0.0
    spread = float(scores.std()) if len(scores) else 0.0
    if not 0 < prior < 1 or spread == 0:
        return None
    centre = float(scores.mean())
    slope, offset = _regression((scores.astype(np.float64) - centre) / spread, right.astype(np.float64))
    if slope <= 0 or not np.isfinite([slope, offset]).all():
        return None
    return Calibration(slope / spread, offset - slope * centre / spread, prior)


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

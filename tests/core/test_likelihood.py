"""From cosines to probabilities: true on what they were fitted to, and no order of hits is changed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.likelihood import Calibration, fitted
from core.match_evaluation import area_under_curve, calibration_error

KNOWN = Calibration(slope=20.0, offset=-8.0, prior=0.05)
NOTHING = np.empty(0, np.float32)


def pairs(count: int, seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return cosines and which are right, as `KNOWN` says they are."""
    random = np.random.default_rng(seed)
    scores = random.normal(0.3, 0.1, count).astype(np.float32)
    return scores, random.random(count) < KNOWN.likelihoods(scores, NOTHING)


def test_probabilities_are_true() -> None:
    calibration = fitted(*pairs(20_000))
    assert calibration is not None
    assert (calibration.slope, calibration.offset) == pytest.approx((KNOWN.slope, KNOWN.offset), rel=0.1)
    scores, right = pairs(20_000, seed=1)
    assert calibration_error(calibration.likelihoods(scores, NOTHING), right) < 0.02


@pytest.mark.parametrize("scale", [0.1, 1.0])
def test_cosines_of_any_size_are_fitted(scale: float) -> None:
    scores, right = pairs(5_000)
    calibration = fitted(scores * np.float32(scale), right)
    assert calibration is not None and calibration.slope * scale == pytest.approx(KNOWN.slope, rel=0.15)


def test_a_better_score_is_never_less_likely() -> None:
    scores = np.linspace(-1, 1, 50, dtype=np.float32)
    found = KNOWN.likelihoods(scores, scores)
    assert np.all(np.diff(found) >= 0) and np.all((found >= 0) & (found <= 1))


def test_what_is_common_here_is_more_likely() -> None:
    score = np.array([0.4], np.float32)
    common, rare = np.full(1000, 0.5, np.float32), np.full(1000, 0.1, np.float32)
    (among_many,), (alone,) = KNOWN.likelihoods(score, common), KNOWN.likelihoods(score, rare)
    assert among_many > 0.75 > 0.5 > alone
    (among_few,) = KNOWN.likelihoods(score, common[:5])
    assert among_few == pytest.approx(0.5, abs=0.05)  # a handful of photos says little


def test_a_score_that_is_not_known_stays_so() -> None:
    found = KNOWN.likelihoods(np.array([0.9, np.nan], np.float32), NOTHING)
    assert found[0] > 0.9 and np.isnan(found[1])


@pytest.mark.parametrize(
    ("scores", "right"),
    [([], []), ([0.1, 0.2], [True, True]), ([0.3, 0.3], [True, False]), ([0.1, 0.2, 0.3], [True, False, False])],
)
def test_nothing_is_said_where_nothing_can_be_told(scores: list[float], right: list[bool]) -> None:
    assert fitted(np.array(scores, np.float32), np.array(right, bool)) is None


def test_is_remembered_as_json() -> None:
    assert Calibration.from_json({"edition": 1, **KNOWN.as_json()}) == KNOWN


@pytest.mark.parametrize("held", [None, [], "x", {}, {"slope": 1, "offset": 0}, {**KNOWN.as_json(), "prior": 1}])
def test_what_is_no_calibration_is_none(held: object) -> None:
    assert Calibration.from_json(held) is None


def test_area_under_the_curve() -> None:
    right = np.array([True, False, True, False])
    assert area_under_curve(np.array([0.9, 0.1, 0.8, 0.2], np.float32), right) == 1.0
    assert area_under_curve(np.array([0.5, 0.5, 0.5, 0.5], np.float32), right) == 0.5
    assert area_under_curve(np.array([0.9, 0.8, 0.1, 0.2], np.float32), right) == 0.5

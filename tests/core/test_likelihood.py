"""From cosines to probabilities: true on what they were fitted to, and no order of hits is changed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.likelihood import FIRST, Calibration, fitted, fitted_to_sets
from core.match_evaluation import area_under_curve
from core.small_evaluation import calibration_error

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


def asked(things: int, photos: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return cosines of questions and photos, and which are right; half of the questions are right for none.

    Photos of a question are alike: all its cosines are off by the same chance, so they are not right independently.
    """
    random = np.random.default_rng(seed)
    right = random.random((things, photos)) < 0.05
    right[::2] = False
    shifts = random.normal(0, 0.05, (things, 1))
    return (random.normal(0.25, 0.05, right.shape) + 0.12 * right + shifts).astype(np.float32), right


def test_that_one_of_the_first_is_right_is_honest() -> None:
    cosines, right = asked(400, 50, seed=0)
    base = fitted(cosines[1::2].ravel(), right[1::2].ravel())
    assert base is not None
    calibration = fitted_to_sets(base, cosines, right)
    cosines, right = asked(1000, 50, seed=1)
    judged = [calibration.judged(row, row) for row in cosines]
    best = np.argsort(-cosines, axis=1)[:, :FIRST]
    found: NDArray[np.bool_] = np.array([row.any() for row in np.take_along_axis(right, best, axis=1)], bool)
    told = np.array([one.there for one in judged], np.float32)
    alone = np.array([calibration.likelihoods(row, row).max() for row in cosines], np.float32)
    assert calibration_error(told, found) < calibration_error(alone, found) / 2
    assert float(told.mean()) == pytest.approx(float(found.mean()), abs=0.05)


def test_several_that_may_be_right_are_more_than_one() -> None:
    calibration = Calibration(slope=20.0, offset=-8.0, prior=0.05, there_slope=0.75, there_offset=-1.0)
    few, many = np.array([0.4], np.float32), np.array([0.4] * 9, np.float32)
    assert calibration.there(few) < 0.4 and calibration.there(many) > 0.6
    assert calibration.there(many) == calibration.there(many[:FIRST])
    unlike = np.array([0.45, np.nan, 0.0], np.float32)
    assert calibration.there(unlike) < 0.5 and calibration.there(np.full(9, 1, np.float32)) <= 1
    assert calibration.there(NOTHING) == 0 and calibration.there(np.array([np.nan], np.float32)) == 0


def test_no_photo_is_more_likely_than_that_one_of_them_is_right() -> None:
    calibration = Calibration(slope=20.0, offset=-8.0, prior=0.05, there_slope=0.75, there_offset=-1.0)
    judged = calibration.judged(np.array([0.41, 0.1, np.nan], np.float32), NOTHING)
    assert judged.there < 0.5 < calibration.likelihoods(np.array([0.41], np.float32), NOTHING)[0]
    assert judged.each[0] == np.float32(judged.there) and judged.each[1] < 0.01 and np.isnan(judged.each[2])


def test_one_that_was_fitted_before_goes_by_the_best_photo() -> None:
    likelihoods = np.array([0.3, 0.6], np.float32)
    assert KNOWN.there(likelihoods) == pytest.approx(0.6)
    wrong = np.zeros((3, 8), bool)
    assert fitted_to_sets(KNOWN, np.full((3, 8), 0.3, np.float32), wrong) == KNOWN


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
    assert Calibration.from_json({"slope": 20.0, "offset": -8.0, "prior": 0.05}) == KNOWN
    curved = Calibration(slope=20.0, offset=-8.0, prior=0.05, there_slope=0.7, there_offset=-1.0)
    assert Calibration.from_json(curved.as_json()) == curved


@pytest.mark.parametrize("held", [None, [], "x", {}, {"slope": 1, "offset": 0}, {**KNOWN.as_json(), "prior": 1}])
def test_what_is_no_calibration_is_none(held: object) -> None:
    assert Calibration.from_json(held) is None


def test_area_under_the_curve() -> None:
    right = np.array([True, False, True, False])
    assert area_under_curve(np.array([0.9, 0.1, 0.8, 0.2], np.float32), right) == 1.0
    assert area_under_curve(np.array([0.5, 0.5, 0.5, 0.5], np.float32), right) == 0.5
    assert area_under_curve(np.array([0.9, 0.8, 0.1, 0.2], np.float32), right) == 0.5

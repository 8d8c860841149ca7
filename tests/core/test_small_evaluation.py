"""The figures of small libraries: what is missed, what is named that is not there, and how honest that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from core.calibrating import bundled_things, forms
from core.index import VectorIndex
from core.likelihood import Calibration
from core.searcher import MeaningRanker
from core.small_evaluation import PHOTOS, calibration_error, evaluate_small
from core.vectors import VectorRows
from tests.core.fakes import FakeEncoder
from tests.core.test_searcher import no_picture

THINGS = bundled_things()[:12]
AXES = 16


class Naming(FakeEncoder):
    """Embeds every form of a thing as that thing's axis."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [number for text in texts for number, thing in enumerate(THINGS) if text in forms(thing)]
        return np.eye(AXES, dtype=np.float32)[rows]


def meaning(shown: NDArray[np.bool_]) -> MeaningRanker:
    """Return one for which a photo that shows a thing has a cosine of 0.9 at least with it, and any other 0.3."""
    vectors = np.where(shown.T, 0.9, 0.3).astype(np.float32)
    rest = np.zeros((len(vectors), AXES - len(shown)), np.float32)
    rows = np.concatenate([vectors, rest], axis=1)
    index = VectorIndex(AXES)
    index.add(VectorRows.of_wholes(np.arange(len(rows)), rows / np.linalg.norm(rows, axis=1, keepdims=True)))
    return MeaningRanker(index, Naming(), no_picture)


def one_each(photos: int) -> NDArray[np.bool_]:
    """Return photos of which every twentieth shows a thing; the last thing none does."""
    shown = np.zeros((len(THINGS), photos), bool)
    for row in range(len(THINGS) - 1):
        shown[row, row::20] = True
    return shown


@pytest.mark.parametrize(("offset", "missed", "false"), [(-12.0, 0.0, 0.0), (-100.0, 100.0, 0.0), (50.0, 0.0, 100.0)])
def test_tells_what_is_missed_and_what_is_named_falsely(offset: float, missed: float, false: float) -> None:
    shown = one_each(200)
    ranker = meaning(shown)
    ranker.calibration = Calibration(slope=25.0, offset=offset, prior=0.05)
    figures = evaluate_small(ranker, np.arange(200), THINGS, shown)
    assert figures is not None and figures.photos == PHOTOS and figures.there > 50 and figures.absent >= 12
    assert (figures.missed, figures.false) == (missed, false)
    assert figures.as_json()["missed"] == missed


def test_says_nothing_of_no_more_photos_than_are_drawn() -> None:
    shown = one_each(PHOTOS)
    assert evaluate_small(meaning(shown), np.arange(PHOTOS), THINGS, shown) is None
    assert evaluate_small(meaning(shown), np.arange(PHOTOS), (), shown) is None


def test_expected_calibration_error() -> None:
    told = np.array([0.95, 0.95, 0.05, 0.05], np.float32)
    assert calibration_error(told, np.array([True, True, False, False])) == pytest.approx(0.05)
    assert calibration_error(told, np.array([False, False, True, True])) == pytest.approx(0.95)

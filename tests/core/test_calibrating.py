"""What models are calibrated with, and that it is done once, in pieces that can be stopped."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core import answering
from core.calibrating import (
    bundled_photos,
    bundled_things,
    calibrated,
    forms,
    nearer_half,
    shown_by,
    worth_calibrating,
)
from core.events import Control
from core.index import VectorIndex
from core.library import Library
from core.likelihood import Calibration
from core.match_evaluation import evaluate_matches
from core.paths import resources
from core.picture_vector import picture_vectors
from core.query import described
from core.searcher import MeaningRanker
from core.setting_names import CALIBRATION_OF
from core.vectors import VectorRows
from tests.core.fakes import FakeEncoder, FakePool
from tests.core.test_library import Crayons, index, make_model, paint
from tests.core.test_searcher import no_picture

SURE = Calibration(slope=10.0, offset=-5.0, prior=0.1)


class Knowing(FakeEncoder):
    """Embeds a thing as the mean of the bundled photos that show it, apart from the mean of all."""

    def __init__(self) -> None:
        super().__init__()
        photos = bundled_photos()
        vectors = picture_vectors([photo.path for photo in photos], self, FakePool(self.pixels))
        self.photos = np.stack([vectors[number] for number in range(len(photos))])
        self.shown = shown_by(bundled_things(), [photo.captions for photo in photos])
        self.asked: list[str] = []

    def _meant(self, row: int) -> NDArray[np.float32]:
        those = self.photos[self.shown[row]] if self.shown[row].any() else self.photos[row % 5 :: 7]
        return those.mean(axis=0) - 0.9 * self.photos.mean(axis=0)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        names = {question: row for row, thing in enumerate(bundled_things()) for question in forms(thing)}
        meant = [self._meant(names[text]) for text in texts]
        return np.stack([vector / np.linalg.norm(vector) for vector in meant]).astype(np.float32)


@pytest.fixture(scope="module")
def knowing() -> Knowing:
    return Knowing()


def test_every_bundled_photo_may_be_passed_on_and_says_whose_it_is() -> None:
    rows = json.loads((resources() / "calibration" / "photos.json").read_text(encoding="utf-8"))
    files = {path.name for path in (resources() / "calibration" / "photos").iterdir()}
    assert {Path(row["file"]).name for row in rows} == files
    assert all(row["licence"].startswith("http://creativecommons.org/licenses/by/2.0") for row in rows)
    assert all(row["source"].startswith("https://www.flickr.com/") and len(row["captions"]) >= 5 for row in rows)
    assert sum(path.stat().st_size for path in (resources() / "calibration" / "photos").iterdir()) < 500_000


def test_a_model_that_knows_things_is_calibrated(knowing: Knowing) -> None:
    calibration = calibrated(knowing, knowing, FakePool(knowing.pixels))
    assert calibration is not None and calibration.slope > 0 and 0.01 < calibration.prior < 0.1
    assert calibration.there_slope > 0


def test_everything_is_asked_for_by_bare_words_too_and_once(knowing: Knowing) -> None:
    knowing.asked.clear()
    calibrated(knowing, knowing, FakePool(knowing.pixels))
    asked = knowing.asked
    assert len(asked) == len(set(asked)) < 3 * len(bundled_things())
    kinds = [sum(forms(thing)[form] in asked for thing in bundled_things()) for form in range(4)]
    assert all(number > len(bundled_things()) // 5 for number in kinds)


def test_only_the_nearer_half_of_the_photos_tells_where_right_and_wrong_meet() -> None:
    cosines = np.array([[0.1, 0.5, 0.3], [0.9, 0.2, 0.4]], np.float32)
    near, right = nearer_half(cosines, np.array([[True, False, True], [True, True, False]]))
    assert near.tolist() == np.array([[0.5, 0.3], [0.9, 0.4]], np.float32).tolist()
    assert right.tolist() == [[False, True], [True, False]]


def test_it_stops_when_told(knowing: Knowing) -> None:
    answers = iter([True, True, False])
    before = knowing.pictures
    assert calibrated(knowing, knowing, FakePool(knowing.pixels), lambda: next(answers)) is None
    assert knowing.pictures - before == 2 * knowing.batch_size


def test_figures_leave_the_bundled_photos_out(knowing: Knowing) -> None:
    found = VectorIndex(knowing.dimension)
    found.add(VectorRows.of_wholes(np.arange(len(knowing.photos)), knowing.photos))
    meaning = MeaningRanker(found, knowing, no_picture)
    meaning.calibration = calibrated(knowing, knowing, FakePool(knowing.pixels))
    captions = [photo.captions for photo in bundled_photos()]
    figures = evaluate_matches(meaning, [(f"mine-{number}", texts) for number, texts in enumerate(captions)])
    assert figures is not None and figures.photos == len(captions) and figures.things > 20
    assert figures.auroc > 0.5 and 0 <= figures.calibration_error < 0.5 and figures.small is None
    bundled = [(f"000{photo.path.stem}", photo.captions) for photo in bundled_photos()]
    assert evaluate_matches(meaning, bundled) is None


@pytest.fixture
def many(tmp_path: Path) -> Path:
    for number in range(answering.CALIBRATED_FROM):
        paint(tmp_path / "photos" / f"{number}.png", f"rgb({number}, 0, 0)")
    return tmp_path / "photos"


def test_a_library_remembers_it_by_model(tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def fit(*arguments: object) -> Calibration:
        made.append("once")
        return SURE

    monkeypatch.setattr(answering, "calibrated", fit)
    model = str(make_model(tmp_path / "crayons"))
    with Library.open(tmp_path / "library", model=model, make_encoder=Crayons()) as library:
        library.add_root(many)
        index(library)
        assert library.find(described("red")).likely is None
        assert library.calibrate(Control()) and not library.calibrate(Control())
        results = library.find(described("red"))
        assert results.likely == len(results) and results.hits[0].likelihood is not None
        assert library.find(described("red"), likely_from=1.0).likely == 0
    with Library.open(tmp_path / "library", model=model, make_encoder=Crayons()) as library:
        assert library.find(described("blue")).likely is not None and not library.calibrate(Control())
    assert made == ["once"]


def test_one_that_was_fitted_in_the_way_before_serves_until_it_is_fitted_again(
    tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = str(make_model(tmp_path / "crayons"))
    monkeypatch.setattr(answering, "calibrated", lambda *_: replace(SURE, there_slope=0.5, there_offset=1.0))
    with Library.open(tmp_path / "library", model=model, make_encoder=Crayons()) as library:
        library.add_root(many)
        index(library)
        key = library.find(described("red")).model
    before = json.dumps({"edition": 2, "slope": 10.0, "offset": -5.0, "prior": 0.1})
    with closing(sqlite3.connect(tmp_path / "library" / "library.sqlite")) as database, database:
        database.execute("INSERT INTO settings VALUES (?, ?)", (CALIBRATION_OF + key, before))
    with Library.open(tmp_path / "library", model=model, make_encoder=Crayons()) as library:
        old = library.find(described("red"))
        assert old.likely is not None and old.there == pytest.approx(old.hits[0].likelihood)
        assert library.calibrate(Control()) and not library.calibrate(Control())
        assert library.find(described("red")).there != old.there


def test_a_handful_of_photos_and_a_run_that_is_stopped_wait(
    tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Control()
    stopped.stop()
    monkeypatch.setattr(answering, "calibrated", _stopped)
    with Library.open(
        tmp_path / "library", model=str(make_model(tmp_path / "crayons")), make_encoder=Crayons()
    ) as library:
        paint(tmp_path / "few" / "red.png", "red")
        library.add_root(tmp_path / "few")
        index(library)
        assert not library.calibrate(Control())
        library.add_root(many)
        index(library)
        assert not library.calibrate(stopped)
        assert library.find(described("red")).likely is None


def _stopped(*arguments: object) -> None:
    """Answer as `calibrated` does when it is told to stop."""


@pytest.mark.parametrize(
    ("embedded", "seconds", "worth"),
    [
        (0, 1.0, True),
        (40, 20.0, True),
        (200, 2.0, True),
        (200, 8.0, True),
        (200, 10.0, False),
        (1000, 40.0, False),
        (2000, 80.0, True),
    ],
)
def test_a_run_that_somebody_waits_for_is_not_made_much_longer(embedded: int, seconds: float, worth: bool) -> None:
    assert worth_calibrating(embedded, seconds) is worth

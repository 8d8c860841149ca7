"""Fitting how probable a model's hits are, on this machine: a few dozen photos that come with the program, in seconds.

Each photo has five captions, and shows the things they name. Every thing that is there is asked for in both languages
("a photo of a dog"), and the nearer half of the photos tells how the cosines of right and of wrong ones lie
(`core.likelihood`). The other half says nothing of where the two meet: fitted to it as well, the curve took wrong
photos near the top for right ones, the more so the better a model is (expected calibration error 0.11 against 0.04 with
the built-in one; README says on what). Every thing, there or not, is then asked for once more, by the bare word or that
phrase, in one language or the other: the answers tell how probably one of the first photos is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.encoder.protocol import Encoder
from core.likelihood import Calibration, fitted, fitted_to_sets
from core.models import ModelFolder
from core.paths import resources
from core.setting_names import CALIBRATION_OF
from core.store import Catalog

if TYPE_CHECKING:
    from core.picture_vector import Pool

_EDITION = 3
"""Of the bundled photos and of the method: a calibration of another one is made again."""
_STILL_TRUE = (2, _EDITION)
"""Editions whose probabilities of each photo are as good: they serve until it is made again."""

_PHOTOS = 130
"""As many photos take as long as a calibration, which embeds a few dozen of them and hundreds of questions."""
_FEW, _SHORT_S, _SMALL_SHARE = 50, 3.0, 0.07
"""Photos, seconds and the share of a run, below which a calibration does not wait for the next run."""
_SMALL_LIBRARY, _BEARABLE_S = 500, 6.0
"""Photos below which these seconds are borne: a small library has no next run for long, and is asked right away. The
built-in model takes three or four; one that takes ten would make a first run of 200 photos half as long again."""

_TEXTS_AT_ONCE = 16
"""Few, because a question of the user waits for those under way."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a photo may show.

    Attributes:
        english, chinese: how it is asked for.
        shown: matches a caption that names it.
    """

    english: str
    chinese: str
    shown: re.Pattern[str]

    def is_named(self, captions: Iterable[str]) -> bool:
        return any(self.shown.search(caption.lower()) for caption in captions)


@dataclass(frozen=True, slots=True)
class BundledPhoto:
    """A photo that comes with the program, and sentences that describe it."""

    path: Path
    captions: tuple[str, ...]


def bundled_photos() -> tuple[BundledPhoto, ...]:
    """Return the photos that models are calibrated with."""
    folder = resources() / "calibration"
    rows = cast("list[dict[str, object]]", json.loads((folder / "photos.json").read_text(encoding="utf-8")))
    return tuple(BundledPhoto(folder / str(row["file"]), tuple(cast("list[str]", row["captions"]))) for row in rows)


def bundled_things() -> tuple[Thing, ...]:
    """Return what is asked for."""
    lines = (resources() / "calibration" / "things.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(Thing(english, chinese, re.compile(rf"\b(?:{shown})\b")) for english, chinese, shown in rows)


def shown_by(things: Sequence[Thing], photos: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Return which photos, by their captions, show which things: bool (things, photos)."""
    return np.array([[thing.is_named(captions) for captions in photos] for thing in things], bool)


def calibrated(
    images: Encoder, texts: Encoder, pool: Pool, goes_on: Callable[[], bool] = lambda: True
) -> Calibration | None:
    """Return the calibration of a model; None if it cannot tell right photos from wrong ones.

    Args:
        goes_on: asked between batches; when it says no, the answer is None.

    Raises:
        ModelError: if the model fails.
    """
    from core.picture_vector import picture_vectors  # with what reads photos, which most questions do without

    photos = bundled_photos()
    vectors: dict[int, NDArray[np.float32]] = {}
    for start in range(0, len(photos), images.batch_size):
        if not goes_on():
            return None
        some = [photo.path for photo in photos[start : start + images.batch_size]]
        vectors |= {start + place: vector for place, vector in picture_vectors(some, images, pool).items()}
    read = sorted(vectors)
    if not read:
        return None
    shown = shown_by(things := bundled_things(), [photos[number].captions for number in read])
    there = np.flatnonzero(shown.any(axis=1))
    phrases = [question for row in there for question in _phrases(things[row])]
    questions = [*phrases, *_each_once(things)]
    asked = _embedded(questions, texts, goes_on)
    if asked is None:
        return None
    cosines = asked @ np.stack([vectors[number] for number in read]).T
    near, right = nearer_half(cosines[: len(phrases)], shown[np.repeat(there, 2)])
    calibration = fitted(near.ravel(), right.ravel())
    return None if calibration is None else fitted_to_sets(calibration, cosines[len(phrases) :], shown)


def _embedded(questions: Sequence[str], texts: Encoder, goes_on: Callable[[], bool]) -> NDArray[np.float32] | None:
    """Return a vector for each question, each embedded once; None when told to stop."""
    different = list(dict.fromkeys(questions))
    vectors: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(different), _TEXTS_AT_ONCE):
        if not goes_on():
            return None
        some = different[start : start + _TEXTS_AT_ONCE]
        vectors |= zip(some, texts.encode_texts(some), strict=True)
    return np.stack([vectors[question] for question in questions])


def nearer_half(
    cosines: NDArray[np.float32], right: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return of each question (row) the higher half of the cosines, and whether those photos are right."""
    best = np.argsort(-cosines, axis=1, kind="stable")[:, : (cosines.shape[1] + 1) // 2]
    return np.take_along_axis(cosines, best, 1), np.take_along_axis(right, best, 1)


def worth_calibrating(embedded: int, seconds: float) -> bool:
    """Tell whether to calibrate after a run somebody waits for: if it is short, or short beside the run.

    Otherwise the next run does it, which finds little to embed.
    """
    if embedded < _FEW:
        return True
    short = _BEARABLE_S if embedded < _SMALL_LIBRARY else _SHORT_S
    return _PHOTOS * seconds / embedded < max(short, seconds * _SMALL_SHARE)


def stored_calibration(store: Catalog, model: ModelFolder) -> Calibration | None:
    """Return what was remembered for a model, or None.

    A version that shares another one's vectors is not far from it: the other's serves until its own is made.
    """
    held = (store.setting(CALIBRATION_OF + name) for name in (model.build, model.key))
    known = (
        one for one in held if isinstance(one, dict) and cast("dict[str, object]", one).get("edition") in _STILL_TRUE
    )
    return next((found for one in known if (found := Calibration.from_json(one)) is not None), None)


def is_calibrated(store: Catalog, model: str) -> bool:
    """Return whether a model was calibrated before in this way, even in vain."""
    held = store.setting(CALIBRATION_OF + model)
    return isinstance(held, dict) and cast("dict[str, object]", held).get("edition") == _EDITION


def store_calibration(store: Catalog, model: str, calibration: Calibration | None) -> None:
    """Remember a calibration; None is remembered, too, so that it is not tried again and again."""
    values: dict[str, float] = {} if calibration is None else calibration.as_json()
    store.set_setting(CALIBRATION_OF + model, {"edition": _EDITION, **values})


def photo_of(name: str) -> str:
    """Return a question for a photo of something."""
    return f"a photo of {'an' if name[0] in 'aeiou' else 'a'} {name}"


def forms(thing: Thing) -> tuple[str, ...]:
    """Return how somebody may ask for a thing: by a phrase or by the bare word, in English or Chinese."""
    return (*_phrases(thing), thing.english, thing.chinese)


def _phrases(thing: Thing) -> tuple[str, str]:
    return photo_of(thing.english), f"一张{thing.chinese}的照片"


def _each_once(things: Sequence[Thing]) -> list[str]:
    """Return a question for each thing: a phrase or the bare word, in one language or the other, in turn."""
    return [forms(thing)[number % len(forms(thing))] for number, thing in enumerate(things)]

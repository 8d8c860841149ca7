"""Where words belong by the photos they name: the goals of the text tower's last lesson (`word_lesson.py`).

The image tower says what it can tell apart: the linear discriminant (Fisher 1936) of the photos that a label or a
caption names a word for, against all photos to train on. A word's goal lies between what the sentences of both
languages say and its discriminant, with a part of what all captions have in common taken off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manifest import Row
from named import Said

LEAST = 4  # photos of a word: a discriminant of fewer says little
DISCRIMINANT = 0.6  # how much of it is added to the unit vector of both languages
RIDGE = 0.01  # share of the mean variance that is added to the covariance
COMMON = 0.3  # how much of the captions' mean is taken off


def unit(vectors: np.ndarray) -> np.ndarray:
    """The same directions, of unit length along the last axis."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def photos_of_words(rows: Sequence[Row], wanted: set[str]) -> dict[str, list[int]]:
    """Places in `rows` of the photos that each word names: of every label, and of the `wanted` words in captions."""
    said, found = Said(wanted), dict[str, list[int]]()
    for place, row in enumerate(rows):
        words = {label.lower() for label in row.labels} | (said(row.captions) if row.described else set())
        for word in words:
            found.setdefault(word, []).append(place)
    return found


def between(english: np.ndarray, chinese: np.ndarray | None) -> np.ndarray:
    """The unit vector [256] half way between the sentences of both languages, unit vectors [n, 256] each."""
    own = unit(english.mean(0))
    return own if chinese is None else unit(own + unit(chinese.mean(0)))


def goals(
    said: Mapping[str, np.ndarray], photos: np.ndarray, named: Mapping[str, Sequence[int]]
) -> dict[str, np.ndarray]:
    """Unit vectors [256] for words, by where their sentences lie (`between`) and unit vectors of photos [n, 256]."""
    mean, covariance = photos.mean(0), np.cov(photos.T)
    ridge = RIDGE * np.trace(covariance) / len(covariance)
    whitened = np.linalg.inv(covariance + ridge * np.eye(len(covariance)))
    out: dict[str, np.ndarray] = {}
    for word, place in said.items():
        own = named.get(word, ())
        if len(own) >= LEAST:
            place = unit(place + DISCRIMINANT * unit(whitened @ (photos[list(own)].mean(0) - mean)))
        out[word] = place
    return out


def without_common(goal: np.ndarray, captions: np.ndarray) -> np.ndarray:
    """A goal with a part of the captions' mean taken off; unit vectors [n, 256] of captions."""
    return unit(goal - COMMON * captions.mean(0))

"""Whether a library that went through much is what one made anew of the same folder is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.events import Control
from core.library import Library
from core.paths import LibraryPaths
from core.photo import Facts, fingerprint
from core.query import Query
from core.store import Store
from tests.core.loading import loaded

_CLOSE = 0.999
"""The least cosine of two vectors of one picture: batches of other sizes round otherwise."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a library knows of one file."""

    fingerprint: bytes
    facts: Facts
    has_thumbnail: bool
    vector: NDArray[np.float32] | None


def made_anew(library: Path, photos: Path, model: str) -> None:
    """Index a folder with a model into a library that is not there yet."""
    with Library.open(library) as fresh:
        fresh.models.use(model)
        fresh.add_root(photos)
        for _ in fresh.index(Control()):
            pass


def differences(library: Path, fresh: Path, photos: Path) -> list[str]:
    """Return how a library differs from what lies in its folder, and from one that was made anew of it."""
    there = {path: fingerprint(path.read_bytes()) for path in photos.rglob("*.png")}
    known, anew = known_of(library), known_of(fresh)
    problems = [f"not found: {path.name}" for path in sorted(there.keys() - known.keys())]
    problems += [f"still found: {path.name}" for path in sorted(known.keys() - there.keys())]
    problems += [f"not found anew: {path.name}" for path in sorted(there.keys() - anew.keys())]
    for path in sorted(there.keys() & known.keys() & anew.keys()):
        if known[path].fingerprint != there[path]:
            problems.append(f"as it was: {path.name}")
        problems += [f"{path.name}: another {name}" for name in _differing(known[path], anew[path])]
    return problems


def known_of(library: Path) -> dict[Path, Known]:
    """Return all a library knows, by file."""
    with Library.open(library, write=False) as opened:
        ids, key = [int(one) for one in opened.find(Query(limit=None)).ids], opened.models.wanted_key()
    with Store.open(LibraryPaths(library), write=False) as store:
        embedded, rows = loaded(store, key)
        vectors = {int(one): row for one, row in zip(embedded, rows, strict=True)}
        known: dict[Path, Known] = {}
        for photo in filter(None, map(store.photo, ids)):
            shown = store.thumbnail(photo.content_id) is not None
            one = Known(photo.fingerprint, photo.facts, shown, vectors.get(photo.content_id))
            known |= {place.path: one for place in photo.places}
    return known


def _differing(one: Known, other: Known) -> list[str]:
    names = [name for name in ("fingerprint", "facts", "has_thumbnail") if getattr(one, name) != getattr(other, name)]
    if one.vector is None or other.vector is None or float(one.vector @ other.vector) < _CLOSE:
        names.append("vector")
    return names

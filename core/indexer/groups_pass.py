"""The pass that finds photos of one picture, moment or shot. Nothing is embedded, no file is read.

Hashes and mean colours are kept by whoever decodes a photo; those that are missing, as of an older library, are taken
of thumbnails here. Then each new photo is looked for among the others. What was recorded stays where the pass is
stopped, and the next one goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from core.decode.mean_colour import mean_colour
from core.decode.picture_hash import picture_hash
from core.events import Comparing, Control, Event
from core.groups import NO_GROUP
from core.indexer.near_hashes import near_pairs
from core.store import Catalog
from core.store.records import Compared, HashedPhotos, ThumbnailLook

SAME_PICTURE = 0.97
"""Cosine from which on two photos with like hashes show the same picture."""
SAME_MOMENT = 0.9
"""Cosine from which on two photos taken within seconds with one camera show the same."""

_AT_ONCE = 5_000
"""Photos looked for among the others in one go."""
_LOOK_S = 0.1
_WAY_S = 2.0
"""For how long a batch makes way for somebody who types."""


def find_groups(store: Catalog, model: str, control: Control) -> Generator[Event]:
    """Look at the thumbnails nobody looked at, and put the photos that were never compared into groups.

    Raises:
        LibraryError: if the library cannot take what was found. What was recorded is kept.
    """
    yield from _pair_shots(store, control)
    yield from _look(store, control)
    waiting = store.photos_to_compare(model)
    if control.stopped or not len(waiting):
        return
    photos = store.hashed_photos()
    for start in range(0, len(waiting), _AT_ONCE):
        if not control.wait():
            return
        _make_way(control)
        store.record_groups(_compared(store, model, photos, waiting[start : start + _AT_ONCE]))
        yield Comparing(min(start + _AT_ONCE, len(waiting)), len(waiting))


def _pair_shots(store: Catalog, control: Control) -> Generator[Event]:
    done, changed = 0, False
    while control.wait() and (paired := store.pair_shots()).photos:
        done, changed = done + paired.photos, changed or paired.changed
    if changed:
        yield Comparing(done, done)


def _look(store: Catalog, control: Control) -> Generator[Event]:
    total, done, last = store.count_unseen(), 0, 0
    while total and control.wait():
        _make_way(control)
        page = store.unseen_photos(last)
        if not page:
            return
        last = page[-1]
        thumbnails = ((content_id, store.thumbnail(content_id)) for content_id in page)
        # Without a thumbnail, a later run may find one.
        store.record_looks(
            [
                ThumbnailLook(content_id, picture_hash(jpeg), mean_colour(jpeg))
                for content_id, jpeg in thumbnails
                if jpeg is not None
            ]
        )
        done += len(page)
        yield Comparing(done, max(total, done))


def _make_way(control: Control) -> None:
    until = time.monotonic() + _WAY_S
    while control.making_way and not control.stopped and time.monotonic() < until:
        time.sleep(_LOOK_S)


def _compared(store: Catalog, model: str, photos: HashedPhotos, asked: NDArray[np.int64]) -> list[Compared]:
    """Put some photos into groups, in `photos` too; return all that changed."""
    before = photos.pictures.copy(), photos.moments.copy()
    rows = np.searchsorted(photos.ids, asked)
    alike = _same_pictures(photos, rows)
    times = np.searchsorted(photos.ids, _known(photos, store.moment_pairs(asked)))
    similar = _Cosines(store, model, photos, np.concatenate([alike, times]))
    _join_pictures(photos, rows, similar.at_least(alike, SAME_PICTURE))
    _join_moments(photos, similar.at_least(times, SAME_MOMENT))
    photos.compared[rows] = True
    changed = (before[0] != photos.pictures) | (before[1] != photos.moments)
    changed[rows] = True
    return [
        Compared(int(photos.ids[row]), int(photos.pictures[row]), int(photos.moments[row]), bool(photos.compared[row]))
        for row in np.flatnonzero(changed)
    ]


def _same_pictures(photos: HashedPhotos, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return pairs of rows with like hashes: one of `rows`, and one that was compared before or comes before it."""
    hashed, asked = np.flatnonzero(photos.has_hash), rows[photos.has_hash[rows]]
    pairs = near_pairs(photos.hashes[asked], photos.hashes[hashed])
    ours, theirs = asked[pairs[:, 0]], hashed[pairs[:, 1]]
    first = photos.compared[theirs] | (np.isin(theirs, rows) & (theirs < ours))
    return np.stack([ours, theirs], axis=1)[first & (ours != theirs)]


def _known(photos: HashedPhotos, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    return pairs[np.isin(pairs, photos.ids).all(axis=1)]


class _Cosines:
    """The cosines of pairs of photos."""

    def __init__(self, store: Catalog, model: str, photos: HashedPhotos, pairs: NDArray[np.int64]) -> None:
        wanted = photos.ids[np.unique(pairs)]
        read = [rows for rows in store.vectors_of(model, wanted) if len(rows)]
        self._vectors = {
            int(content_id): vector
            for rows in read
            for content_id, part, vector in zip(rows.ids, rows.parts, rows.vectors, strict=True)
            if part == 0
        }
        self._ids = photos.ids

    def at_least(self, pairs: NDArray[np.int64], least: float) -> NDArray[np.int64]:
        """Return those of the pairs whose photos are at least so near to each other."""
        near = [self._cosine(int(self._ids[one]), int(self._ids[other])) >= least for one, other in pairs]
        return pairs[np.array(near, np.bool_)]

    def _cosine(self, one: int, other: int) -> float:
        first, second = self._vectors.get(one), self._vectors.get(other)
        return -1.0 if first is None or second is None else float(first @ second)


def _join_pictures(photos: HashedPhotos, rows: NDArray[np.int64], pairs: NDArray[np.int64]) -> None:
    """Let each photo join a group it is like the first photo of: likeness to any other would string groups together."""
    groups, ids = photos.pictures, photos.ids
    starts, stops = (np.searchsorted(pairs[:, 0], rows, side) for side in ("left", "right"))
    for row, start, stop in zip(rows.tolist(), starts.tolist(), stops.tolist(), strict=True):
        for other in pairs[start:stop, 1].tolist():
            begun = int(groups[other])
            if begun == NO_GROUP:
                groups[other] = ids[other]
            elif begun != ids[other] and _is_there(ids, begun):
                continue
            groups[row] = groups[other]
            break


def _is_there(ids: NDArray[np.int64], content_id: int) -> bool:
    row = int(np.searchsorted(ids, content_id))
    return row < len(ids) and ids[row] == content_id


def _join_moments(photos: HashedPhotos, pairs: NDArray[np.int64]) -> None:
    """Put photos that were taken one after the other into one group, and join those that turn out to be one."""
    groups, ids = photos.moments, photos.ids
    for one, other in pairs.tolist():
        first, second = groups[one], groups[other]
        if first == NO_GROUP and second == NO_GROUP:
            groups[one] = groups[other] = ids[min(one, other)]
        elif NO_GROUP in (first, second):
            groups[one] = groups[other] = max(first, second)
        elif first != second:
            groups[groups == max(first, second)] = min(first, second)

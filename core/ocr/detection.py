"""Where in a picture there is writing: from a map of its likelihood to tilted rectangles.

The map is computed in tiles, whose overlaps agree by the larger value, so that a picture of any shape needs no more
memory than one tile, and no line is cut where two of them meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.ocr.networks import as_input
from core.ocr.rectangles import Rectangle, around

_STEP = 32
"""The network halves a picture five times: its sides have to be multiples of this."""
_TILE = 1280
_OVERLAP = 128
_INK = 0.3
"""Likelihood from which a pixel is taken for writing."""
_LEAST_SCORE = 0.6
"""Mean likelihood of the pixels of a line; below it is a fence, a brick wall, leaves."""
_LEAST_SIDE = 3
"""Pixels of the map: thinner than this is no line."""
_MOST_LINES = 500
"""The lines of one picture that are read, the likeliest ones."""


class Runs(Protocol):
    """Computes a map of likelihoods, float32 (1, 1, height, width), of a picture, float32 (1, 3, height, width)."""

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]: ...


def find_lines(image: Image.Image, network: Runs) -> list[Rectangle]:
    """Return where lines of writing are in a picture, as a reader would meet them."""
    likelihood = likelihood_map(image, network)
    scored = list(components(likelihood > _INK, likelihood))
    found = [around(points, score) for points, score in scored if score >= _LEAST_SCORE]
    lines = [line.widened() for line in found if min(line.width, line.height) >= _LEAST_SIDE]
    if len(lines) > _MOST_LINES:
        lines = sorted(lines, key=lambda line: -line.score)[:_MOST_LINES]
    return in_reading_order(lines)


def likelihood_map(image: Image.Image, network: Runs) -> NDArray[np.float32]:
    """Return how likely each pixel is writing, 0..1, (height, width)."""
    likelihood = np.zeros((image.height, image.width), np.float32)
    for top, bottom in _stretches(image.height):
        for left, right in _stretches(image.width):
            tile = image.crop((left, top, right, bottom))
            answer = network.run(_padded(tile)[None])[0, 0, : tile.height, : tile.width]
            np.maximum(likelihood[top:bottom, left:right], answer, out=likelihood[top:bottom, left:right])
    return likelihood


def _stretches(length: int) -> Iterator[tuple[int, int]]:
    """Yield what the tiles of one side cover."""
    if length <= _TILE:
        yield 0, length
        return
    count = -(-(length - _OVERLAP) // (_TILE - _OVERLAP))
    for index in range(count):
        start = round(index * (length - _TILE) / (count - 1))
        yield start, start + _TILE


def _padded(tile: Image.Image) -> NDArray[np.float32]:
    """Return a tile as the network takes it, with its border pixels repeated to a whole number of steps."""
    pixels = np.asarray(tile)
    down, across = -tile.height % _STEP, -tile.width % _STEP
    return as_input(np.pad(pixels, ((0, down), (0, across), (0, 0)), mode="edge"))


def components(ink: NDArray[np.bool_], likelihood: NDArray[np.float32]) -> Iterator[tuple[NDArray[np.float64], float]]:
    """Yield every connected piece of writing: points around it, and its mean likelihood.

    A piece is gathered from its runs, stretches of ink in one row; those that touch, also by a corner, belong together.
    """
    rows, starts, ends = _runs(ink)
    if not len(rows):
        return
    labels = _labels(rows, starts, ends)
    flat = np.concatenate([[0.0], np.cumsum(likelihood.ravel(), dtype=np.float64)])
    width = ink.shape[1]
    sums = flat[rows * width + ends] - flat[rows * width + starts]
    order = np.argsort(labels, kind="stable")
    bounds = np.flatnonzero(np.diff(labels[order])) + 1
    for members in np.split(order, bounds):
        y, left, right = rows[members], starts[members], ends[members]
        corners = [(left, y), (right, y), (left, y + 1), (right, y + 1)]
        points = np.concatenate([np.stack(corner, axis=1) for corner in corners]).astype(np.float64)
        yield points, float(sums[members].sum() / (right - left).sum())


def _runs(ink: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return row, start and end of every run, by rows."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    return rows.astype(np.int64), starts.astype(np.int64), ends.astype(np.int64)


def _labels(rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for every run the piece it belongs to: those of neighbouring rows that touch are joined."""
    parents = list(range(len(rows)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    row_list, start_list, end_list = rows.tolist(), starts.tolist(), ends.tolist()
    above = 0
    for run, row in enumerate(row_list):
        while row_list[above] < row - 1 or (row_list[above] == row - 1 and end_list[above] < start_list[run]):
            above += 1
        other = above
        while row_list[other] == row - 1 and start_list[other] <= end_list[run]:
            parents[root(run)] = root(other)
            other += 1
    return np.array([root(run) for run in range(len(parents))], np.int64)


def in_reading_order(lines: list[Rectangle]) -> list[Rectangle]:
    """Return lines from top to bottom, and those of one height from left to right."""
    by_height = sorted(lines, key=lambda line: float(line.corners[:, 1].mean()))
    ordered: list[Rectangle] = []
    row: list[Rectangle] = []
    for line in by_height:
        middle = float(line.corners[:, 1].mean())
        if row and middle - float(row[0].corners[:, 1].mean()) > 0.5 * min(row[0].height, line.height):
            ordered += sorted(row, key=_left)
            row = []
        row.append(line)
    return ordered + sorted(row, key=_left)


def _left(line: Rectangle) -> float:
    return float(line.corners[:, 0].min())

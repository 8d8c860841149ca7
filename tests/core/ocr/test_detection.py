"""From a map of likely writing to lines, with maps that are drawn here."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from PIL import Image

from core.ocr.detection import components, find_lines, in_reading_order, likelihood_map
from core.ocr.rectangles import Rectangle


class BrightIsWriting:
    """Takes bright pixels for writing."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        self.sizes.append(batch.shape[2:])
        return (batch.mean(axis=1, keepdims=True) + 1) / 2


def test_the_map_has_the_size_of_the_picture_and_the_network_whole_steps() -> None:
    network = BrightIsWriting()
    assert likelihood_map(Image.new("RGB", (100, 50)), network).shape == (50, 100)
    assert network.sizes == [(64, 128)]


def test_a_large_picture_is_looked_at_in_tiles_without_a_seam() -> None:
    picture = Image.new("RGB", (3000, 40))
    picture.paste((255, 255, 255), (10, 10, 2990, 30))
    network = BrightIsWriting()
    (line,) = find_lines(picture, network)
    assert len(network.sizes) > 1 and max(width for _, width in network.sizes) <= 1280
    assert line.width > 2980


def test_pieces_that_touch_by_a_corner_are_one() -> None:
    ink = np.zeros((8, 8), bool)
    ink[1, 1:3] = ink[2, 3:5] = ink[6, 6] = True
    assert sorted(len(points) for points, _ in components(ink, ink.astype(np.float32))) == [4, 8]


def test_a_piece_like_a_u_is_one_though_its_arms_were_met_apart() -> None:
    ink = np.zeros((6, 9), bool)
    ink[:, 1] = ink[:, 7] = ink[5, 1:8] = True
    ((_, score),) = components(ink, ink.astype(np.float32))
    assert score == 1.0


def test_no_writing_is_no_line() -> None:
    assert find_lines(Image.new("RGB", (64, 64)), BrightIsWriting()) == []


def test_what_is_hardly_likely_and_what_is_thin_is_no_line() -> None:
    picture = Image.new("RGB", (200, 100))
    picture.paste((120, 120, 120), (10, 10, 150, 40))
    picture.paste((255, 255, 255), (10, 60, 150, 61))
    assert find_lines(picture, BrightIsWriting()) == []


def test_a_line_is_found_with_its_margin() -> None:
    picture = Image.new("RGB", (200, 100))
    picture.paste((255, 255, 255), (50, 40, 150, 60))
    (line,) = find_lines(picture, BrightIsWriting())
    assert_allclose(line.corners.mean(axis=0), [100, 50])
    assert line.height > 40


def test_lines_are_read_from_top_to_bottom_and_from_left_to_right() -> None:
    def at(x: float, y: float) -> Rectangle:
        return Rectangle(np.array([[x, y], [x + 50, y], [x + 50, y + 10], [x, y + 10]]))

    lines = [at(100, 52), at(0, 50), at(60, 10), at(0, 13)]
    assert in_reading_order(lines) == [lines[3], lines[2], lines[1], lines[0]]

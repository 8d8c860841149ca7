"""From cut-out lines to characters: batches of like width, and the network's answers decoded (CTC)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.ocr.detection import Runs
from core.ocr.networks import LINE_HEIGHT, as_input

_NARROWEST = 96
"""Pixels: the network was trained on long lines, and guesses at what is cut too short."""
_WIDEST = 2048
"""Pixels: a longer line is squeezed into it."""
_BATCH_PIXELS = 48 * 2048
"""About so many pixels at once: the answers to a batch are 18,710 numbers for every 8 pixels of width."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one cut-out line."""

    text: str
    confidence: float


def recognise(cuts: Sequence[Image.Image], network: Runs, characters: Sequence[str]) -> list[Reading]:
    """Return what is written in each of some level lines, all `LINE_HEIGHT` pixels high."""
    readings = [Reading("", 0.0)] * len(cuts)
    for members in _batches([min(cut.width, _WIDEST) for cut in cuts]):
        width = max(_NARROWEST, *(min(cuts[index].width, _WIDEST) for index in members))
        batch = np.zeros((len(members), 3, LINE_HEIGHT, width), np.float32)
        for row, index in enumerate(members):
            pixels = as_input(np.asarray(_fitted(cuts[index])))
            batch[row, :, :, : pixels.shape[-1]] = pixels
        for index, answers in zip(members, network.run(batch), strict=True):
            readings[index] = decoded(answers, characters)
    return readings


def decoded(answers: NDArray[np.float32], characters: Sequence[str]) -> Reading:
    """Return the text of one line: repeated answers are one character, and the first one means none."""
    best = answers.argmax(axis=1)
    chosen: NDArray[np.bool_] = best != 0
    chosen[1:] &= best[1:] != best[:-1]
    if not chosen.any():
        return Reading("", 0.0)
    numbers = cast("list[int]", best[chosen].tolist())
    text = "".join(characters[number] for number in numbers)
    return Reading(text.strip(), float(answers[chosen, best[chosen]].mean()))


def _fitted(cut: Image.Image) -> Image.Image:
    return cut if cut.width <= _WIDEST else cut.resize((_WIDEST, LINE_HEIGHT), Image.Resampling.BICUBIC)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of lines to read at once: of like width, so that little of a batch is empty."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=lambda index: widths[index]):
        if batch and (len(batch) + 1) * LINE_HEIGHT * max(widths[index], _NARROWEST) > _BATCH_PIXELS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch

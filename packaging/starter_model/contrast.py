"""The goal that captions and words set: nearer to the photos they belong to than to any other."""

from __future__ import annotations

import torch
from draws import Draw, Lesson
from torch import Tensor
from torch.nn import functional

SCALE = 22.0
TWINS = 0.92  # sentences nearer than this say the same and are no contrast to each other
OUT = -1e4  # the score of what does not count


class Contrast:
    """InfoNCE of photos and sentences; what says the same, or names the photo too, is no contrast.

    `first` has the places of all sentences when training began, float16: what is near there says the same.
    """

    def __init__(self, lesson: Lesson, first: Tensor) -> None:
        self._lesson, self.first = lesson, first

    def __call__(self, photos: Tensor, sentences: Tensor, drawn: Draw, more: Tensor, others: Tensor) -> Tensor:
        """Unit `photos` and `sentences` [n, 256] of a draw, and `others` [m, 256]: sentences number `more`."""
        near = self.first[drawn.sentences]
        shown = self._shown(drawn)
        twins = (near @ near.T > TWINS) | shown | (drawn.photos[:, None] == drawn.photos[None])
        far = (near @ self.first[more].T) > TWINS
        own = torch.eye(len(photos), dtype=torch.bool, device=photos.device)
        right = torch.arange(len(photos), device=photos.device)
        scores = SCALE * photos @ sentences.T
        sideways = (SCALE * photos @ others.T).masked_fill(far, OUT)
        # Rows are photos, columns sentences: a sentence that says a word of the photo is no contrast to it.
        forth = torch.cat([scores.masked_fill((twins | shown.T) & ~own, OUT), sideways], 1)
        back = scores.T.masked_fill(twins & ~own, OUT)
        return (functional.cross_entropy(forth, right) + functional.cross_entropy(back, right)) / 2

    def _shown(self, drawn: Draw) -> Tensor:
        """Bool [sentences, photos]: the sentence's word names the photo."""
        out = self._lesson.shown[drawn.words.clamp(min=0)][:, drawn.photos]
        return out & (drawn.words >= 0)[:, None]

"""The figures of the model card, for any photo vectors and any way to place sentences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from draws import Lesson
from networks import TextTower
from torch import Tensor

Say = Callable[[Tensor], Tensor]  # sentences by their numbers -> unit vectors [n, 256]


@torch.no_grad()
def places(text: TextTower, lesson: Lesson, sentences: Tensor) -> Tensor:
    """Unit vectors [n, 256] of sentences, by their numbers."""
    parts: list[Tensor] = []
    for part in sentences.split(4096):
        with torch.autocast(lesson.device.type, torch.bfloat16):
            parts.append(text(lesson.ids(part, forget=False)))
    return torch.cat(parts)


def all_places(text: TextTower, lesson: Lesson) -> Tensor:
    """Unit vectors float16 of all sentences of the lesson, those of a length together, which is quicker."""
    order = torch.argsort((lesson.tokens != 0).sum(1))
    out = torch.empty(len(order), text.text_projection.shape[1], dtype=torch.half, device=lesson.device)
    out[order] = places(text, lesson, order).half()
    return out


class Judge:
    """Recall at 10 in both languages and on COCO, label hits at 5, and precision at 5 of everyday words."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson, self._asked = lesson, lesson.questions
        self.held: Tensor = torch.from_numpy(self._asked["held_photos"]).to(lesson.device)
        self._place = torch.full((len(lesson.files),), -1, device=lesson.device)
        self._place[self.held] = torch.arange(len(self.held), device=lesson.device)

    @torch.no_grad()
    def __call__(self, say: Say, photos: Tensor) -> str:
        """One line; `photos` [held, 256] of unit length. Words none of whose photos is found are named at its end."""
        parts = (("dev", "en"), ("dev", "zh"), ("coco", "en"))
        en, zh, coco = (self._recall(say, photos, part, tongue) for part, tongue in parts)
        words = [self._words(say, photos, tongue) for tongue in ("en", "zh")]
        never = ",".join(self._asked["word_names"][(words[0] + words[1]) == 0].tolist())
        means = "/".join(f"{100 * float(w[w >= 0].mean()):.1f}" for w in words)
        labels = self._labels(say, photos)
        return f"en {en:.1f} zh {zh:.1f} coco {coco:.1f} labels {labels:.1f} words {means} never {never}"

    def _said(self, say: Say, name: str) -> Tensor:
        return say(torch.from_numpy(self._asked[name].astype(np.int64)).to(self._lesson.device)).float()

    def _recall(self, say: Say, photos: Tensor, part: str, tongue: str) -> float:
        rows = torch.from_numpy(self._asked[f"{part}_photos"]).to(photos.device)
        counts = torch.from_numpy(np.diff(self._asked[f"{part}_{tongue}_starts"])).to(photos.device)
        owner = torch.arange(len(rows), device=photos.device).repeat_interleave(counts)
        scores = self._said(say, f"{part}_{tongue}") @ photos[self._place[rows]].T
        rank = (scores > scores.gather(1, owner[:, None])).sum(1)
        return 100 * float((rank < 10).float().mean())

    def _labels(self, say: Say, photos: Tensor) -> float:
        rows = torch.from_numpy(self._asked["val_photos"]).to(photos.device)
        best = _first(self._said(say, "labels") @ photos[self._place[rows]].T)
        return 100 * float(np.take_along_axis(self._asked["label_shown"], best, 1).any(1).mean())

    def _words(self, say: Say, photos: Tensor, tongue: str) -> np.ndarray:
        """Per word; -1 where no photo shows it."""
        shown = self._asked["word_shown"]
        best = _first(self._said(say, f"words_{tongue}") @ photos.T)
        room = np.minimum(5, shown.sum(1))
        hit = np.take_along_axis(shown, best, 1) & (np.arange(best.shape[1])[None] < room[:, None])
        return np.where(room > 0, hit.sum(1) / np.maximum(room, 1), -1.0)


def _first(scores: Tensor) -> np.ndarray:
    """Columns of the five highest, highest first."""
    return scores.topk(min(5, scores.shape[1])).indices.cpu().numpy()

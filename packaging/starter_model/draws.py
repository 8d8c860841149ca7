"""Random draws from the file of `lesson.py`, on one device: photos, a sentence for each, and the words these say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokens import CONTEXT
from torch import Tensor

LEFT_OUT = 0.1  # share of a sentence's pieces that a draw leaves out


class Ragged:
    """Lists of numbers of different lengths on a device."""

    def __init__(self, values: np.ndarray, starts: np.ndarray, device: torch.device) -> None:
        self.values = torch.from_numpy(values.astype(np.int64)).to(device)
        self.starts = torch.from_numpy(starts.astype(np.int64)).to(device)
        self.counts = self.starts[1:] - self.starts[:-1]

    def draw(self, lists: Tensor) -> Tensor:
        """One value of each list in `lists`; none may be empty."""
        chance = torch.rand(len(lists), device=lists.device)
        return self.values[self.starts[lists] + (chance * self.counts[lists]).long()]

    def owners(self) -> Tensor:
        """The number of the list that each value belongs to."""
        return torch.arange(len(self.counts), device=self.counts.device).repeat_interleave(self.counts)


@dataclass(frozen=True)
class Draw:
    """Photos (rows), a sentence for each (numbers), and the word it says or -1 where it is a caption."""

    photos: Tensor
    sentences: Tensor
    words: Tensor

    def __add__(self, other: Draw) -> Draw:
        pairs = ((self.photos, other.photos), (self.sentences, other.sentences), (self.words, other.words))
        return Draw(*(torch.cat(pair) for pair in pairs))

    def where(self, kept: Tensor) -> Draw:
        """Those for which `kept` is true."""
        return Draw(self.photos[kept], self.sentences[kept], self.words[kept])


class Lesson:
    """The file of `lesson.py`; `questions` has its arrays as they are, among them what the figures are made from."""

    def __init__(self, path: Path, device: torch.device) -> None:
        with np.load(path) as held:
            self.questions: dict[str, np.ndarray] = {name: held[name] for name in held.files}
        asked = self.questions
        self.files: list[str] = asked["files"].tolist()
        self.device = device
        self.english, self.chinese = self._lists("english"), self._lists("chinese")
        self.said, self._named = self._lists("said"), self._lists("named")
        self.said_word = torch.from_numpy(asked["said_word"].astype(np.int64)).to(device)
        self.others = torch.from_numpy(asked["others"].astype(np.int64)).to(device)
        trainable = torch.from_numpy(asked["trainable"]).to(device) & (self.english.counts > 0)
        described = torch.from_numpy(asked["described"]).to(device) & trainable
        self.trainable, self.described = trainable.nonzero()[:, 0], described.nonzero()[:, 0]
        self.tokens = padded(asked["tokens"], asked["tokens_starts"]).to(device)
        self.shown = torch.zeros(len(self._named.counts), len(self.files), dtype=torch.bool, device=device)
        self.shown[self._named.owners(), self._named.values] = True

    def _lists(self, name: str) -> Ragged:
        return Ragged(self.questions[name], self.questions[f"{name}_starts"], self.device)

    def captions(self, count: int, chinese: float, rows: Tensor | None = None) -> Draw:
        """Photos with captions that say what is seen (or of `rows`), `chinese` of them where there is Chinese."""
        rows = self.described if rows is None else rows
        photos = rows[torch.randint(len(rows), (count,), device=self.device)]
        other = (torch.rand(count, device=self.device) < chinese) & (self.chinese.counts[photos] > 0)
        sentences = self.english.draw(photos)
        sentences[other] = self.chinese.draw(photos[other])
        return Draw(photos, sentences, torch.full_like(photos, -1))

    def words(self, count: int) -> Draw:
        """Words, each as often as any other, with one of the photos that each names."""
        said = torch.randint(len(self.said_word), (count,), device=self.device)
        words = self.said_word[said]
        return Draw(self._named.draw(words), self.said.draw(said), words)

    def ids(self, sentences: Tensor, forget: bool = True) -> Tensor:
        """Token ids [n, longest]; with `forget`, a tenth of the pieces between the marks is left out."""
        ids = self.tokens[sentences]
        if forget:
            inner = (ids > 1) & (ids != ids.max(1, keepdim=True).values)
            gone = inner & (torch.rand(ids.shape, device=ids.device) < LEFT_OUT)
            order = torch.argsort(((ids == 0) | gone).byte(), dim=1, stable=True)
            ids = torch.where(gone, 0, ids).gather(1, order)
        return ids[:, : int((ids != 0).sum(1).max())]


def padded(values: np.ndarray, starts: np.ndarray) -> Tensor:
    """Lists of token ids, zeros behind each: [n, CONTEXT]."""
    out = np.zeros((len(starts) - 1, CONTEXT), np.int64)
    out[np.arange(CONTEXT)[None] < np.diff(starts)[:, None]] = values
    return torch.from_numpy(out)

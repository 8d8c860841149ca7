"""The second model's image tower: the end of EfficientNet-lite1 is taught, on stored maps, so that two cores suffice.

Blocks 16 on, the head convolution and a linear layer to 256 numbers learn the goal of `goal.py`, the captions of both
languages and, as contrast to each word, every other word; the text tower stays. Batch normalisation keeps the
statistics of ImageNet. What is written, WORK/second/tail.pt, are the averaged weights, named as in the teacher's
package without the underscore in front. A stopped run goes on from its last checkpoint, `tail_last.pt`.

    python tail.py WORK
"""

from __future__ import annotations

import argparse
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from contrast import OUT, SCALE, Contrast
from depthwise import quicken
from draws import Draw, Lesson
from features import FIRST_TAUGHT, Store
from figures import Judge, all_places
from goal import Goal, drawn_of, read_goal
from networks import TextTower, Weights, single
from steps import Average, rate, step_all
from student import DIM
from torch import Tensor, nn
from torch.nn import functional

EPSILON = 1e-3  # of EfficientNet's batch normalisation
BATCH = (96, 160, 40)  # captions, words, any photos with what is said of them
HOLES = 0.35  # share of the maps that get one, two positions a side
LOOK_EVERY = 90.0  # seconds between two checkpoints with their figures
BANK_EVERY = 60  # steps between two counts of how near words are to photos in general


class Block(nn.Module):
    """An inverted residual block of EfficientNet-lite with stride 1; its layers are named as in the package."""

    def __init__(self, given: int, wide: int, size: int, out: int) -> None:
        super().__init__()
        self._expand_conv, self._bn0 = nn.Conv2d(given, wide, 1, bias=False), nn.BatchNorm2d(wide, EPSILON)
        depthwise = nn.Conv2d(wide, wide, size, padding=size // 2, groups=wide, bias=False)
        self._depthwise_conv, self._bn1 = depthwise, nn.BatchNorm2d(wide, EPSILON)
        self._project_conv, self._bn2 = nn.Conv2d(wide, out, 1, bias=False), nn.BatchNorm2d(out, EPSILON)
        self._adds = given == out

    @classmethod
    def like(cls, weights: Weights, name: str) -> Block:
        """Of the widths that the block called `name` has in a checkpoint."""
        wide, given = weights[f"{name}._expand_conv.weight"].shape[:2]
        size, out = weights[f"{name}._depthwise_conv.weight"].shape[-1], len(weights[f"{name}._project_conv.weight"])
        return cls(given, wide, size, out)

    def forward(self, x: Tensor) -> Tensor:
        """[n, given, h, w] -> [n, out, h, w]."""
        y = functional.relu6(self._bn0(self._expand_conv(x)))
        y = functional.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self._adds else y


class Tail(nn.Module):
    """The end of EfficientNet-lite1: maps -> joint vectors [n, 256], not of unit length."""

    def __init__(self, weights: Weights, first: int = FIRST_TAUGHT) -> None:
        super().__init__()
        count = len({name.split(".")[1] for name in weights if name.startswith("_blocks.")})
        self.blocks = nn.ModuleList([Block.like(weights, f"_blocks.{k}") for k in range(first, count)])
        features, given = weights["_conv_head.weight"].shape[:2]
        self.conv_head, self.bn1 = nn.Conv2d(given, features, 1, bias=False), nn.BatchNorm2d(features, EPSILON)
        self.head = nn.Linear(features, DIM)
        own = {_own_name(name, first): value for name, value in single(weights).items()}
        self.load_state_dict({n: own.get(n, value) for n, value in self.state_dict().items()})
        quicken(self)
        self.eval()

    def forward(self, maps: Tensor, drop: float = 0.0) -> Tensor:
        """[n, 192, 7, 7] -> [n, 256]."""
        for block in self.blocks:
            maps = block(maps)
        pooled = functional.relu6(self.bn1(self.conv_head(maps))).mean((2, 3)).float()
        return self.head(functional.dropout(pooled, drop))

    def place(self, maps: np.ndarray | Tensor, drop: float = 0.0) -> Tensor:
        """Unit vectors of maps in any precision."""
        seen = torch.as_tensor(maps).float().contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            return functional.normalize(self(seen, drop).float(), dim=-1)


def _own_name(name: str, first: int) -> str:
    """The tail's name of one of the teacher's weights."""
    if not name.startswith("_blocks."):
        return name.removeprefix("_")
    _, number, rest = name.split(".", 2)
    return f"blocks.{int(number) - first}.{rest}"


class WordContrast:
    """Each word as the answer to a photo it names, among all words that do not name it.

    A word near to photos in general would win everywhere; the log of its mean over a bank of all photos is taken off.
    """

    def __init__(self, lesson: Lesson, first: Tensor, bank: Tensor, trainable: Tensor) -> None:
        self._lesson, self._bank, self._trainable = lesson, bank, trainable
        owners, width = lesson.said.owners(), first.shape[1]
        sums = torch.zeros(len(lesson.said.counts), width).index_add_(0, owners, first[lesson.said.values].float())
        self._words = functional.normalize(sums, dim=-1)  # by language: the mean of the sentences that say it
        self.count()

    @torch.no_grad()
    def count(self) -> None:
        """Take stock of how near each word is to the photos of the bank."""
        kept = self._bank[self._trainable & (self._bank.norm(dim=1) > 0.5)]
        parts = [torch.logsumexp(SCALE * part @ kept.T, 1) for part in self._words.split(512)]
        self._common = torch.cat(parts) - math.log(max(1, len(kept)))

    def put(self, rows: Tensor, photos: Tensor) -> None:
        """Where photos are seen now."""
        self._bank[rows] = photos.detach()

    def __call__(self, photos: Tensor, drawn: Draw) -> Tensor:
        """The loss of unit `photos` [n, 256] of a draw; captions in it do not count."""
        named = (drawn.words >= 0).nonzero()[:, 0]
        scores = SCALE * photos[named] @ self._words.T - self._common
        of_list = self._lesson.said_word
        shown = self._lesson.shown[:, drawn.photos[named]].T[:, of_list]
        own = of_list[None] == drawn.words[named][:, None]
        scores = scores.masked_fill(shown & ~own, OUT)
        return (torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~own, OUT), 1)).mean()


@dataclass(frozen=True)
class Plan:
    """How long, how quick, and how much each loss counts."""

    steps: int
    lr: float
    near: float = 3.0
    pull: float = 0.6
    words: float = 0.35
    drop: float = 0.2


class Trainer:
    """One run, from its last checkpoint or from the start."""

    def __init__(self, work: Path, lesson: Lesson, first: Tensor, store: Store, goal: Goal) -> None:
        self._work, self._lesson, self._first, self._goal = work, lesson, first, goal.photos
        self._filled = torch.from_numpy(store.filled)
        self._maps = store.arrays["map"]
        self._contrast, self._judge = Contrast(lesson, first), Judge(lesson)
        self.net = Tail(torch.load(work / "lite1.pt", weights_only=True))
        self.net.head.load_state_dict({"weight": goal.weight, "bias": goal.bias})
        self.net.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.average = Average(self.net, 0.985)
        named = [p for p in self.net.parameters() if p.ndim > 1], [p for p in self.net.parameters() if p.ndim <= 1]
        groups = [{"params": named[0], "weight_decay": 0.05}, {"params": named[1], "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
        self._load()
        torch.manual_seed(3 + self.average.steps)
        trainable = torch.from_numpy(lesson.questions["trainable"])
        self._words = WordContrast(lesson, first, self._placed(self._filled[0].nonzero()[:, 0]), trainable)

    def _load(self) -> None:
        path = self._work / "tail_last.pt"
        if path.exists():
            held = torch.load(path, weights_only=True)
            self.net.load_state_dict(held["net"])
            self.average.module.load_state_dict(held["average"])
            self.average.steps = held["step"]
            self.optimizer.load_state_dict(held["optimizer"])

    def save(self) -> None:
        """A checkpoint, whole or not at all, and the averaged weights for `export.py`."""
        held = {
            "net": self.net.state_dict(),
            "average": self.average.module.state_dict(),
            "step": self.average.steps,
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(held, self._work / "tail_last.tmp")
        (self._work / "tail_last.tmp").replace(self._work / "tail_last.pt")
        torch.save(held["average"], self._work / "tail.pt")

    @torch.no_grad()
    def _placed(self, rows: Tensor) -> Tensor:
        """Unit vectors [n, 256] of whole photos by the averaged weights; zeros for all but `rows`."""
        out = torch.zeros(len(self._lesson.files), DIM)
        for part in rows.split(128):
            out[part] = self.average.module.place(self._maps[0][part.numpy()])
        return out

    def look(self) -> str:
        """All figures of the averaged weights."""
        held = self._judge.held
        return self._judge(lambda sentences: self._first[sentences].float(), self._placed(held)[held])

    def advance(self, plan: Plan) -> Tensor:
        """One step; the three losses: distance to the goal, the captions' pull, the words'."""
        step = self.average.steps
        drawn = drawn_of(self._lesson, BATCH, self._filled[0])
        view = ((torch.rand(len(drawn.photos)) < 0.5) & self._filled[1][drawn.photos]).long()
        pairs = zip(view.tolist(), drawn.photos.tolist(), strict=True)
        photos = self.net.place(changed(torch.from_numpy(np.stack([self._maps[v][i] for v, i in pairs]))), plan.drop)
        near = 1 - (photos * functional.normalize(self._goal[drawn.photos].float(), dim=-1)).sum(1).mean()
        more = self._lesson.captions(1024, 0.5).sentences
        own, others = self._first[drawn.sentences].float(), self._first[more].float()
        pull = self._contrast(photos, own, drawn, more, others)
        words = self._words(photos, drawn)
        loss = plan.near * near + plan.pull * pull + plan.words * words
        step_all([self.optimizer], loss, [rate(plan.lr, step / plan.steps, step)], 5.0)
        self.average.add(self.net)
        self._words.put(drawn.photos, photos)
        if self.average.steps % BANK_EVERY == 0:
            self._words.count()
        return torch.stack([near, pull, words]).detach()

    def run(self, plan: Plan) -> None:
        """Up to the last step; saves and tells the figures now and then."""
        print(f"step {self.average.steps} look {self.look()}", flush=True)
        saved, means = time.time(), torch.zeros(3)
        while self.average.steps < plan.steps:
            losses = self.advance(plan)
            means = torch.lerp(means, losses, 0.05) if means.any() else losses
            if time.time() - saved > LOOK_EVERY or self.average.steps == plan.steps:
                self.save()
                told = "/".join(f"{value:.3f}" for value in means.tolist())
                print(f"step {self.average.steps} losses {told} look {self.look()}", flush=True)
                saved = time.time()


def changed(maps: Tensor) -> Tensor:
    """Half of the maps flipped, a third with a small hole."""
    flip = torch.rand(len(maps)) < 0.5
    maps[flip] = maps[flip].flip(-1)
    for k in (torch.rand(len(maps)) < HOLES).nonzero()[:, 0].tolist():
        top, left = (int(torch.randint(maps.shape[d] - 1, ())) for d in (2, 3))
        maps[k, :, top : top + 2, left : left + 2] = 0
    return maps


def read_places(work: Path, lesson: Lesson) -> Tensor:
    """Unit vectors float16 of all sentences by the taught text tower; made once (minutes) and kept."""
    text, path = work / "text.pt", work / "places.pt"
    if not path.exists() or path.stat().st_mtime < text.stat().st_mtime:
        tower = TextTower.of(torch.load(text, map_location="cpu", weights_only=True))
        torch.save(all_places(tower, lesson), path)
    return torch.load(path, weights_only=True)


def main() -> None:
    """Fit the goal, train the tail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=1400)
    parser.add_argument("--fit", type=int, default=300, help="steps that fit each linear map")
    parser.add_argument("--lr", type=float, default=4e-4)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(3)
    work: Path = args.work / "second"
    lesson = Lesson(work / "lesson.npz", torch.device("cpu"))
    first, store = read_places(work, lesson), Store(work / "features", len(lesson.files))
    goal = read_goal(work / "goal.pt", Contrast(lesson, first), lesson, store, args.fit)
    Trainer(work, lesson, first, store, goal).run(Plan(args.steps, args.lr))


if __name__ == "__main__":
    main()

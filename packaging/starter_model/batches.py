"""Training batches from the cached photos and teacher answers: crop, flip, light colour change, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from cache import MAPS, open_views, view_boxes
from joint_space import LOGIT_SCALE, Standard
from manifest import Row
from student import Goal
from torch import Tensor
from torch.nn import functional

MEAN, STD = 0.5, 0.25  # of every colour channel, on a 0..1 scale; part of the shipped preprocessing
SOURCE_WEIGHT = {"flickr8k": 1.6, "coco": 3.0, "tiny_imagenet": 0.6, "fruits360": 0.5, "cards": 0.5}


@dataclass(frozen=True)
class Batch:
    """Normalised pixels [n, 3, side, side] (channels last), the teacher's answers, and the rows' numbers."""

    pixels: Tensor
    goal: Goal
    rows: np.ndarray


class Batches:
    """Draws random views of the trainable photos; everything lies in memory-mapped files."""

    def __init__(self, work: Path, rows: list[Row], views: int, whole: float = 0.4) -> None:
        cache = work / "cache"
        self._pixels = np.load(cache / "pixels.npy", mmap_mode="r")
        self._views = [open_views(work, v, len(rows)) for v in range(views)]
        self._boxes = [view_boxes(len(rows), v) for v in range(views)]
        self._joint = np.load(work / "joint" / "targets.npy", mmap_mode="r")
        self._train = np.array([i for i, r in enumerate(rows) if r.trainable])
        weight = np.array([SOURCE_WEIGHT.get(rows[i].source, 1.0) for i in self._train])
        self._chance = np.cumsum(weight / weight.sum())
        self._whole = whole
        sample = np.sort(self._train[:: max(1, len(self._train) // 1500)])
        self._scale = {n: _per_channel(Standard.of(self._views[0][n][sample])) for n in MAPS}
        stored = np.load(work / "joint" / "standard.npz")
        self._standard = Standard(stored["mean"], stored["std"])

    def draw(self, size: int, side: int, rng: np.random.Generator) -> Batch:
        """One batch of `size` views at `side` px."""
        picked = self._train[np.minimum(np.searchsorted(self._chance, rng.random(size)), len(self._train) - 1)]
        crops = 1 + rng.integers(len(self._views) - 1, size=size) if len(self._views) > 1 else 0
        view = np.where(rng.random(size) < self._whole, 0, crops)
        flip = rng.random(size) < 0.5
        boxes = np.stack([self._boxes[v][i] for v, i in zip(view, picked, strict=True)])
        raw = torch.from_numpy(np.stack([self._pixels[i] for i in picked]))
        pixels = colour(crop(raw, torch.from_numpy(boxes), torch.from_numpy(flip), side, rng), rng)
        return Batch(pixels, self._goal(picked, view, torch.from_numpy(flip)), picked)

    def _goal(self, picked: np.ndarray, view: np.ndarray, flip: Tensor) -> Goal:
        pairs = list(zip(view, picked, strict=True))

        def gather(name: str) -> Tensor:
            return torch.from_numpy(np.stack([self._views[v][name][i] for v, i in pairs])).float()

        maps = {}
        for name in MAPS:
            mean, std = self._scale[name]
            chart = ((gather(name) - mean) / std).permute(0, 3, 1, 2)
            maps[name] = torch.where(flip[:, None, None, None], chart.flip(-1), chart)
        pooled = (gather("pooled") - torch.from_numpy(self._standard.mean)) / torch.from_numpy(self._standard.std)
        joint = torch.from_numpy(np.stack([self._joint[v, i] for v, i in pairs])).float()
        return Goal(maps, pooled, gather("logits") * LOGIT_SCALE, joint)


def _per_channel(standard: Standard) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(standard.mean), torch.from_numpy(standard.std)


def crop(raw: Tensor, boxes: Tensor, flip: Tensor, side: int, rng: np.random.Generator) -> Tensor:
    """uint8 [n, h, w, 3] -> float [n, 3, side, side] 0..255: the box, a little shaken, flipped where asked."""
    size = len(raw)
    centre = (boxes[:, :2] + boxes[:, 2:]) - 1
    half = boxes[:, 2:] - boxes[:, :2]
    shake = torch.from_numpy(rng.uniform(-0.04, 0.04, (size, 2)).astype(np.float32))
    zoom = torch.from_numpy(rng.uniform(0.94, 1.02, (size, 2)).astype(np.float32))
    theta = torch.zeros(size, 2, 3)
    theta[:, 0, 0] = half[:, 0] * zoom[:, 0] * torch.where(flip, -1.0, 1.0)
    theta[:, 1, 1] = half[:, 1] * zoom[:, 1]
    theta[:, :, 2] = centre + shake * half
    grid = functional.affine_grid(theta, [size, 3, side, side], align_corners=False)
    photos = raw.permute(0, 3, 1, 2).float()
    return functional.grid_sample(photos, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def colour(photos: Tensor, rng: np.random.Generator) -> Tensor:
    """Brightness, contrast, saturation each changed by up to 15 %, then normalised; channels last.

    All three and the normalisation are one 3x3 matrix and an offset per photo: one pass over the pixels.
    """
    size, side = len(photos), photos.shape[-1]
    gain, contrast, vivid = torch.from_numpy(rng.uniform(0.85, 1.15, (3, size, 1, 1)).astype(np.float32))
    mix = vivid * torch.eye(3) + (1 - vivid) * torch.full((3, 3), 1 / 3)
    level = photos[:, :, ::4, ::4].mean((1, 2, 3))[:, None, None]
    offset = (gain * (1 - contrast) * level / 255 - MEAN) / STD
    flat = torch.baddbmm(offset.expand(size, 3, 1), gain * contrast * mix / (255 * STD), photos.flatten(2))
    return flat.view(size, 3, side, side).contiguous(memory_format=torch.channels_last)


def whole(raw: np.ndarray, side: int) -> Tensor:
    """uint8 [n, h, w, 3] squashed to `side` and normalised, for measuring."""
    photos = torch.from_numpy(np.ascontiguousarray(raw)).permute(0, 3, 1, 2).float()
    if photos.shape[-1] != side:
        photos = functional.interpolate(photos, (side, side), mode="bicubic", antialias=True).clamp(0, 255)
    return ((photos / 255) - MEAN).div(STD).contiguous(memory_format=torch.channels_last)

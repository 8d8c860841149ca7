"""All photos in one array, and random views of them, on one device: crops, flips, colours a little changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

STORED = 192  # px of the squashed photos; the short side of the files is 144
BLOCK = 256  # photos that one process decodes at a time


def _decode(job: tuple[Path, list[str]]) -> np.ndarray:
    path, names = job
    out = np.zeros((len(names), STORED, STORED, 3), np.uint8)
    with zipfile.ZipFile(path) as held:
        for k, name in enumerate(names):
            photo = Image.open(io.BytesIO(held.read(name))).convert("RGB")
            out[k] = np.asarray(photo.resize((STORED, STORED), Image.Resampling.BICUBIC))
    return out


def read_photos(folder: Path, files: Sequence[str], workers: int) -> np.ndarray:
    """The photos `source/name` from `folder/source.zip`, uint8 [n, 192, 192, 3]."""
    jobs: list[tuple[Path, list[str]]] = []
    for file in files:
        source, name = file.split("/", 1)
        path = folder / f"{source}.zip"
        if not jobs or jobs[-1][0] != path or len(jobs[-1][1]) >= BLOCK:
            jobs.append((path, []))
        jobs[-1][1].append(name)
    with ProcessPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(_decode, jobs)))


def whole(count: int, device: torch.device) -> Tensor:
    """Boxes [count, 4] of whole photos."""
    return torch.tensor([[0.0, 0, 1, 1]], device=device).repeat(count, 1)


def boxes(count: int, device: torch.device) -> Tensor:
    """Random crops [count, 4] as x0, y0, x1, y1 in 0..1."""
    area = torch.empty(count, device=device).uniform_(0.35, 0.95)
    ratio = torch.empty(count, device=device).uniform_(-0.22, 0.22).exp()
    width, height = (area * ratio).sqrt().clamp(max=1), (area / ratio).sqrt().clamp(max=1)
    left, top = torch.rand(2, count, device=device)
    left, top = left * (1 - width), top * (1 - height)
    return torch.stack([left, top, left + width, top + height], 1)


def cut(raw: Tensor, box: Tensor, side: int, shake: bool) -> Tensor:
    """uint8 [n, 192, 192, 3] -> [n, 3, side, side] in 0..1: the box; with `shake` moved, flipped and recoloured."""
    count, device = len(raw), raw.device
    centre, half = box[:, :2] + box[:, 2:] - 1, box[:, 2:] - box[:, :2]
    flip = torch.ones(count, device=device)
    if shake:
        centre = centre + half * torch.empty(count, 2, device=device).uniform_(-0.04, 0.04)
        half = half * torch.empty(count, 2, device=device).uniform_(0.94, 1.02)
        flip = torch.where(torch.rand(count, device=device) < 0.5, -1.0, 1.0)
    theta = torch.zeros(count, 2, 3, device=device)
    theta[:, 0, 0], theta[:, 1, 1], theta[:, :, 2] = half[:, 0] * flip, half[:, 1], centre
    grid = functional.affine_grid(theta, [count, 3, side, side], align_corners=False)
    photos = raw.permute(0, 3, 1, 2).float() / 255
    seen = functional.grid_sample(photos, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
    return recolour(seen) if shake else seen


def recolour(photos: Tensor) -> Tensor:
    """Brightness, contrast and saturation each changed by up to 15 %."""
    gain, contrast, vivid = torch.empty(3, len(photos), 1, 1, 1, device=photos.device).uniform_(0.85, 1.15)
    grey = photos.mean(1, keepdim=True)
    level = grey.mean((2, 3), keepdim=True)
    return gain * (contrast * (vivid * photos + (1 - vivid) * grey) + (1 - contrast) * level)


def squashed(raw: Tensor, side: int) -> Tensor:
    """uint8 [n, 192, 192, 3] -> [n, 3, side, side] in 0..1, as the program sees a photo."""
    photos = raw.permute(0, 3, 1, 2).float() / 255
    return functional.interpolate(photos, (side, side), mode="bicubic", antialias=side < STORED).clamp(0, 1)

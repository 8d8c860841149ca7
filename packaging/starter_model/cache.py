"""Step 1: decode every photo once and run the teacher on a few views of it.

The teacher (int8 MobileNetV2) needs about 2 ms a view on one core, the student several times that, so each
stored view is used many times. Besides the pooled features we keep three *maps* from inside the teacher: a
target for every position teaches the student's early layers far faster than one vector per photo does.

    python cache.py DATA WORK --views 4 --workers 2
"""

from __future__ import annotations

import argparse
import importlib
import io
import multiprocessing
import os
from pathlib import Path
from typing import Any

import numpy as np
from manifest import Photos, Row, read_rows
from numpy.lib.format import open_memmap
from PIL import Image

SIDE = 160  # px of the stored, squashed photo
TEACHER = "teacher/tf2_mobilenet_v2_1.0_224_ptq.tflite"
TEACHER_SIDE = 224
POOLED, LOGITS = 172, 174  # tensor indices of the teacher file
MAPS = {"s8": 130, "s16": 156, "s32": 170}  # 28x28x32 (stored 14x14), 14x14x96, 7x7x320
SHAPES = {"s8": (14, 14, 32), "s16": (14, 14, 96), "s32": (7, 7, 320), "pooled": (1280,), "logits": (1001,)}


def view_boxes(count: int, view: int) -> np.ndarray:
    """Seeded crop boxes [count, 4] as x0, y0, x1, y1 in 0..1; view 0 is the whole photo."""
    if view == 0:
        return np.tile(np.array([0, 0, 1, 1], np.float32), (count, 1))
    rng = np.random.default_rng(1000 + view)
    area = rng.uniform(0.35, 0.95, count)
    ratio = np.exp(rng.uniform(np.log(0.8), np.log(1.25), count))
    width = np.minimum(np.sqrt(area * ratio), 1.0)
    height = np.minimum(np.sqrt(area / ratio), 1.0)
    left = rng.uniform(0, 1, count) * (1 - width)
    top = rng.uniform(0, 1, count) * (1 - height)
    return np.stack([left, top, left + width, top + height], 1).astype(np.float32)


class Teacher:
    """The TFLite teacher on one thread, giving pooled features, class scores and three inner maps as int8."""

    def __init__(self, data: Path) -> None:
        litert: Any = importlib.import_module("ai_edge_litert.interpreter")  # not a dependency of the product
        self._net = litert.Interpreter(str(data / TEACHER), num_threads=1, experimental_preserve_all_tensors=True)
        self._net.allocate_tensors()

    def look(self, photo: Image.Image, box: np.ndarray) -> dict[str, np.ndarray]:
        """All targets for one view; `box` in 0..1 of the photo, squashed to the teacher's input."""
        width, height = photo.size
        left, top, right, bottom = (float(v) for v in box)
        pixels = (left * width, top * height, right * width, bottom * height)
        seen = photo.resize((TEACHER_SIDE, TEACHER_SIDE), Image.Resampling.BICUBIC, box=pixels)
        self._net.set_tensor(0, np.asarray(seen, np.uint8)[None])
        self._net.invoke()
        maps = {name: self._net.get_tensor(index)[0] for name, index in MAPS.items()}
        fine = maps["s8"].astype(np.float32).reshape(14, 2, 14, 2, 32).mean((1, 3))
        maps["s8"] = np.rint(fine).astype(np.int8)
        pooled = self._net.get_tensor(POOLED).reshape(1280)
        return maps | {"pooled": pooled, "logits": self._net.get_tensor(LOGITS).reshape(1001)}


def open_views(work: Path, view: int, count: int, mode: str = "r") -> dict[str, np.ndarray]:
    """Memory-mapped target arrays of one view, int8, first axis = row of the manifest."""
    folder = work / "cache" / f"view{view}"
    folder.mkdir(parents=True, exist_ok=True)
    if mode == "r":
        return {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in SHAPES}
    return {name: open_memmap(folder / f"{name}.npy", mode, np.int8, (count, *shape)) for name, shape in SHAPES.items()}


def fill(data: Path, work: Path, views: list[int], rows: list[Row], part: range, pixels_too: bool) -> None:
    """Fill rows `part` of the arrays (they exist already)."""
    photos, teacher = Photos(data), Teacher(data)
    pixels = np.load(work / "cache" / "pixels.npy", mmap_mode="r+") if pixels_too else None
    folder = work / "cache"
    arrays = [{n: np.load(folder / f"view{v}" / f"{n}.npy", mmap_mode="r+") for n in SHAPES} for v in views]
    boxes = [view_boxes(len(rows), v) for v in views]
    for i in part:
        photo = Image.open(io.BytesIO(photos.read(rows[i]))).convert("RGB")
        if pixels is not None:
            pixels[i] = np.asarray(photo.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
        for array, box in zip(arrays, boxes, strict=True):
            for name, value in teacher.look(photo, box[i]).items():
                array[name][i] = value
        if i % 2000 == 0:
            print(f"row {i}", flush=True)


def main() -> None:
    """Create the arrays for views not cached yet and fill them with `--workers` processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--views", type=int, default=4, help="views a photo, the whole photo counted")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    rows = read_rows(args.data)
    (args.work / "cache").mkdir(parents=True, exist_ok=True)
    todo = [v for v in range(args.views) if not (args.work / "cache" / f"view{v}" / "done").exists()]
    pixels_too = 0 in todo
    if pixels_too:
        open_memmap(args.work / "cache" / "pixels.npy", "w+", np.uint8, (len(rows), SIDE, SIDE, 3)).flush()
    for view in todo:
        open_views(args.work, view, len(rows), "w+")
    jobs = [
        multiprocessing.Process(
            target=fill, args=(args.data, args.work, todo, rows, range(w, len(rows), args.workers), pixels_too)
        )
        for w in range(args.workers)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    if any(job.exitcode for job in jobs):
        raise SystemExit("a worker failed")
    for view in todo:
        (args.work / "cache" / f"view{view}" / "done").touch()


if __name__ == "__main__":
    main()

"""What the frozen teachers see in two views of every photo to be trained on, and in the held-out ones.

Of EfficientNet-lite1 the map after its first 16 blocks as well, from which `tail.py` goes on; of it and of lite2 pooled
features and class scores. OpenVINO runs both on the processor in bfloat16, 32 photos at a time. Arrays in
WORK/second/features have a row for each photo of the lesson; a stopped run goes on where it was. Whole photos come
first, those with captions before the others, so that a run that is not finished can be trained on, too.

    python features.py DATA WORK
"""

from __future__ import annotations

import argparse
import io
import os
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from cache import view_boxes
from networks import CLASSES, FEATURES, KINDS, Lite, lite_weights
from numpy.lib.format import open_memmap
from PIL import Image
from torch import Tensor, nn

SIDE = 224  # px
FIRST_TAUGHT = 16  # the block whose input is kept as the map: the first of the last five
VIEWS = 2
BATCH = 32
SAVE_EVERY = 20  # batches
SHAPES = {
    "map": (192, 7, 7),
    "pooled1": (FEATURES,),
    "scores1": (CLASSES,),
    "pooled2": (FEATURES,),
    "scores2": (CLASSES,),
}


class Split(nn.Module):
    """A teacher that tells its map before block `at`, its pooled features and its class scores."""

    def __init__(self, lite: Lite, at: int) -> None:
        super().__init__()
        self.net, self._at = lite.net, at

    def forward(self, photos: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """[n, 3, side, side] in 0..1 -> [n, 192, 7, 7], [n, 1280], [n, 1000]."""
        net = self.net
        x = net._swish(net._bn0(net._conv_stem((photos * 255 - 127) / 128)))
        for block in net._blocks[: self._at]:
            x = block(x)
        chart = x
        for block in net._blocks[self._at :]:
            x = block(x)
        pooled = net._swish(net._bn1(net._conv_head(x))).mean((2, 3))
        return chart, pooled, net._fc(pooled)


def export(kind: int, folder: Path) -> Path:
    """The ONNX file of a teacher for batches of 32, made once; its weights are kept beside it, `lite<kind>.pt`."""
    path, weights = folder / f"lite{kind}.onnx", lite_weights(kind)
    torch.save(weights, folder / f"lite{kind}.pt")
    if not path.exists():
        split = Split(Lite(kind, weights, SIDE), FIRST_TAUGHT).eval()
        photos = torch.rand(BATCH, 3, SIDE, SIDE)
        names = ["map", "pooled", "scores"]
        torch.onnx.export(
            split, (photos,), str(path.with_suffix(".tmp")), input_names=["x"], output_names=names, dynamo=False
        )
        path.with_suffix(".tmp").replace(path)
    return path


class Store:
    """The arrays, float16 [n, ...] by name for each view, and which rows of each view are filled."""

    def __init__(self, folder: Path, count: int, write: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._done = folder / "done.npy"
        fresh = not self._done.exists()
        self.filled: np.ndarray = np.zeros((VIEWS, count), bool) if fresh else np.load(self._done)
        if self.filled.shape != (VIEWS, count):
            raise SystemExit(f"{folder} was made of another lesson: remove it")
        paths = {name: [folder / f"{name}.{view}.npy" for view in range(VIEWS)] for name in SHAPES}
        if write and fresh:
            for name, shape in SHAPES.items():
                for path in paths[name]:
                    open_memmap(path, "w+", np.float16, (count, *shape)).flush()
        mode = "r+" if write else "r"
        self.arrays = {name: [np.load(path, mmap_mode=mode) for path in own] for name, own in paths.items()}

    def put(self, view: int, rows: np.ndarray, values: dict[str, np.ndarray]) -> None:
        """Fill rows of one view."""
        for name, value in values.items():
            self.arrays[name][view][rows] = value
        self.filled[view, rows] = True

    def save(self) -> None:
        """Remember which rows are filled, after what they hold has been written."""
        for array in (array for own in self.arrays.values() for array in own):
            array.flush()  # type: ignore[attr-defined]
        temporary = self._done.with_name("done.tmp.npy")
        np.save(temporary, self.filled)
        temporary.replace(self._done)


@dataclass(frozen=True)
class Work:
    """One batch: a view and the rows to look at in it."""

    view: int
    rows: np.ndarray


def work_left(filled: np.ndarray, trainable: np.ndarray, described: np.ndarray) -> list[Work]:
    """Batches in the order of their use: held-out photos, described ones, the rest; then their second view."""
    rng = np.random.default_rng(0)
    rank = np.where(~trainable, 0, np.where(described, 1, 2))
    order = np.lexsort((rng.random(len(rank)), rank))
    out: list[Work] = []
    for view in range(VIEWS):
        rows = order[~filled[view, order] & (trainable[order] | (view == 0))]
        out += [Work(view, rows[k : k + BATCH]) for k in range(0, len(rows), BATCH)]
    return out


class Reader:
    """Reads views of the lesson's photos from the archives of DATA/starter."""

    def __init__(self, data: Path, files: list[str]) -> None:
        self._files = files
        self._boxes = [view_boxes(len(files), view) for view in range(VIEWS)]
        sources = {file.split("/", 1)[0] for file in files}
        self._zips = {source: zipfile.ZipFile(data / "starter" / f"{source}.zip") for source in sources}

    def __call__(self, work: Work) -> np.ndarray:
        """Float32 [32, 3, 224, 224] in 0..1; a short batch is filled up with its last photo."""
        photos = [self._read(work.view, row) for row in work.rows.tolist()]
        return np.stack([*photos, *[photos[-1]] * (BATCH - len(photos))])

    def _read(self, view: int, row: int) -> np.ndarray:
        source, name = self._files[row].split("/", 1)
        photo = Image.open(io.BytesIO(self._zips[source].read(name))).convert("RGB")
        left, top, right, bottom = (self._boxes[view][row] * np.array([*photo.size, *photo.size])).tolist()
        seen = photo.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box=(left, top, right, bottom))
        return np.asarray(seen, np.float32).transpose(2, 0, 1) / 255


def compiled(path: Path, threads: int) -> Any:
    """A network that OpenVINO runs."""
    import openvino

    how = {
        "PERFORMANCE_HINT": "THROUGHPUT",
        "INFERENCE_PRECISION_HINT": "bf16",
        "INFERENCE_NUM_THREADS": threads,
    }
    core: Any = openvino.Core()
    return core.compile_model(core.read_model(str(path)), "CPU", how)


def fill(store: Store, reader: Reader, nets: dict[int, Any], todo: list[Work]) -> None:
    """Look at everything that is left; the next batch is read meanwhile."""
    began = time.time()
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(reader, todo[0]) if todo else None
        for number, work in enumerate(todo):
            assert coming is not None
            photos = coming.result()
            coming = pool.submit(reader, todo[number + 1]) if number + 1 < len(todo) else None
            count, values = len(work.rows), dict[str, np.ndarray]()
            for kind, net in nets.items():
                seen = net(photos)
                values |= {f"{name}{kind}": seen[name][:count] for name in ("pooled", "scores")}
                values |= {"map": seen["map"][:count]} if kind == 1 else {}
            store.put(work.view, work.rows, values)
            if number % SAVE_EVERY == 0:
                store.save()
                print(f"{number + 1} of {len(todo)} batches, {time.time() - began:.0f} s", flush=True)
    store.save()


def main() -> None:
    """Export the teachers, fill the arrays."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    folder: Path = args.work / "second"
    with np.load(folder / "lesson.npz") as lesson:
        files, trainable, described = lesson["files"].tolist(), lesson["trainable"], lesson["described"]
    nets = {kind: compiled(export(kind, folder), args.threads) for kind in KINDS}
    store = Store(folder / "features", len(files), write=True)
    todo = work_left(store.filled, trainable, described)
    fill(store, Reader(args.data, files), nets, todo)
    print(f"{store.filled.sum(1).tolist()} photos a view")


if __name__ == "__main__":
    main()

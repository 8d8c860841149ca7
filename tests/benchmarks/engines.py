"""What makes a processor faster: each engine against plain torch, as open_clip runs a model by itself.

Compared is the processor time of a batch, which other programs on the machine hardly change; the engines run at a low
priority, so that by the clock they would lose to whatever else runs.
"""

from __future__ import annotations

import functools
import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import torch
from numpy.typing import NDArray

from core.encoder import torchvision_guard
from core.encoder.engine import ENOUGH, least_cosine, probe_pictures
from core.encoder.process import EncoderProcess
from core.encoder.processor import cpu_threads
from core.encoder.protocol import Backend
from core.errors import ModelError
from core.models import ModelFolder, find_entry
from tests.benchmarks.figures import tell
from tests.benchmarks.giants import make_giant

BACKENDS: tuple[Backend, ...] = ("torch", "torch-16", "openvino-32", "openvino", "onnxruntime")
BATCH = 8
LARGE = 300
"""Pixels a side from which a picture takes a processor seconds: one of them is enough to compare engines on."""
MODEL = "datacomp-base-32"


@dataclass(frozen=True, slots=True)
class _Taken:
    """The vectors of a batch, and the seconds it took: by the clock, and of the processor."""

    vectors: NDArray[np.float32]
    seconds: float
    processor: float


def engines() -> None:
    """Compare the engines on the smallest of the models people fetch: a ViT-B/32, in its true size."""
    with tempfile.TemporaryDirectory() as name:
        compare_engines(make_giant(find_entry(MODEL), Path(name) / MODEL), Path(name) / "converted")


def compare_engines(model: ModelFolder, cache: Path) -> None:
    """Print how fast each engine is against plain torch, and see to it that its vectors are torch's."""
    pictures = probe_pictures(model, BATCH if model.pixels.width < LARGE else 1)
    plain = _by_open_clip_itself(model, pictures)
    for backend in BACKENDS:
        encoder = EncoderProcess(model, "images", device="cpu", backend=backend, cache=cache)
        try:
            encoder.start()
            child = _largest_child()
            taken = _take(functools.partial(encoder.encode_images, pictures), functools.partial(_processor_time, child))
            memory = child.memory_info().rss / 1e9
        except ModelError as error:
            print(f"{model.name}, {backend}: {error}", flush=True)
            continue
        finally:
            encoder.close()
        cosine = least_cosine(taken.vectors, plain.vectors)
        detail = f"{len(pictures) / taken.seconds:.1f} photos/s, cosine {cosine:.5f}, {memory:.1f} GB"
        tell(f"{model.name}, {backend} / plain torch", plain.processor / taken.processor, "x", detail=detail)
        assert cosine >= ENOUGH


def _by_open_clip_itself(model: ModelFolder, pictures: NDArray[np.uint8]) -> _Taken:
    """Return what open_clip's own model gives for the pictures in float32, and what it takes."""
    torchvision_guard.install()
    import open_clip

    torch.set_num_threads(cpu_threads())
    torch.set_float32_matmul_precision("highest")
    text: Any = model.config["model_cfg"]["text_cfg"]
    if "hf_model_name" in text:  # open_clip would ask the hub for it; the pictures' tower is the same
        from core.encoder.towers import load_tower

        visual: Any = load_tower(model, "images")
    else:
        logging.disable(logging.WARNING)  # through the root logger: that it takes the weights from the folder
        clip: Any = open_clip.create_model(f"local-dir:{model.path}")
        logging.disable(logging.NOTSET)
        visual = clip.visual
        del clip
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (model.mean, model.std))
    batch = (torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255 - mean) / std
    with torch.inference_mode():
        return _take(
            lambda: torch.nn.functional.normalize(visual.eval()(batch), dim=-1).numpy(), clock=time.process_time
        )


def _take(action: Callable[[], NDArray[np.float32]], clock: Callable[[], float]) -> _Taken:
    """Run up to nine times, after one that is not counted; `clock` gives the processor time of whoever does it."""
    answer = action()
    durations: list[float] = []
    began, processor = time.perf_counter(), clock()
    while not durations or (len(durations) < 9 and time.perf_counter() - began < 20):
        start = time.perf_counter()
        action()
        durations.append(time.perf_counter() - start)
    return _Taken(answer, statistics.median(durations), (clock() - processor) / len(durations))


def _largest_child() -> psutil.Process:
    """Return the process the model is in."""
    return max(psutil.Process().children(), key=lambda child: child.memory_info().rss)


def _processor_time(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)

"""How fast a model is on this machine: measured in its own processes, remembered beside its converted towers."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from core.encoder.engine import probe_pictures
from core.encoder.process import EncoderProcess
from core.encoder.protocol import Backend
from core.messages import OTHER, Message, message_from_json
from core.models import ModelFolder
from core.small_files import read_small

logger = logging.getLogger(__name__)

_FILE = "speed.json"
_QUERIES = ("a photo of a dog", "sunset over the sea", "two people at a table", "雪山", "a red car in the rain")

_MOST_QUERIES = 200
"""Of a model that is quick, so many tell its speed; the time that is given tells it of others."""
_NO_TIME = 1e-9
"""Seconds: a clock may have stood still between two looks, and nothing is divided by zero."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a model is here. Vectors only: decoding the photos runs beside it.

    Attributes:
        model: its name; key: names this very version of it.
        device: what ran the pictures' tower.
        photos_per_second: pictures embedded, at the batch the device likes.
        milliseconds_per_query: from words to their vector, median.
        notes: faster ways that were tried and are not used, and why.
        measured: when, ISO 8601, UTC.
    """

    model: str
    key: str
    device: Message
    photos_per_second: float
    milliseconds_per_query: float
    notes: tuple[Message, ...] = ()
    measured: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as values that JSON knows."""
        told = {"device": self.device.as_json(), "notes": [note.as_json() for note in self.notes]}
        return {**asdict(self), **told}

    def seconds_for(self, photos: int) -> float:
        """Return about how long it takes to embed so many photos."""
        return photos / self.photos_per_second if self.photos_per_second > 0 else float("inf")


def measure_speed(
    model: ModelFolder,
    *,
    cache: Path | None = None,
    device: str = "auto",
    backend: Backend = "auto",
    seconds: float = 5.0,
) -> Speed:
    """Measure a model for about `seconds` per tower, after loading it, and remember the result in `cache`.

    Raises:
        ModelError: if it cannot be loaded or run.
    """
    images = EncoderProcess(model, "images", device=device, backend=backend, cache=cache)
    try:
        rate = _photos_per_second(images, model, seconds)
        words, notes = images.device or OTHER(text=""), images.notes
    finally:
        images.close()
    texts = EncoderProcess(model, "texts", device="cpu", backend=backend, cache=cache)
    try:
        query = _milliseconds_per_query(texts, seconds)
    finally:
        texts.close()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    speed = Speed(model.name, model.build, words, round(rate, 2), round(query, 2), notes, now)
    if cache is not None:
        _remember(speed, cache)
    return speed


def known_speed(model: ModelFolder, cache: Path) -> Speed | None:
    """Return what was measured of a model on this machine, or None."""
    try:
        known: dict[str, Any] = json.loads(read_small(cache / model.build / _FILE))
        known["device"] = message_from_json(known["device"])
        known["notes"] = tuple(map(message_from_json, known["notes"]))
        return Speed(**known)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _photos_per_second(images: EncoderProcess, model: ModelFolder, seconds: float) -> float:
    images.start()
    batch = np.repeat(probe_pictures(model, 8), max(1, images.batch_size // 8), axis=0)
    images.encode_images(batch)
    done, started, passed = 0, time.perf_counter(), 0.0
    while done == 0 or passed < seconds:
        images.encode_images(batch)
        done += len(batch)
        passed = time.perf_counter() - started
    return done / max(passed, _NO_TIME)


def _milliseconds_per_query(texts: EncoderProcess, seconds: float) -> float:
    texts.start()
    taken: list[float] = []
    started = time.perf_counter()
    while not taken or (time.perf_counter() - started < seconds and len(taken) < _MOST_QUERIES):
        before = time.perf_counter()
        texts.encode_texts([_QUERIES[len(taken) % len(_QUERIES)]])
        taken.append(time.perf_counter() - before)
    return float(np.median(taken)) * 1000


def _remember(speed: Speed, cache: Path) -> None:
    file = cache / speed.key / _FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(speed.as_json()), encoding="utf-8")
    except OSError as error:
        logger.info("the speed is not remembered: %s", error)

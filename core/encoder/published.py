"""Towers published as ONNX (`core.models.onnx_layout`): run as they are, without torch, and proven where that can be.

They take what open_clip's towers take: pictures as numbers that are normalised already, or token ids. Most were written
for one picture or text at a time. The file is the truth here, as the weights are elsewhere; where the vector is noted
that torch gives for the probe, a tower that computes something else on this machine is refused.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.encoder.choice import Choice
from core.encoder.engine import ENOUGH, EngineError, least_cosine
from core.encoder.onnx_openvino import onnx_session, pieces
from core.encoder.processor import cpu_batch, cpu_threads, cpu_title
from core.encoder.protocol import Backend
from core.errors import ModelError
from core.messages import engine_messages
from core.models import ModelFolder, Tower, onnx_layout
from core.models.folder import PROBE
from core.small_files import read_small

_NUMBERS = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(uint8)": np.uint8,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
}
_SMALLEST = 1e-12


class PublishedEngine:
    """See `core.encoder.engine.Engine`. Pictures are shared out to the cores, one text is computed by all of them."""

    def __init__(self, model: ModelFolder, tower: Tower) -> None:
        """Load a tower.

        Raises:
            EngineError: if ONNX Runtime is not installed, or the tower asks for more than pictures or token ids.
        """
        self.words = engine_messages.ON_ONNX_RUNTIME(processor=cpu_title(), bits=32)
        self._pictures = tower == "images"
        part = onnx_layout.PICTURES if self._pictures else onnx_layout.WORDS
        self._session: Any = onnx_session(model.path / part / onnx_layout.TOWER, 1 if self._pictures else cpu_threads())
        wanted = self._session.get_inputs()
        if len(wanted) != 1 or wanted[0].type not in _NUMBERS:
            raise EngineError(engine_messages.INPUT_UNKNOWN())
        self._input = wanted[0]
        self._numbers = _NUMBERS[wanted[0].type]
        self._one_by_one = isinstance(wanted[0].shape[0], int)
        self._mean = np.array(model.mean, np.float32) * 255
        self._deviation = np.array(model.std, np.float32) * 255
        threads = cpu_threads() if self._pictures else 1
        self._threads = ThreadPoolExecutor(threads, "tower") if threads > 1 else None

    def run(self, batch: NDArray[Any]) -> NDArray[np.float32]:
        parts = pieces(batch, len(batch) if self._one_by_one else cpu_threads())
        answers = map(self._run, parts) if self._threads is None else self._threads.map(self._run, parts)
        vectors = np.concatenate(list(answers))
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _SMALLEST)

    def close(self) -> None:
        self._session = None
        if self._threads is not None:
            self._threads.shutdown()

    def _run(self, batch: NDArray[Any]) -> NDArray[np.float32]:
        try:
            vectors = self._session.run(None, {self._input.name: self._prepared(batch)})[0]
        except Exception as error:  # its own classes, none of them a RuntimeError
            raise RuntimeError(str(error)) from error
        return np.array(vectors, dtype=np.float32).reshape(len(batch), -1)

    def _prepared(self, batch: NDArray[Any]) -> NDArray[Any]:
        """Return pictures or token ids in the numbers and the order of axes that the tower takes."""
        if self._pictures and self._numbers != np.uint8:
            batch = (batch.astype(np.float32) - self._mean) / self._deviation
        if self._pictures and self._input.shape[-1] != 3:
            batch = batch.transpose(0, 3, 1, 2)
        return np.ascontiguousarray(batch, dtype=self._numbers)


def published_choice(model: ModelFolder, tower: Tower, probe: NDArray[Any], backend: Backend = "auto") -> Choice:
    """Load a published tower.

    Raises:
        EngineError: if another engine was asked for by name, or ONNX Runtime cannot run it.
        ModelError: if it does not compute what it should.
    """
    if backend not in ("auto", "onnxruntime"):
        raise EngineError(engine_messages.PUBLISHED_ONLY())
    engine = PublishedEngine(model, tower)
    vectors = engine.run(probe[:1])
    expected = _noted(model, tower)
    cosine = 1.0 if expected is None else least_cosine(vectors, expected)
    if vectors.shape[1] != model.dimension or not np.isfinite(vectors).all() or cosine < ENOUGH:
        engine.close()
        raise ModelError(engine_messages.COMPUTES_OTHERWISE(name=model.name, cosine=round(cosine, 4)))
    return Choice(engine, cpu_batch(), cosine=cosine)


def _noted(model: ModelFolder, tower: Tower) -> NDArray[np.float32] | None:
    try:
        notes = json.loads(read_small(model.path / PROBE))
        return np.array([notes[tower]], dtype=np.float32)
    except (OSError, ValueError, KeyError, TypeError):
        return None

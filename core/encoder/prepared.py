"""The engines that are there without torch and without comparing: a tower that is converted, on what runs it.

A tower was converted here and found best (`core.encoder.backend_cache` remembers that), or it came converted with its
model (`core.encoder.ready_towers`). Either way it has to give, for one of the probe, the vector torch gave.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray

from core.encoder.backend_cache import BackendChoice, recall
from core.encoder.choice import Choice
from core.encoder.engine import ENOUGH, Engine, EngineError, least_cosine
from core.encoder.onnx_openvino import (
    OnnxEngine,
    OpenVinoEngine,
    discard_converted,
    is_converted,
    onnx_tower,
    openvino_file,
)
from core.encoder.processor import cpu_batch
from core.encoder.protocol import Tower
from core.encoder.published import published_choice
from core.encoder.ready_towers import ready_tower
from core.messages import engine_messages
from core.models import ModelFolder

logger = logging.getLogger(__name__)

CONVERTED = ("openvino", "openvino-32", "onnxruntime")
"""The engines that run converted towers."""

Started = TypeVar("Started", OpenVinoEngine, OnnxEngine, OpenVinoEngine | OnnxEngine)


def prepared_choice(
    model: ModelFolder, tower: Tower, probe: NDArray[Any], *, device: str = "auto", cache: Path | None = None
) -> Choice | None:
    """Load a tower into the engine that was found best here, or into the one it came for; None if there is neither.

    Args:
        probe: a few pictures or tokenised sentences, always the same.
        cache: where converted towers and verdicts are kept.

    Raises:
        EngineError, ModelError: if the model was published as ONNX and that cannot be run.
    """
    if model.layout == "onnx":
        return published_choice(model, tower, probe)
    verdict = recall(model, tower, cache, device) if cache is not None else None
    if cache is not None and verdict is not None and verdict.backend in CONVERTED:
        choice = as_before(verdict, lambda: converted_engine(verdict.backend, model, tower, cache, _no_network), probe)
        if choice is not None:
            return choice
        discard_converted(model, tower, cache)  # whatever is wrong with it, it is made again
    return _ready_choice(model, tower, probe)


def is_prepared(model: ModelFolder, tower: Tower, cache: Path) -> bool:
    """Tell whether it is known what runs a tower on this machine's processor, without loading it."""
    if model.layout == "onnx" or ready_tower(model, tower) is not None:
        return True
    return recall(model, tower, cache, "auto") is not None


def _ready_choice(model: ModelFolder, tower: Tower, probe: NDArray[Any]) -> Choice | None:
    """Return the tower that came converted with a model, on ONNX Runtime; None if it does not compute what it should.

    It is as quick as a model that small has to be, on a graphics card too, and it starts in a tenth of the time.
    """
    ready = ready_tower(model, tower)
    if ready is None:
        return None
    try:
        engine = _started(lambda: OnnxEngine(ready))
        cosine = least_cosine(engine.run(probe[:1]), ready.vector)
    except (EngineError, RuntimeError) as error:
        logger.warning("the tower %s that came with the model cannot be used: %s", tower, error)
        return None
    if cosine < ENOUGH:
        logger.warning("the tower %s that came with the model computes something else here (%.4f)", tower, cosine)
        engine.close()
        return None
    return Choice(engine, cpu_batch(), cosine=cosine)


def converted_engine(
    name: str, model: ModelFolder, tower: Tower, cache: Path | None, network: Callable[[], Any]
) -> OpenVinoEngine | OnnxEngine:
    """Return an engine for a converted tower, converting it first if that was never done, or what is there is damaged.

    Raises:
        EngineError: if it cannot be had here.
    """
    if cache is None:
        raise EngineError(engine_messages.NO_FOLDER())

    def start() -> OpenVinoEngine | OnnxEngine:
        if name.startswith("openvino"):
            file = openvino_file(model, tower, cache, network)
            return OpenVinoEngine(file, pictures=tower == "images", exact=name == "openvino-32")
        return OnnxEngine(onnx_tower(model, tower, cache, network))

    kept = is_converted(model, tower, cache)
    try:
        return _started(start)
    except _NotStarted:
        if not kept:
            raise
        logger.info("what was converted before does not start; it is made again", exc_info=True)
        discard_converted(model, tower, cache)
        return _started(start)


class _NotStarted(EngineError):
    """A converted tower is there, and its runtime fails in starting it."""


def _started(start: Callable[[], Started]) -> Started:
    """Start an engine on a converted tower.

    Raises:
        _NotStarted: if its runtime fails.
        EngineError: if it cannot be had here.
    """
    try:
        return start()
    except EngineError:
        raise
    except Exception as error:  # the runtimes' own classes, and whatever a damaged file makes them raise
        raise _NotStarted(engine_messages.NOT_STARTED(error=type(error).__name__)) from error


def as_before(verdict: BackendChoice, build: Callable[[], Engine], probe: NDArray[Any]) -> Choice | None:
    """Return the engine of a verdict, or None if it does not start or does not compute what it did."""
    try:
        engine = build()
        cosine = least_cosine(engine.run(probe[:1]), verdict.vector)
    except (EngineError, RuntimeError) as error:
        logger.info("%s was best before and does not start now: %s", verdict.backend, error)
        return None
    if cosine < ENOUGH:
        logger.info("%s computes otherwise than before (cosine %.4f)", verdict.backend, cosine)
        engine.close()
        return None
    return Choice(engine, cpu_batch(), verdict.notes, verdict.cosine, verdict.ratio)


def _no_network() -> Any:
    raise EngineError(engine_messages.CONVERTED_GONE())

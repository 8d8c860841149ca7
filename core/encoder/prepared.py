"""The engines that are there without torch and without comparing: a tower that is converted, on what runs it.

A tower was converted here and found best (`core.encoder.backend_cache` remembers that), or it came converted with its
model (`core.encoder.ready_towers`): then it has to give, for one of the probe, the vector torch gave. Or the program
came with its network (`core.encoder.graphs`), which is torch's own: ONNX Runtime computes that in float32, and what is
faster has to answer the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.encoder.backend_cache import BackendChoice, machine_for, recall, remember
from core.encoder.choice import Choice
from core.encoder.engine import ENOUGH, Engine, EngineError, least_cosine
from core.encoder.graphs import graph_tower, known_graph
from core.encoder.onnx_openvino import (
    OnnxEngine,
    OpenVinoEngine,
    discard_converted,
    is_converted,
    onnx_tower,
    openvino_file,
)
from core.encoder.processor import cpu_batch, has_fast_bfloat16, may_have_card
from core.encoder.published import published_choice
from core.encoder.ready_towers import OnnxTower, ready_tower
from core.messages import engine_messages
from core.models import ModelFolder, Tower, has_torch

logger = logging.getLogger(__name__)

CONVERTED = ("openvino", "openvino-32", "onnxruntime")
"""The engines that run converted towers."""

_FEW = 2
"""Of the probe, that tell whether an engine computes what another one does."""

Started = TypeVar("Started", OpenVinoEngine, OnnxEngine, OpenVinoEngine | OnnxEngine)


def prepared_choice(
    model: ModelFolder, tower: Tower, probe: NDArray[Any], *, device: str = "auto", cache: Path | None = None
) -> Choice | None:
    """Load a tower into the engine that was found best here, or into one that needs no converting; None without either.

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
    ready = _ready_choice(model, tower, probe)
    if ready is not None or cache is None or (tower == "images" and device != "cpu" and may_have_card()):
        return ready
    return _graph_choice(model, tower, probe, device, cache)


def is_prepared(model: ModelFolder, tower: Tower, cache: Path) -> bool:
    """Tell whether it is known what runs a tower on this machine's processor, without loading it."""
    if model.layout == "onnx" or ready_tower(model, tower) is not None:
        return True
    if tower == "texts" and known_graph(model, tower) is not None:
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


def _graph_choice(model: ModelFolder, tower: Tower, probe: NDArray[Any], device: str, cache: Path) -> Choice | None:
    """Return the best engine for a tower whose network came with the program, and remember it; None without one.

    Pictures take OpenVINO where it is installed. Without it torch in 16 bits is faster than ONNX Runtime in 32.
    """
    graph = graph_tower(model, tower, cache)
    if graph is None:
        return None
    few = probe[:_FEW]
    name, cosine = "onnxruntime", 1.0
    try:
        engine: OpenVinoEngine | OnnxEngine = _started(lambda: OnnxEngine(graph))
        expected = engine.run(few)
    except (EngineError, RuntimeError) as error:
        logger.info("the network for %s does not start: %s", model.key, error)
        return None
    if tower == "images":
        for faster in ("openvino", "openvino-32"):
            found = _as_good(faster, graph, few, expected)
            if found is not None:
                engine.close()
                (engine, cosine), name = found, faster
                break
        if name == "onnxruntime" and has_fast_bfloat16() and has_torch():
            engine.close()
            return None
    vector = tuple(float(number) for number in expected[0])
    remember(BackendChoice(name, (), cosine, 1.0, vector, machine_for(model, device)), model, tower, cache)
    return Choice(engine, cpu_batch(), cosine=cosine)


def _as_good(
    name: str, graph: OnnxTower, few: NDArray[Any], expected: NDArray[np.float32]
) -> tuple[OpenVinoEngine, float] | None:
    """Return OpenVINO on a network, and the least cosine to what is expected; None if it cannot be used."""
    try:
        engine = _started(lambda: OpenVinoEngine(graph.file, exact=name == "openvino-32"))
        cosine = least_cosine(engine.run(few), expected)
    except (EngineError, RuntimeError) as error:
        logger.info("%s: %s", name, error)
        return None
    if cosine >= ENOUGH:
        return engine, cosine
    engine.close()
    return None


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

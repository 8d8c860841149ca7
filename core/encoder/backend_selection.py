"""Which engine runs a tower on this machine: the fastest whose vectors are torch's own.

Every engine but plain torch in float32 has to give, for a few pictures or sentences, vectors within a cosine of
0.999 of it, and to be faster; otherwise it is not used and the reason is told. With words its start counts, too: most
who ask, ask a few times, and torch alone takes two seconds to be there. What was found is remembered beside the
converted files, so that the next start loads the chosen engine alone, without torch if it does not need it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.encoder import tqdm_guard
from core.encoder.backend_cache import BackendChoice, machine_for, recall, remember
from core.encoder.choice import Choice
from core.encoder.engine import ENOUGH, Engine, EngineError, EngineNotNow, is_out_of_memory, least_cosine
from core.encoder.prepared import CONVERTED, as_before, converted_engine, prepared_choice
from core.encoder.processor import CPU_BATCH, cpu_batch, has_fast_bfloat16
from core.encoder.protocol import Backend
from core.encoder.published import published_choice
from core.messages import Message, engine_messages
from core.models import ModelFolder, Tower, require_torch

if TYPE_CHECKING:
    from torch import nn

    from core.encoder.device import Device


logger = logging.getLogger(__name__)

_TITLES = {
    "openvino": engine_messages.OPENVINO_16,
    "openvino-32": engine_messages.OPENVINO_32,
    "torch-16": engine_messages.TORCH_16,
    "onnxruntime": engine_messages.ONNX_RUNTIME,
}
_ROOM_FOR_TWO = 5.0
"""Memory, in sizes of the weights' file, that a model takes which works beside one that is converted."""
_SLOW_QUERY_S = 0.01
"""Words that are embedded faster than this by plain torch gain nothing from 16 bits."""
_QUESTIONS = 10
"""Asked after a start, where engines for words are compared."""
_WORTH = 1.1
"""An engine has to be this much faster than plain torch to be used."""


def choose_backend(
    model: ModelFolder,
    tower: Tower,
    probe: NDArray[Any],
    *,
    device: str = "auto",
    backend: Backend = "auto",
    cache: Path | None = None,
    at_once: bool = False,
) -> Choice:
    """Load a tower into the best engine for it here.

    Args:
        probe: a few pictures or tokenised sentences to compare engines on.
        device: see `choose_device`; the words' tower stays on the processor.
        backend: what to use on a processor.
        cache: where converted towers and verdicts are kept; None converts and remembers nothing.
        at_once: on a processor for which nothing is remembered, take torch; somebody else compares later.

    Raises:
        EngineError: if a backend was asked for by name and cannot be used.
        ModelError: if there is no torch, and the model needs it.
        what `load_tower` raises.
    """
    if model.layout == "onnx":
        return published_choice(model, tower, probe, backend)
    unbound = backend == "auto" and device in ("auto", "cpu")
    trusting = unbound and cache is not None
    prepared = prepared_choice(model, tower, probe, device=device, cache=cache) if unbound else None
    if prepared is not None:
        return prepared
    require_torch(model)
    verdict = recall(model, tower, cache, device) if trusting and cache is not None else None
    chosen, import_seconds = _device_and_import_seconds(device if tower == "images" else "cpu")
    if not chosen.is_processor:
        return _on_graphics_card(model, tower, probe, chosen)
    trial = _Trial(model, tower, probe, chosen, cache)
    trial.torch_start += import_seconds
    if backend != "auto":
        return trial.only(backend)
    if verdict is not None and verdict.backend not in CONVERTED:
        choice = as_before(verdict, lambda: trial.build(verdict.backend), probe)
        if choice is not None:
            return choice
    if at_once and trusting and (tower == "texts" or _has_room_for_two(model)):
        return trial.at_once()
    choice, name = trial.best()
    if trusting and cache is not None and not chosen.fallback and not trial.not_now:
        remember(trial.verdict(choice, name, machine_for(model, device)), model, tower, cache)
    return choice


def _device_and_import_seconds(wanted: str) -> tuple[Device, float]:
    """The device to use, and how long importing torch took, which the words' tower pays at every start."""
    tqdm_guard.install()
    began = time.perf_counter()
    from core.encoder.device import choose_device, configure_cpu

    configure_cpu()
    import_seconds = time.perf_counter() - began
    return choose_device(wanted), import_seconds


def _has_room_for_two(model: ModelFolder) -> bool:
    """Tell whether there is memory to compare engines in one process while another one works."""
    import psutil  # late: an engine that is prepared asks nothing of it

    return psutil.virtual_memory().available > _ROOM_FOR_TWO * model.weights.stat().st_size


class _Trial:
    """Engines for one tower on the processor, each compared with torch in float32."""

    def __init__(
        self, model: ModelFolder, tower: Tower, probe: NDArray[Any], device: Device, cache: Path | None
    ) -> None:
        self._model = model
        self._tower: Tower = tower
        self._probe = probe
        self._device = device
        self._cache = cache
        self._network: nn.Module | None = None
        self.torch_start = 0.0
        """Seconds that torch took to be imported and to load the tower."""
        self.not_now = False
        """A candidate could not be had for a reason that passes: the choice is not the last word."""

    def at_once(self) -> Choice:
        """Return what torch runs the tower on soonest: pictures in 16 bits where that is fast here, and exact enough.

        A look at two pictures tells that in half a second, and is repaid by the next twenty.
        """
        plain = self._plain()
        if self._tower == "images" and has_fast_bfloat16():
            few = self._probe[:2]
            expected = plain.run(few)
            plain.close()
            half = self._half()
            cosine = least_cosine(half.run(few), expected)
            if cosine >= ENOUGH:
                return Choice(half, cpu_batch(), cosine=cosine, provisional=True)
            half.close()
            plain = self._plain()
        return Choice(plain, self._batch, provisional=True)

    @property
    def _batch(self) -> int:
        return cpu_batch() if self._tower == "images" else CPU_BATCH

    def best(self) -> tuple[Choice, str]:
        """Return the fastest candidate that is exact enough, and its name. OpenVINO has no rival where it works."""
        notes: list[Message] = []
        fastest: tuple[Choice, str] | None = None
        for name in self._candidates():
            try:
                choice = self.only(name)
            except EngineError as error:
                logger.info("%s, %s: %s", name, self._tower, error)
                self.not_now = self.not_now or isinstance(error, EngineNotNow)
                if error.message.code != engine_messages.NOT_INSTALLED.code:
                    notes.append(engine_messages.NOT_USED(engine=_TITLES[name](), reason=error.message))
                continue
            if choice.ratio < (fastest[0].ratio if fastest else _WORTH):
                notes.append(engine_messages.NOT_USED(engine=_TITLES[name](), reason=engine_messages.NO_FASTER()))
                choice.engine.close()
                continue
            if fastest:
                fastest[0].engine.close()
            fastest = choice, name
            if name.startswith("openvino"):
                break
        if fastest is None:
            return Choice(self._plain(), self._batch, tuple(notes)), "torch"
        choice, name = fastest
        if self._device.fallback and name in CONVERTED:  # torch tells it with its device
            notes.insert(0, engine_messages.NO_CARD(reason=self._device.fallback))
        return replace(choice, notes=tuple(notes)), name

    def only(self, name: str) -> Choice:
        """Return the engine of that name.

        Raises:
            EngineError: if it cannot be had here or its vectors are not torch's.
        """
        if name == "torch":
            return Choice(self._plain(), self._batch)
        expected, plain_seconds = self._reference
        engine = self.build(name)
        start = self.torch_start
        if self._tower == "texts" and name in CONVERTED:
            engine.close()
            began = time.perf_counter()
            engine = self.build(name)  # once more, now that it is converted: as the next start does it
            start = time.perf_counter() - began
        vectors, seconds = _timed(engine, self._probe)
        cosine = least_cosine(vectors, expected)
        if cosine < ENOUGH:
            engine.close()
            raise EngineError(engine_messages.ANSWERS_DIFFER(cosine=round(cosine, 4)))
        ratio = self._cost(self.torch_start, plain_seconds) / max(self._cost(start, seconds), 1e-6)
        return Choice(engine, self._batch, cosine=cosine, ratio=ratio)

    def _cost(self, start: float, seconds: float) -> float:
        """Return what counts of an engine that takes `seconds` for the probe: with words, a start and questions."""
        return seconds if self._tower == "images" else start + _QUESTIONS * seconds / len(self._probe)

    @cached_property
    def _reference(self) -> tuple[NDArray[np.float32], float]:
        """Vectors of the probe by torch in float32, and the seconds it takes."""
        return _timed(self._plain(), self._probe)

    def _candidates(self) -> list[str]:
        """Return what to try, the fastest first, as measured on processors with and without bfloat16."""
        half = ["torch-16"] if has_fast_bfloat16() else []
        if self._tower == "texts":
            # ONNX Runtime starts in a third of the time of OpenVINO, which has to compile what it runs.
            slow = self._reference[1] / len(self._probe) > _SLOW_QUERY_S
            return [*(["onnxruntime"] if self._cache is not None else []), *(half if slow else [])]
        if self._cache is None:
            return half
        return ["openvino", "openvino-32", *half, "onnxruntime"]

    def build(self, name: str) -> Engine:
        """Return the engine of that name, unproven.

        Raises:
            EngineError: if it cannot be had here.
        """
        if name in CONVERTED:
            return converted_engine(name, self._model, self._tower, self._cache, self._loaded)
        return self._half() if name == "torch-16" else self._plain()

    def verdict(self, choice: Choice, name: str, machine: str) -> BackendChoice:
        """Return what is to be remembered of a choice."""
        expected = tuple(float(number) for number in self._reference[0][0])
        return BackendChoice(name, choice.notes, choice.cosine, choice.ratio, expected, machine)

    def _loaded(self) -> nn.Module:
        if self._network is None:
            began = time.perf_counter()
            from core.encoder.towers import load_tower

            self._network = load_tower(self._model, self._tower)
            self.torch_start += time.perf_counter() - began
        return self._network

    def _plain(self) -> Engine:
        from core.encoder.torch_engine import TorchEngine

        return TorchEngine(self._loaded(), self._model, self._device, pictures=self._tower == "images")

    def _half(self) -> Engine:
        import torch

        from core.encoder.torch_engine import TorchEngine

        network, self._network = self._loaded(), None  # it is changed in place; another is loaded if it fails
        device = replace(self._device, dtype=torch.bfloat16)
        return TorchEngine(network, self._model, device, pictures=self._tower == "images")


def _on_graphics_card(model: ModelFolder, tower: Tower, probe: NDArray[Any], device: Device) -> Choice:
    """Run in 16 bits if that is exact enough, else in 32."""
    import torch

    from core.encoder.torch_engine import TorchEngine
    from core.encoder.towers import load_tower

    network = load_tower(model, tower)
    pictures = tower == "images"
    plain = replace(device, dtype=torch.float32)
    try:
        expected, slow = _timed(TorchEngine(network, model, plain, pictures=pictures), probe)
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        note = engine_messages.HALF_UNCOMPARED()
        return Choice(TorchEngine(network, model, device, pictures=pictures), device.batch_size, (note,))
    engine = TorchEngine(network, model, device, pictures=pictures)
    vectors, fast = _timed(engine, probe)
    cosine = least_cosine(vectors, expected)
    if cosine >= ENOUGH:
        return Choice(engine, device.batch_size, cosine=cosine, ratio=slow / max(fast, 1e-6))
    engine.close()
    note = engine_messages.HALF_INEXACT(cosine=round(cosine, 4))
    return Choice(
        TorchEngine(load_tower(model, tower), model, plain, pictures=pictures), device.batch_size, notes=(note,)
    )


def _timed(engine: Engine, probe: NDArray[Any]) -> tuple[NDArray[np.float32], float]:
    """Return the vectors of a probe, and the seconds of the best of three runs after one to warm up."""
    vectors = engine.run(probe)
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        engine.run(probe)
        best = min(best, time.perf_counter() - started)
        if best > 1.0:  # a large model: noise is small beside it, and the user is waiting
            break
    return vectors, best

"""A tower converted once to a file, and run by OpenVINO or ONNX Runtime: on a processor, twice to four times torch.

A model may come with its towers as ONNX, or the program with its network (`core.encoder.graphs`): both run those as
they are. For any other torch writes ONNX; OpenVINO reads that and keeps it in its own format at half the size. Nothing
of this is required: without the packages (OpenVINO and what conversion needs are the extra `fast-cpu`) an `EngineError`
says so and torch does the work.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from core.encoder.engine import EngineError, EngineNotNow, pieces
from core.encoder.graphs import graph_tower
from core.encoder.onnx_export import export_tower
from core.encoder.processor import cpu_threads, cpu_title
from core.encoder.ready_towers import OnnxTower, length_rule_from, ready_tower
from core.encoder.text_length import LengthRule, shortened
from core.messages import engine_messages
from core.models import ModelFolder, Tower

logger = logging.getLogger(__name__)

_MAKING = "making-"
_NOTES = "tower.json"
_ROOM = 2.5
"""A conversion needs so many times the weights: as ONNX in 32 bits, and as OpenVINO in 16."""
_FORMAT = 1  # raised when what is exported changes, so that older files are made again


class OpenVinoEngine:
    """See `core.encoder.engine.Engine`. Computes in bfloat16 where the processor can, or in float32 if `exact`.

    With pictures each core works on its own part of a batch, and none waits for another in every layer: where decoding
    needs a core for a moment, the others go on. Words are one short call that somebody waits for: all cores share it.
    """

    def __init__(self, file: Path, *, pictures: bool = True, exact: bool = False) -> None:
        core = import_or_explain("openvino").Core()
        half = not exact and "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        threads = cpu_threads()
        streams = threads if pictures else 1
        options = {
            "PERFORMANCE_HINT": "THROUGHPUT" if pictures else "LATENCY",
            "INFERENCE_PRECISION_HINT": "bf16" if half else "f32",
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": streams,
        }
        compiled: Any = core.compile_model(str(file), "CPU", options)
        self._requests: list[Any] = [compiled.create_infer_request() for _ in range(streams)]
        self.words = engine_messages.ON_OPENVINO(processor=cpu_title(), bits=16 if half else 32)

    def run(self, batch: NDArray[Any]) -> NDArray[np.float32]:
        parts = pieces(batch, len(self._requests))
        busy = self._requests[: len(parts)]
        for request, piece in zip(busy, parts, strict=True):
            request.start_async([piece], share_inputs=True)
        for request in busy:
            request.wait()
        vectors = [np.array(request.get_output_tensor(0).data, dtype=np.float32) for request in busy]
        return np.concatenate(vectors)

    def close(self) -> None:
        self._requests = []


class OnnxEngine:
    """See `core.encoder.engine.Engine`. Computes in float32, and shares out pictures and words as `OpenVinoEngine`."""

    def __init__(self, tower: OnnxTower) -> None:
        self._length_rule: LengthRule | None = tower.length_rule
        self.words = engine_messages.ON_ONNX_RUNTIME(processor=cpu_title(), bits=32)
        self._session: Any = onnx_session(tower.file, 1 if tower.pictures else cpu_threads())
        self._input: str = self._session.get_inputs()[0].name
        self._threads = ThreadPoolExecutor(cpu_threads(), "tower") if tower.pictures and cpu_threads() > 1 else None

    def run(self, batch: NDArray[Any]) -> NDArray[np.float32]:
        if self._threads is None:
            return self._run(np.ascontiguousarray(shortened(batch, self._length_rule)))
        return np.concatenate(list(self._threads.map(self._run, pieces(batch, cpu_threads()))))

    def _run(self, batch: NDArray[Any]) -> NDArray[np.float32]:
        try:
            (vectors,) = self._session.run(None, {self._input: batch})
        except Exception as error:  # its own classes, none of them a RuntimeError
            raise RuntimeError(str(error)) from error
        return np.array(vectors, dtype=np.float32)

    def close(self) -> None:
        self._session = None
        if self._threads is not None:
            self._threads.shutdown()


def onnx_session(file: Path, threads: int) -> Any:
    """Open a tower with ONNX Runtime on the processor.

    Raises:
        EngineError: if it is not installed.
        Exception: its own classes, if the file is none of its.
    """
    onnxruntime = import_or_explain("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it grows and never shrinks
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def openvino_file(model: ModelFolder, tower: Tower, cache: Path, network: Callable[[], Any]) -> Path:
    """Return the converted tower for OpenVINO, made now if it is not there; `network` gives the loaded tower.

    Raises:
        EngineError: if it cannot be converted here.
    """
    import_or_explain("openvino")
    ready = ready_tower(model, tower)
    if ready is not None:
        return ready.file
    file = cache / model.build / f"{tower}-{_FORMAT}.xml"
    if not file.is_file():
        graph = graph_tower(model, tower, cache)
        if graph is not None:
            return graph.file
        _require_room(model, cache)
        with _made_aside(file.parent) as aside:
            _export(model, tower, network(), aside / "tower.onnx")
            openvino = import_or_explain("openvino")
            read = openvino.Core().read_model(str(aside / "tower.onnx"))
            openvino.save_model(read, str(aside / file.name), compress_to_fp16=True)
            # The weights first: the description alone stands for "complete".
            weights = file.with_suffix(".bin")
            (aside / weights.name).replace(weights)
            (aside / file.name).replace(file)
    return file


def onnx_tower(model: ModelFolder, tower: Tower, cache: Path, network: Callable[[], Any]) -> OnnxTower:
    """Return the converted tower for ONNX Runtime: the one that came with the model, or made now if it is not there.

    Raises:
        EngineError: if it cannot be converted here.
    """
    import_or_explain("onnxruntime")
    ready = ready_tower(model, tower)
    if ready is not None:
        return ready
    folder = cache / model.build / f"{tower}-{_FORMAT}-onnx"
    if not folder.is_dir():
        graph = graph_tower(model, tower, cache)
        if graph is not None:
            return graph
        _require_room(model, cache)
        with _made_aside(folder.parent) as aside:
            (aside / "onnx").mkdir()
            loaded = network()
            _export(model, tower, loaded, aside / "onnx" / "tower.onnx")
            notes = {"length": getattr(loaded, "length_rule", None)}
            (aside / "onnx" / _NOTES).write_text(json.dumps(notes), encoding="utf-8")
            (aside / "onnx").replace(folder)  # with the weights that lie beside a large one
    return OnnxTower(folder / "tower.onnx", tower == "images", _noted_rule(folder / _NOTES))


def _noted_rule(file: Path) -> LengthRule | None:
    """Return how far texts may be shortened for a converted tower; an older version noted nothing."""
    try:
        return length_rule_from(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, AttributeError):
        return None


def _export(model: ModelFolder, tower: Tower, network: Any, file: Path) -> None:
    import_or_explain("onnx")
    import_or_explain("onnxscript")
    export_tower(model, tower, network, file)


def import_or_explain(name: str) -> Any:
    """Import an optional package.

    Raises:
        EngineError: if it is not installed or does not load on this system.
    """
    if name == "openvino":
        # Its package for usage statistics is not let in: Recollect sends nothing. OpenVINO runs without it.
        sys.modules.setdefault("openvino_telemetry", cast("ModuleType", None))
    if name == "onnxruntime":
        # It looks up a host and writes a device id as soon as it is loaded; its own privacy document names both ways
        # out (onnxruntime, docs/Privacy.md), and the variable alone is early enough.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        module = importlib.import_module(name)
    except (ImportError, OSError) as error:
        raise EngineError(engine_messages.NOT_INSTALLED(package=name)) from error
    if name == "onnxruntime" and hasattr(module, "disable_telemetry_events"):
        module.disable_telemetry_events()
    return module


def version_of(name: str) -> str:
    """Return the version of an optional package, or an empty string."""
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and rarely asked

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@contextlib.contextmanager
def _made_aside(folder: Path) -> Generator[Path, None, None]:
    """Give a folder to work in that is gone afterwards; any failure in it is an EngineError."""
    aside: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(folder)
        aside = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{os.getpid()}-", dir=folder))
        yield aside
    except EngineError:
        raise
    except Exception as error:  # the exporter raises whatever its passes raise; torch can do the work instead
        if _passes(error):
            logger.info("not converted now: %r", error)
            raise EngineNotNow(engine_messages.NOT_CONVERTED(error=type(error).__name__)) from error
        logger.warning("conversion failed: %r", error)
        logger.debug("where", exc_info=error)
        raise EngineError(engine_messages.NOT_CONVERTED(error=type(error).__name__)) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _passes(error: BaseException) -> bool:
    """Tell whether the system's state is to blame (a full or failing disk, no memory), and not model or converter."""
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, OSError | MemoryError):
            return True
        chain = chain.__cause__ or chain.__context__
    return False


def _clear_abandoned(folder: Path) -> None:
    """Throw away what conversions have left whose process was killed."""
    import psutil

    for aside in folder.glob(f"{_MAKING}*"):
        owner = aside.name.removeprefix(_MAKING).partition("-")[0]
        if not (owner.isdecimal() and psutil.pid_exists(int(owner))):
            shutil.rmtree(aside, ignore_errors=True)


def is_converted(model: ModelFolder, tower: str, cache: Path) -> bool:
    """Tell whether there is a converted file of a tower, whole or not."""
    return any(_converted(model, tower, cache))


def _converted(model: ModelFolder, tower: str, cache: Path) -> list[Path]:
    folder = cache / model.build
    return [*folder.glob(f"{tower}-{_FORMAT}*"), *folder.glob(f"{tower}-graph*")]


def discard_converted(model: ModelFolder, tower: str, cache: Path) -> None:
    """Throw away the converted files of a tower: they are damaged, and are made again."""
    for file in _converted(model, tower, cache):
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                file.unlink()


def _require_room(model: ModelFolder, cache: Path) -> None:
    """Raise where a conversion would end in a full disk, which takes it minutes to find out."""
    place = next(folder for folder in (cache, *cache.parents) if folder.is_dir())
    if shutil.disk_usage(place).free < _ROOM * model.weights.stat().st_size:
        raise EngineNotNow(engine_messages.NO_DISK_ROOM())

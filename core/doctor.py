"""What a bug report needs to know of an installation, and nothing about its owner.

No photo, no folder of photos and no user name is told: paths begin with ~ where they lie in the home folder, and
the user's name is blotted out where it stands in another path.
"""

from __future__ import annotations

import contextlib
import getpass
import importlib
import importlib.metadata
import locale
import multiprocessing
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from core import paths
from core.decode import confinement
from core.encoder.processor import cpu_title
from core.errors import RecollectError
from core.interruption import answered_afterwards
from core.library import Library
from core.messages import engine_messages, title
from core.models import STARTER, find_model, has_torch, installed_models
from core.setting_names import WANTED_MODEL

_PROBE_SECONDS = 120.0
"""How long a device may take to answer: loading torch from a cold, slow disk takes a minute."""
_CONFINED = "decoders reach no network, write no file and start no program"
_ENGINES = ("torch", "torchvision", "open_clip_torch", "timm", "onnxruntime", "openvino")
_PACKAGES = (*_ENGINES, "PySide6_Essentials", "numpy", "pillow", "sqlite-utils", "psycopg")
_CODECS = {"JPEG": "jpg", "PNG": "zlib", "WebP": "webp", "AVIF": "avif", "JPEG 2000": "jpg_2000", "TIFF": "libtiff"}
"""Formats by the name Pillow gives the library that decodes them."""

_EXTRA_CODECS = {"HEIF": "pi_heif", "JPEG XL": "pillow_jxl", "RAW": "rawpy"}
_FLAGS = ("avx", "avx2", "fma", "f16c", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "avx_vnni", "asimd")
"""Abilities of a processor that decide how fast a model runs."""


@dataclass(frozen=True, slots=True)
class LibraryHealth:
    """The library in numbers.

    `error` says why it could not be opened; `problems` what its own check found, in English. Their codes are apart.
    """

    path: str
    exists: bool
    folders: int = 0
    photos: int = 0
    indexed: int = 0
    pending: int = 0
    skipped: int = 0
    offline: int = 0
    megabytes: float = 0.0
    error: str = ""
    error_code: str = ""
    problems: tuple[str, ...] = ()
    problem_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything, in values that JSON knows."""

    version: str
    frozen: bool
    system: str
    session: str
    language: str
    python: str
    processor: str
    cores: str
    flags: tuple[str, ...]
    memory: str
    device: str
    device_reason: str
    confinement: str
    model: str
    models: tuple[str, ...]
    packages: dict[str, str]
    codecs: dict[str, bool]
    program: str
    resources: str
    library: LibraryHealth
    log: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the report as the documented JSON object."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the report as lines to paste into a bug report."""
        return "\n".join(f"{name:<10} {value}" for name, value in self._lines())

    def _lines(self) -> Iterator[tuple[str, str]]:
        yield "Recollect", f"{self.version}, {'built program' if self.frozen else 'from source'}"
        yield "System", f"{self.system}; {self.session}; {self.language}"
        yield "Python", self.python
        yield "Processor", f"{self.processor}, {self.cores}, {self.memory}"
        yield "Abilities", " ".join(self.flags) or "unknown"
        yield "Device", self.device + (f" (no better one: {self.device_reason})" if self.device_reason else "")
        yield "Confined", self.confinement
        yield "Model", f"{self.model} (installed: {', '.join(self.models) or 'none'})"
        yield "Packages", ", ".join(f"{name} {version}" for name, version in self.packages.items())
        yield "Codecs", ", ".join(f"{name}{'' if there else ' MISSING'}" for name, there in self.codecs.items())
        yield "Program", self.program
        yield "Resources", self.resources
        yield "Library", self.library.path
        yield "Log", self.log
        health = self.library
        if health.error or not health.exists:
            yield "", health.error or "there is none yet"
            return
        counts = f"{health.indexed} searchable, {health.pending} pending, {health.offline} offline"
        yield "", f"{health.photos} photos in {health.folders} folders: {counts}"
        yield "", f"{health.skipped} files skipped; {health.megabytes:.0f} MB"
        yield "Health", "; ".join(health.problems) or "the library is whole"


@dataclass(frozen=True, slots=True)
class Tried:
    """What a process found that was started to try things out.

    Attributes:
        device: that models run on, in words.
        reason: why there is no better one.
        unconfined: why a process that reads pictures keeps its rights; nothing if it gives them up.
    """

    device: str
    reason: str
    unconfined: str


def examine(folder: Path, *, probe: Callable[[], Tried] | None = None) -> Report:
    """Return a report on this installation and the library in `folder`.

    Takes seconds: the library is checked, and torch is loaded, in a process of its own, to try the devices;
    `probe` replaces that.
    """
    layout = paths.LibraryPaths(folder)
    tried = (probe or _probe)()
    health, model = _library(folder)
    return Report(
        version=_version("recollect"),
        frozen=bool(getattr(sys, "frozen", False)),
        system=_system(),
        session=_session(),
        language=os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "C",
        python=f"{platform.python_version()} ({platform.python_implementation()}, {platform.machine()})",
        processor=_processor(),
        cores=f"{psutil.cpu_count(logical=False) or '?'} cores, {os.cpu_count() or '?'} threads",
        flags=_flags(),
        memory=f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        device=tried.device,
        device_reason=anonymous(tried.reason),
        confinement=anonymous(_CONFINED if not tried.unconfined else f"decoders are not: {tried.unconfined}"),
        model=model,
        models=tuple(each.name for each in installed_models(layout.models)),
        packages={name: _version(name) for name in _PACKAGES},
        codecs=_codecs(),
        program=anonymous(str(Path(sys.executable).parent)),
        resources=anonymous(str(paths.resources())),
        library=health,
        log=anonymous(str(layout.log)),
    )


def anonymous(text: str) -> str:
    """Return a text without the places and names that tell who the user is."""
    for home in {str(Path.home()), str(Path.home().resolve())} - {"/"}:
        text = text.replace(home, "~")
    with contextlib.suppress(OSError, KeyError, ImportError):
        name = getpass.getuser()
        for separator in ("/", "\\"):
            parts = text.split(separator)
            text = separator.join("USER" if part == name else part for part in parts)
    return text


def _library(folder: Path) -> tuple[LibraryHealth, str]:
    """Return how the library is, and the name of its model."""
    layout, place = paths.LibraryPaths(folder), anonymous(str(folder))
    if not layout.database.exists():
        return LibraryHealth(place, exists=False), STARTER
    try:
        with Library.open(folder, write=False) as library:
            status, problems = library.status(), library.check()
            model = str(library.setting(WANTED_MODEL, STARTER))
    except RecollectError as error:
        health = LibraryHealth(place, exists=True, error=anonymous(error.title), error_code=error.message.code)
        return health, STARTER
    size = sum(path.stat().st_size for path in (layout.database, layout.thumbnails) if path.exists())
    health = LibraryHealth(
        place,
        exists=True,
        folders=len(status.roots),
        photos=status.photos,
        indexed=status.indexed,
        pending=status.pending,
        skipped=status.skipped,
        offline=status.offline,
        megabytes=round(size / 1e6, 1),
        problems=tuple(anonymous(title(problem)) for problem in problems),
        problem_codes=tuple(problem.code for problem in problems),
    )
    return health, _model(model, layout)


def _model(name: str, layout: paths.LibraryPaths) -> str:
    try:
        model = find_model(name, layout.models)
    except RecollectError as error:
        return anonymous(error.title)
    return f"{model.name}, {model.dimension} numbers a photo"


def _probe() -> Tried:
    """Try the devices that models run on, and to give up rights, where it can do no harm."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_try_out, args=(theirs,), daemon=True, name="recollect-doctor")
    with answered_afterwards():
        process.start()
    theirs.close()
    try:
        if not ours.poll(_PROBE_SECONDS):
            return Tried("unknown", f"no answer within {_PROBE_SECONDS:.0f} s", "unknown")
        return ours.recv()
    except EOFError:
        return Tried("unknown", "the process that tried the devices died", "unknown")
    finally:
        process.kill()
        process.join()


def _try_out(connection: Connection) -> None:
    if not has_torch():
        words = title(engine_messages.ON_ONNX_RUNTIME(processor=cpu_title(), bits=32))
        connection.send(Tried(words, "the light Recollect uses no graphics card", confinement.tried()))
        return
    try:
        from core.encoder.device import choose_device

        chosen = choose_device()
        device, reason = title(chosen.words), title(chosen.fallback) if chosen.fallback else ""
    except Exception as error:  # whatever a driver or a broken installation comes up with is the answer
        device, reason = "none", f"{type(error).__name__}: {error}"
    connection.send(Tried(device, reason, confinement.tried()))


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _codecs() -> dict[str, bool]:
    features = importlib.import_module("PIL.features")
    found = {name: bool(features.check(library)) for name, library in _CODECS.items()}
    for name, module in _EXTRA_CODECS.items():
        try:
            importlib.import_module(module)
        except ImportError:
            found[name] = False
        else:
            found[name] = True
    return found


def _system() -> str:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'Linux')}, Linux {platform.release()}"
    return platform.platform()


def _session() -> str:
    names = ("XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "QT_QPA_PLATFORM")
    return ", ".join(value for name in names if (value := os.environ.get(name))) or "no desktop session named"


def _processor() -> str:
    return _cpuinfo("model name") or platform.processor() or platform.machine() or "unknown"


def _flags() -> tuple[str, ...]:
    told = set((_cpuinfo("flags") or _cpuinfo("Features")).split())
    return tuple(flag for flag in _FLAGS if flag in told)


def _cpuinfo(key: str) -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith(key):
                return line.partition(":")[2].strip()
    return ""

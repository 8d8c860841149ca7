"""Fetching a model: a generator of small events, which any network fault leaves in a state that can go on.

A model is gathered in `NAME.partial` beside the others and renamed when everything in it has been checked. There,
a file is called `FILE.DIGEST.part` until its checksum is right, so neither a half file nor a half model is ever
taken for a whole one, and a fetch that was stopped (or a computer that was switched off) goes on where it was.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import DiskFull, ModelError
from core.events import Control
from core.messages import Message, model_errors
from core.messages.message import megabytes
from core.models import onnx_layout
from core.models.catalogue import CatalogueEntry
from core.models.folder import CONFIG, ORIGIN, PROBE, WEIGHTS, ModelFolder, holds_model, read_model_folder
from core.models.hub import Hub, Interrupted, Network, RemoteFile, RemoteModel
from core.models.locate import PARTIAL, writable_models_folder
from core.models.networks import described_without_weights
from core.models.runnable import require_runnable

logger = logging.getLogger(__name__)

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")

_SPARE = 64 << 20  # left free on the disk
TELL_EVERY = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class FetchPlanned:
    """What is about to be fetched: `total` bytes in `files`, of which `present` are here from an earlier attempt."""

    name: str
    files: tuple[str, ...]
    total: int
    present: int


@dataclass(frozen=True, slots=True)
class Fetching:
    """How far it is, in bytes. `seconds_left` is None until it can be told honestly."""

    name: str
    done: int
    total: int
    per_second: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class FetchNote:
    """Something to show that stops nothing ("the connection dropped, trying again")."""

    message: Message


@dataclass(frozen=True, slots=True)
class Checking:
    """The checksum of a file is being computed."""

    name: str
    file: str


@dataclass(frozen=True, slots=True)
class FetchStopped:
    """The fetch was stopped as asked; `done` bytes stay for the next time."""

    name: str
    done: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """The model is complete and can be used."""

    model: ModelFolder


FetchEvent = FetchPlanned | Fetching | FetchNote | Checking | FetchStopped | Fetched


def fetch_model(
    entry: CatalogueEntry, models: Path, *, network: Network | None = None, control: Control | None = None
) -> Iterator[FetchEvent]:
    """Fetch a model of the catalogue into the folder `models`. Ends with `Fetched`, or `FetchStopped` if asked to.

    Raises (while it is iterated):
        ModelError: if the model cannot be run here, the hub cannot be reached or refuses, or what it sent is not what
            it promised.
        DiskFull: if the disk has no room for it.
    """
    models = writable_models_folder(models)
    final = models / entry.name
    if holds_model(final):
        yield Fetched(read_model_folder(final))
        return
    if not entry.repository:
        raise ModelError(model_errors.BUILT_IN(name=entry.name))
    require_runnable(entry)
    fetch = _Fetch(entry, models, network or Network(), control or Control())
    with fetch.alone():
        yield from fetch.run()


class _Fetch:
    """One run of `fetch_model`."""

    def __init__(self, entry: CatalogueEntry, models: Path, network: Network, control: Control) -> None:
        self._entry = entry
        self._final = models / entry.name
        self._partial = models / (entry.name + PARTIAL)
        self._network = network
        self._control = control
        self._total = 0
        self._done = 0
        self._started = 0.0
        self._began_with = 0
        self._told = 0.0

    @contextlib.contextmanager
    def alone(self) -> Generator[None, None, None]:
        """Keep a second Recollect from fetching the same model into the same folder."""
        try:
            self._partial.mkdir(parents=True, exist_ok=True)
            # Beside the folder and not in it: Windows renames no folder that holds an open file.
            with FileLock(self._partial.with_suffix(".lock"), timeout=0):
                yield
        except Timeout as error:
            raise ModelError(model_errors.FETCHED_ALREADY(name=self._entry.name)) from error
        except OSError as error:
            raise self._disk_error(error) from error

    def run(self) -> Iterator[FetchEvent]:
        with Hub(self._network) as hub:
            files = self._plan(hub)
            yield FetchPlanned(self._entry.name, tuple(file.name for file in files), self._total, self._done)
            self._require_room()
            self._started, self._began_with = time.monotonic(), self._done
            for file in files:
                yield from self._fetch_file(hub, file)
                if self._control.stopped:
                    yield FetchStopped(self._entry.name, self._done)
                    return
                if file.name == CONFIG:  # the first: what cannot be run is not fetched whole
                    require_runnable(described_without_weights(self._partial))
        yield Fetched(self._finish(files))

    def _plan(self, hub: Hub) -> list[RemoteFile]:
        """Find out what is needed, and drop what earlier attempts left of other versions."""
        remote = hub.describe(self._entry.repository, self._entry.revision)
        files = needed_files(hub, remote)
        parts = {self._part(file) for file in files} | {self._partial / file.name for file in files}
        for left in [file for file in self._partial.rglob("*") if file.is_file()]:
            if left not in parts:
                left.unlink()
        self._total = sum(file.size for file in files)
        self._done = sum(self._present(file) for file in files)
        return files

    def _part(self, file: RemoteFile) -> Path:
        return self._partial / f"{file.name}.{file.digest[:16]}.part"

    def _present(self, file: RemoteFile) -> int:
        for path in (self._partial / file.name, self._part(file)):
            if path.is_file():
                return min(path.stat().st_size, file.size)
        return 0

    def _require_room(self) -> None:
        needed = self._total - self._done + _SPARE
        free = shutil.disk_usage(self._partial).free
        if free < needed:
            raise DiskFull(model_errors.NO_ROOM(name=self._entry.name, needed=megabytes(needed), free=megabytes(free)))

    def _fetch_file(self, hub: Hub, file: RemoteFile) -> Iterator[FetchEvent]:
        """Bring one file here, going on after every interruption, and check it."""
        if (self._partial / file.name).is_file():
            return
        part = self._part(file)
        part.parent.mkdir(exist_ok=True)
        failures = 0
        while (size := part.stat().st_size if part.is_file() else 0) < file.size:
            try:
                yield from self._receive(hub, file, part, size)
            except Interrupted as interruption:
                gained = part.is_file() and part.stat().st_size > size
                failures = 1 if gained else failures + 1
                if failures >= self._network.attempts:
                    raise self._given_up(interruption) from interruption
                yield FetchNote(model_errors.CONNECTION_DROPPED(error=interruption.reason))
                self._pause(self._network.patience * 2 ** (failures - 1))
            if self._control.stopped:
                return
        yield Checking(self._entry.name, file.name)
        self._check(file, part)
        part.replace(self._partial / file.name)

    def _receive(self, hub: Hub, file: RemoteFile, part: Path, offset: int) -> Iterator[FetchEvent]:
        received = offset
        with part.open("ab") as target:
            with contextlib.closing(hub.stream(file, offset)) as chunks:
                for chunk in chunks:
                    target.write(chunk)
                    received += len(chunk)
                    self._done += len(chunk)
                    if not self._control.wait() or received > file.size:
                        break
                    if (progress := self._progress()) is not None:
                        yield progress
            target.flush()
            os.fsync(target.fileno())
        if received < file.size and not self._control.stopped:
            raise Interrupted(model_errors.SERVER_ENDED())

    def _progress(self) -> Fetching | None:
        now = time.monotonic()
        if now - self._told < TELL_EVERY:
            return None
        self._told = now
        seconds = now - self._started
        rate = (self._done - self._began_with) / seconds if seconds > 0 else 0.0
        left = (self._total - self._done) / rate if seconds > 2 and rate > 0 else None
        return Fetching(self._entry.name, self._done, self._total, rate, left)

    def _check(self, file: RemoteFile, part: Path) -> None:
        if part.stat().st_size == file.size and checksum_is_right(file, part):
            return
        part.unlink()
        raise ModelError(model_errors.ARRIVED_DAMAGED(file=file.name))

    def _finish(self, files: list[RemoteFile]) -> ModelFolder:
        """Prove that the folder is a model and give it its name: the one step that makes it usable."""
        model = read_model_folder(self._partial)
        origin = {
            "repository": self._entry.repository,
            "commit": files[0].commit,
            "licence": self._entry.licence,
            "files": {file.name: file.digest for file in files},
            "sources": {file.repository: file.commit for file in files},  # a tokenizer may have its own
        }
        (self._partial / ORIGIN).write_text(json.dumps(origin, indent=2), encoding="utf-8")
        if self._entry.probe:
            (self._partial / PROBE).write_text(json.dumps(dict(self._entry.probe)), encoding="utf-8")
        self._partial.replace(self._final)
        logger.info("fetched %s (%d bytes)", model.key, self._total)
        return read_model_folder(self._final)

    def _pause(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self._control.stopped and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))

    def _given_up(self, interruption: Interrupted) -> ModelError:
        return ModelError(model_errors.CONNECTION_FAILING(name=self._entry.name, error=interruption.reason))

    def _disk_error(self, error: OSError) -> DiskFull | ModelError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFull(model_errors.DISK_RAN_FULL(name=self._entry.name))
        return ModelError(
            model_errors.NOT_WRITTEN(
                name=self._entry.name, folder=self._final.parent, error=error.strerror or str(error)
            )
        )


def needed_files(hub: Hub, remote: RemoteModel) -> list[RemoteFile]:
    """Return the files of a repository that make a model folder: configuration, weights, tokenizer if it has its own.

    Raises:
        ModelError: if the repository is in neither layout or has its weights only as a pickle.
    """
    config = remote.file(CONFIG)
    if config is None and remote.file(f"{onnx_layout.PICTURES}/{onnx_layout.TOWER}"):
        names = onnx_layout.needed_names(file.name for file in remote.files)
        return [file for file in remote.files if file.name in names]
    # The third name is also what transformers calls weights of another layout; a hub repository may hold both.
    weights = next((file for file in map(remote.file, WEIGHTS[:2]) if file), None)
    if config is None:
        raise ModelError(model_errors.NOT_OPEN_CLIP(name=remote.repository, file=CONFIG))
    if weights is None:
        raise ModelError(model_errors.NO_SAFETENSORS(name=remote.repository))
    try:
        text = json.loads(hub.read(config))["model_cfg"]["text_cfg"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(model_errors.CONFIG_UNREADABLE(name=remote.repository)) from error
    if not text.get("hf_tokenizer_name"):
        return [config, weights]
    source = remote if remote.file(TOKENIZER_FILES[0]) else hub.describe(str(text["hf_tokenizer_name"]), "main")
    tokenizer = [file for file in map(source.file, TOKENIZER_FILES) if file]
    return [config, *tokenizer, weights]


def checksum_is_right(file: RemoteFile, path: Path) -> bool:
    """Compare a file with its checksum on the hub: SHA-256 of a large one, git's blob SHA-1 of a small one."""
    if file.sha256:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    data = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return blob == file.blob

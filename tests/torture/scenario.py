"""What a user does with a library in a minute, by the command line's own code, with fakes for models and decoders.

A step that fails ends the scenario, as it does for a user who reads the sentence, mends what it names, and goes on.
What was done is noted in a file outside of the library, before the step goes on: that may never be lost.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import shutil
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from unittest import mock

import numpy as np
from numpy.typing import NDArray

import core.cli
import core.errors
from core.encoder.protocol import Encoder
from core.events import Event, Indexed
from core.indexer import WarmPool
from core.library import Library
from core.library_indexing import LibraryIndexing
from core.models import ModelFolder, Tower
from core.photo import fingerprint
from tests.core.fakes import FakeEncoder, FakePool, write_photo

PHOTOS = 6
MODELS = ("one", "two")


@dataclass(frozen=True, slots=True)
class ScenarioFolders:
    """The folders of a scenario. Only `disk` meets faults; `notes` holds what was told to be done."""

    folder: Path

    @property
    def disk(self) -> Path:
        return self.folder / "disk"

    @property
    def library(self) -> Path:
        return self.disk / "library"

    @property
    def photos(self) -> Path:
        return self.folder / "photos"

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    def prepared(self) -> ScenarioFolders:
        """Make the photos, and two models that no test loads."""
        self.disk.mkdir(parents=True)
        for number in range(PHOTOS):
            write_photo(self.photos / f"{number}.png", number)
        for name in MODELS:
            model = self.library / "models" / name
            model.mkdir(parents=True)
            config = {"model_cfg": {"embed_dim": 13, "vision_cfg": {"image_size": 8}, "text_cfg": {}}}
            (model / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
            (model / "open_clip_model.safetensors").write_bytes(name.encode())
        return self

    def copied(self, to: Path) -> ScenarioFolders:
        shutil.copytree(self.folder, to)
        return ScenarioFolders(to)

    def note(self, kind: str, what: str) -> None:
        with self.notes.open("a", encoding="utf-8") as notes:
            notes.write(f"{kind} {what}\n")
            notes.flush()

    def noted(self, kind: str) -> list[str]:
        if not self.notes.exists():
            return []
        lines = self.notes.read_text(encoding="utf-8").splitlines()
        return [line.partition(" ")[2] for line in lines if line.startswith(f"{kind} ")]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a scenario ended: the step it stopped at (None: it ran to its end), and what the user read there."""

    step: int | None
    status: int
    said: str


Step = Callable[[ScenarioFolders], int]


def _command(*arguments: str) -> Step:
    return lambda folders: core.cli.main(["--library", str(folders.library), *arguments])


def _add(folders: ScenarioFolders) -> int:
    return core.cli.main(["--library", str(folders.library), "add", str(folders.photos)])


def _mark(folders: ScenarioFolders) -> int:
    """Give a star and a rating, as the window does."""
    one = fingerprint((folders.photos / "1.png").read_bytes())
    with Library.open(folders.library) as library:
        library.user_data.favourites.add([one])
        folders.note("starred", one.hex())
        library.user_data.ratings.set([one], 4)
        folders.note("rated", one.hex())
        library.machine_settings.set("pause_on_battery", True)
        folders.note("set", "pause_on_battery")
    return 0


def _delete(folders: ScenarioFolders) -> int:
    for name in ("4.png", "5.png"):
        (folders.photos / name).unlink(missing_ok=True)
    return 0


def _back_up(folders: ScenarioFolders) -> int:
    target = folders.disk / "backup.zip"
    if target.exists():
        return 0
    return core.cli.main(["--library", str(folders.library), "backup", str(target)])


STEPS: tuple[Step, ...] = (
    _command("models", "use", "one"),
    _add,
    _command("index"),
    _mark,
    _command("search", "red"),
    _command("models", "use", "two"),
    _command("index"),
    _delete,
    _command("index", "--forget-missing"),
    _command("models", "forget", "one"),
    _back_up,
    _command("check"),
)


def run_scenario(folders: ScenarioFolders, first: int = 0) -> Ending:
    """Run the steps from `first` on, until one fails."""
    with _fakes(folders):
        for number, step in enumerate(STEPS[first:], start=first):
            folders.note("begun", str(number))
            status, said = _run(step, folders)
            if status != 0:
                return Ending(number, status, said)
    return Ending(None, 0, "")


def _run(step: Step, folders: ScenarioFolders) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        try:
            status = step(folders)
        except core.errors.RecollectError as error:  # the window shows it
            return 1, f"recollect: {error.title}\n{error.advice}"
    return status, said.getvalue()


@contextlib.contextmanager
def _fakes(folders: ScenarioFolders) -> Generator[None]:
    def encoder(_models: Path, model: ModelFolder, _tower: Tower) -> Encoder:
        return NotingEncoder(model.key, folders)

    taking_in = LibraryIndexing._take_in  # pyright: ignore[reportPrivateUsage]

    def noting(indexing: LibraryIndexing, event: Event, model: ModelFolder) -> None:
        if isinstance(event, Indexed):
            for content_id in event.content_ids:
                photo = indexing._store.photo(content_id)  # pyright: ignore[reportPrivateUsage]
                folders.note("indexed", f"{model.name} {photo.fingerprint.hex() if photo else ''}")
        taking_in(indexing, event, model)

    with (
        mock.patch("core.library.encoder_process", encoder),
        mock.patch("core.library.in_process_encoder", encoder),
        mock.patch("core.library.WarmPool", functools.partial(WarmPool, make_pool=cast("Any", LastingPool))),
        mock.patch.object(LibraryIndexing, "_take_in", noting),
    ):
        yield


class LastingPool(FakePool):
    """A fake pool with what a pool that serves run after run has besides."""

    failed = False

    def start(self) -> None: ...

    def ease(self) -> None: ...


class NotingEncoder(FakeEncoder):
    """Notes every picture it is asked about, and understands every word alike."""

    def __init__(self, key: str, folders: ScenarioFolders) -> None:
        super().__init__(key)
        self._folders = folders

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        for picture in pixels:
            self._folders.note("embedded", f"{self.key.partition('@')[0]} {picture.tobytes().hex()}")
        return super().encode_images(pixels)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.eye(1, self.dimension, dtype=np.float32), (len(texts), 1))

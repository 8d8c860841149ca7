"""One library: folders, photos, vectors and the questions asked of them. The window and the terminal stand here.

Two models may be in play. The *wanted* one is what the user chose, and what indexing embeds with; the *answering*
one is what queries are ranked by. They differ only after a switch, until every photo has a vector of the wanted
one: the old vectors answer meanwhile, and going back costs nothing.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from core.decode import PreviewPool
from core.encoder.engine_record import remember_running, running_on
from core.encoder.process import EncoderProcess, Tower
from core.encoder.protocol import Encoder
from core.errors import ModelError, QueryError, RecollectError
from core.events import Control, Event, Finished, Indexed, Removed
from core.index import VectorIndex
from core.indexer import Indexer, WarmPool
from core.messages import library_errors, model_errors
from core.models import STARTER, ModelFolder, converted_folder, find_model, lasting_name, model_titles
from core.models.install import move_models
from core.paths import LibraryPaths
from core.photo import PathInfo, Photo, Results, Root, SkippedFile, Status
from core.query import parse
from core.searcher import Searcher
from core.store import Store, VectorUsage
from core.watcher import Watcher

MakeEncoder = Callable[[ModelFolder, Tower], Encoder]
"""Builds the encoder of one tower of a model; it loads on its first call."""

_TOWERS: tuple[Tower, Tower] = ("images", "texts")
_WANTED = "model"
_ANSWERING = "model_answering"


class Library:
    """An open library. Methods may be called from any thread; `index` is run by one at a time."""

    def __init__(self, store: Store, layout: LibraryPaths, model: str | None, make_encoder: MakeEncoder) -> None:
        self._store = store
        self._layout = layout
        self._make_encoder = make_encoder
        self._chosen = model
        self._encoders: dict[tuple[str, Tower], Encoder] = {}
        self._outdated: list[Encoder] = []
        self._searcher: Searcher | None = None
        self._index: VectorIndex | None = None
        self._answering: ModelFolder | None = None
        self._previews: PreviewPool | None = None
        self._previewing = threading.Lock()
        self._lock = threading.RLock()
        self._closed = False
        self._warm_pool = WarmPool(lambda: self._encoder(self._wanted(), "images"))

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        model: str | None = None,
        write: bool = True,
        make_encoder: MakeEncoder | None = None,
    ) -> Library:
        """Open or create the library in `folder`, with its remembered model or with `model` (name or folder).

        With `write` the library's lock is held until `close`, and `model` is remembered; without it everything but
        changing works beside a process that writes.

        Raises:
            LibraryError: busy, newer, damaged or read-only.
            ModelMissing: if `model` is given and is not there.
        """
        layout = LibraryPaths(folder)
        chosen = None if model is None else lasting_name(find_model(model, layout.models), layout.models)
        store = Store.open(layout, write=write)
        library = cls(store, layout, chosen, make_encoder or functools.partial(_encoder_process, layout.models))
        if write and chosen is not None:
            library.set_setting(_WANTED, chosen)
        return library

    @property
    def folder(self) -> Path:
        """Where the library lies."""
        return self._layout.folder

    def close(self) -> None:
        """End the models' processes and let go of the files. May be called twice."""
        self._closed = True
        self._warm_pool.close()
        for encoder in list(self._encoders.values()):
            encoder.close()
        self._encoders.clear()
        self._close_outdated()
        if self._previews is not None:
            self._previews.close()
        self._store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # Folders

    def roots(self) -> tuple[Root, ...]:
        """Return the folders of the library, in the order they were added."""
        return self._store.roots()

    def path_info(self, path: Path) -> PathInfo:
        """Return what a path is to this library: a photo, a folder or a file in it, or nothing of its."""
        return self._store.path_info(path)

    def add_root(self, path: Path) -> Root:
        """Add a folder of photos; `index` reads it.

        Raises:
            FolderError: if it is no folder, or is inside one that is there already.
        """
        return self._store.add_root(path)

    def remove_root(self, root_id: int) -> None:
        """Take a folder out of the library. No photo is touched."""
        self._drop(self._store.remove_root(root_id))

    # Indexing

    def index(self, control: Control, *, root_ids: tuple[int, ...] | None = None) -> Iterator[Event]:
        """Bring all folders, or those named, up to date; one pass. See `core.events` for what is yielded.

        Raises:
            ModelError, LibraryError: with everything committed until then kept.
        """
        model = self._wanted()
        self._close_outdated()
        encoder = self._encoder(model, "images")
        run = Indexer(self._store, encoder, self._warm_pool.pool).run(control, root_ids)
        try:
            for event in run:
                self._take_in(event, model)
                yield event
        finally:
            run.close()

    def forget_missing(self, root_id: int) -> Iterator[Event]:
        """Forget the photos that are no longer in a folder: the user's yes after `ManyGone`."""
        model = self._wanted()
        for event in Indexer(self._store, self._encoder(model, "images"), self._warm_pool.pool).forget_missing(root_id):
            self._take_in(event, model)
            yield event

    def watch(self, on_dirty: Callable[[int], None], on_note: Callable[[str], None]) -> Watcher:
        """Call `on_dirty(root_id)` from another thread whenever something in a folder came to rest."""
        return Watcher(self._store.roots(), on_dirty, on_note, on_stir=self._warm_pool.stir)

    # Searching

    def load(self) -> int:
        """Bring the vectors into memory and return how many. A second call is free."""
        with self._lock:
            if self._index is None:
                self._answer_with(self._answering_model())
            return len(self._index or ())

    def warm(self) -> None:
        """Load the words' tower, so that the first query is as fast as any."""
        encoder = self._encoder(self._answering_model(), "texts")
        if isinstance(encoder, EncoderProcess):
            encoder.start()

    def search(self, text: str, *, limit: int = 200, folder: Path | None = None) -> Results:
        """Return the photos that `text` describes, best first.

        Raises:
            QueryError: if there is nothing to search for.
            ModelError: if the model cannot be run.
        """
        query = parse(text, folder)
        return self._ready_searcher().search(query, limit)

    def similar(self, content_id: int, *, limit: int = 200) -> Results:
        """Return the photos most like a photo of the library.

        Raises:
            QueryError: if that photo is not searchable yet.
        """
        return self._ready_searcher().similar(content_id, limit)

    def latest(self, *, limit: int = 1_000_000, folder: Path | None = None) -> tuple[int, ...]:
        """Return content ids, newest photo first."""
        return self._store.latest(limit, folder)

    # Details

    def photo(self, content_id: int) -> Photo | None:
        """Return what is known of a photo, or None if it left the library."""
        return self._store.photo(content_id)

    def thumbnail(self, content_id: int) -> bytes | None:
        """Return a JPEG of at most 512 pixels a side, upright sRGB, or None."""
        return self._store.thumbnail(content_id)

    def preview(self, content_id: int, long_side: int) -> bytes | None:
        """Return a JPEG of the photo itself, upright sRGB, at most `long_side` pixels; None if it cannot be read."""
        photo = self._store.photo(content_id)
        if photo is None or photo.offline:
            return None
        with self._lock:
            if self._previews is None:
                self._previews = PreviewPool()
        with self._previewing:
            try:
                return self._previews.preview(photo.place.path, long_side)
            except RecollectError:
                return None

    def skipped(self) -> tuple[SkippedFile, ...]:
        """Return the files that are no searchable photos, with reasons."""
        return self._store.skipped()

    def status(self) -> Status:
        """Return the library in numbers, for the wanted model."""
        name, key = self._wanted_name(), self._wanted_key()
        counts = self._store.counts(key)
        device, notes = running_on(self._store, key, self._encoders.get((key, "images")))
        return Status(
            photos=counts.photos,
            indexed=counts.indexed,
            skipped=counts.skipped,
            pending=counts.pending,
            offline=counts.offline,
            model=Path(name).name,
            device=device,
            notes=notes,
            titles=model_titles(Path(name).name),
            roots=self._store.roots(),
        )

    def check(self) -> list[str]:
        """Return what is wrong with the library's files, a sentence each; nothing is changed."""
        return self._store.check()

    # Models

    def vector_usage(self, model: str) -> VectorUsage:
        """Return how many photos a model (by its name) was shown, and what its vectors take in the library's file."""
        spaces = [self._store.vector_usage(key) for key in self._keys_of(model)]
        return VectorUsage(sum(space.photos for space in spaces), sum(space.size for space in spaces))

    def use_model(self, name: str) -> None:
        """Embed with another model from the next `index` on; what it was opened with no longer counts.

        Raises:
            ModelMissing: if it is not there.
        """
        model = find_model(name, self._layout.models)
        self._store.set_setting(_WANTED, lasting_name(model, self._layout.models))
        self._chosen = None

    def move_models(self, target: Path) -> None:
        """Move the models into another folder. What is loaded goes on; what is loaded later comes from there.

        Raises:
            ModelError, DiskFull: if it cannot be done; nothing is lost then.
        """
        move_models(self._layout.models, target)
        with self._lock:
            self._outdated += self._encoders.values()
            self._encoders.clear()
            if self._index is not None:
                self._answer_with(self._answering_model())

    def forget_vectors(self, model: str) -> int:
        """Forget what a model (by its name) found in the photos; return how many bytes that freed.

        Raises:
            ModelError: if it is in use, or answers until the one in use has seen every photo.
        """
        with self._lock:
            doomed = self._keys_of(model)
            answering = self._answering_model().key if self._wanted_key() else ""
            if Path(self._wanted_name()).name == Path(model).name or answering in doomed:
                raise ModelError(model_errors.IN_USE(name=model))
            for key in doomed:
                for encoder in [self._encoders.pop((key, tower), None) for tower in _TOWERS]:
                    if encoder is not None:
                        encoder.close()
        return sum(self._store.forget_model(key) for key in doomed)

    def _close_outdated(self) -> None:
        with self._lock:
            outdated, self._outdated = self._outdated, []
        for encoder in outdated:
            encoder.close()

    def _keys_of(self, model: str) -> list[str]:
        """Return the keys there are vectors of whose model had this name, in whatever version."""
        return [key for key in self._store.model_keys() if key.rpartition("@")[0] == Path(model).name]

    # Settings

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a remembered JSON value."""
        return self._store.setting(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Remember a JSON value with the library."""
        self._store.set_setting(key, value)

    # Inside

    def _wanted_name(self) -> str:
        return self._chosen or str(self._store.setting(_WANTED, STARTER))

    def _wanted(self) -> ModelFolder:
        return find_model(self._wanted_name(), self._layout.models)

    def _wanted_key(self) -> str:
        """Return the wanted model's key, or an empty string while it is not on this computer."""
        try:
            return self._wanted().key
        except ModelError:
            return ""

    def _answering_model(self) -> ModelFolder:
        """Return the wanted model if it has all vectors, else the one that answered before the switch."""
        wanted = self._wanted()
        before = self._store.setting(_ANSWERING, None)
        if self._chosen is not None or not before or not self._store.count_pending(wanted.key):
            return wanted
        try:
            return find_model(str(before), self._layout.models)
        except ModelError:  # the old model was removed: what the new one has is better than nothing
            return wanted

    def _answer_with(self, model: ModelFolder) -> None:
        """Rank by this model from now on."""
        ids, vectors = self._store.load_vectors(model.key)
        index = VectorIndex(model.dimension)
        if len(ids):  # a model that never embedded anything has no dimension in the store either
            index.add(ids, vectors)
        self._searcher = Searcher(index, self._encoder(model, "texts"), self._store.content_ids_in_folder)
        self._index, self._answering = index, model

    def _ready_searcher(self) -> Searcher:
        self.load()
        with self._lock:
            if self._searcher is None:
                raise QueryError(library_errors.NOT_LOADED())
            return self._searcher

    def _take_in(self, event: Event, model: ModelFolder) -> None:
        """Let the index in memory follow what was committed."""
        with self._lock:
            if isinstance(event, Removed):
                self._drop(event.content_ids)
            elif isinstance(event, Indexed) and self._answers(model) and self._index is not None:
                self._index.add(np.array(event.content_ids, np.int64), event.vectors)
            elif isinstance(event, Finished):
                remember_running(self._store, model.key, self._encoders.get((model.key, "images")))
                if not self._store.count_pending(model.key):
                    self._store.set_setting(_ANSWERING, lasting_name(model, self._layout.models))
                    if self._index is not None and not self._answers(model):
                        self._answer_with(model)

    def _answers(self, model: ModelFolder) -> bool:
        return self._answering is not None and self._answering.key == model.key

    def _drop(self, content_ids: tuple[int, ...]) -> None:
        with self._lock:
            if self._index is not None and content_ids:
                self._index.remove(np.array(content_ids, np.int64))

    def _encoder(self, model: ModelFolder, tower: Tower) -> Encoder:
        with self._lock:
            if self._closed:
                raise ModelError(library_errors.CLOSED())
            key = (model.key, tower)
            if key not in self._encoders:
                self._encoders[key] = self._make_encoder(model, tower)
            return self._encoders[key]


def _encoder_process(models: Path, model: ModelFolder, tower: Tower) -> Encoder:
    # What a faster engine makes of a model is kept beside the models, so that it is made once.
    return EncoderProcess(model, tower, cache=converted_folder(models))

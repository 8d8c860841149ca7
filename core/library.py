"""One library: folders, photos, vectors and the questions asked of them. The window and the terminal stand here.

library_models    which models it is embedded and asked with, and their encoders
library_indexing  the passes over its folders
answering         the vectors in memory that questions are answered from
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.answering import Answering
from core.asked_pictures import AskedPictures
from core.closing import close_together
from core.duplicates import Duplicates
from core.file_turning import FileTurning
from core.folding import Folding
from core.indexer.warm_pool import WarmPool
from core.library_indexing import LibraryIndexing
from core.library_models import LibraryModels, MakeEncoder, encoder_process, in_process_encoder
from core.likelihood import LIKELY
from core.machine_settings import settings_of
from core.messages import Message
from core.models import find_model, lasting_name, model_titles
from core.opening import opened_catalog, opened_user_data, shown_place
from core.paths import LibraryPaths
from core.photo import FileLocation, PathInfo, Photo, Root, SkippedFile, Status, Subfolder
from core.placeholders import Placeholders
from core.positions import Positions
from core.previews import Previews
from core.query import EVERYTHING, All, Filter, Query
from core.query.facet import Facet
from core.query.offers import Offer, offers
from core.results import Results
from core.setting_names import WANTED_MODEL
from core.sidecars import Sidecars
from core.store import Catalog, Freed, best_line
from core.taken_days import TakenDays
from core.text_line import TextLine

if TYPE_CHECKING:
    from core.decode.job import Animation
    from core.events import Control, Event, ManyGone
    from core.text_reading import TextReading
    from core.watcher import Watcher


class Library:
    """An open library. Methods may be called from any thread; `index` is run by one at a time.

    Some methods only pass on to the store, since nobody above knows it.

    Attributes:
        models: which models it is embedded and asked with.
        shown_place, machine_settings: its folder or address, without a password; what holds for this computer only.
        follow, file_turning, storages: calls when another program recorded something; turns files; where folders lie.
        asked_pictures, placeholders: pictures that questions name; shape and mean colour of every photo, for a grid.
        folding, duplicates: which photos show the same: as rows of answers, and to choose what to keep of them.
        user_data: favourites, ratings, albums, tags: what the user said of photos, in a file that outlives the library.
    """

    def __init__(self, store: Catalog, layout: LibraryPaths, model: str | None, make_encoder: MakeEncoder) -> None:
        self.shown_place, self.follow, self.storages = shown_place(layout), store.follow, store.storages
        self.machine_settings = settings_of(store, layout)
        self.user_data = opened_user_data(layout, write=store.writable)
        self.sidecars = Sidecars(store.photo, store.content_ids_of, self.user_data)
        self.file_turning = FileTurning(store, self.user_data)
        self._store = store
        self._layout = layout
        self.models = LibraryModels(store, layout.models, model, make_encoder)
        self._warm_pool = WarmPool(lambda: self.models.encoder(self.models.wanted(), "images"))
        self.asked_pictures = AskedPictures(layout.asked_pictures)
        own_words, asked = self.user_data.words.find, self.asked_pictures.file
        self._answering = Answering(store, self.models, self._warm_pool, asked, own_words=own_words)
        self.folding = Folding(store.groups)
        self._indexing = LibraryIndexing(
            store,
            self.models,
            self._warm_pool,
            answering=self._answering,
            folding=self.folding,
            sidecars=self.sidecars,
        )
        self.duplicates = Duplicates(store, self.folding.groups, self.user_data)
        self._days = TakenDays(store.days, store.revision)
        self.placeholders = Placeholders(store, self.user_data.turns.all)
        self._previews = Previews(store.photo)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        server: str | None = None,
        model: str | None = None,
        write: bool = True,
        make_encoder: MakeEncoder | None = None,
        one_question: bool = False,
        today: Callable[[], date] = date.today,
    ) -> Library:
        """Open or create the library in `folder`, or on a `server`, with its remembered or another `model`.

        With `write` its lock is held until `close`, and `model` is remembered; without it others may write. With
        `one_question` models are loaded in this process, which may hold it up. "Last week" is counted from `today`.

        Raises:
            LibraryError: busy, newer, damaged, read-only or out of reach. ModelMissing: if `model` is not there.
        """
        layout = LibraryPaths(folder, server)
        chosen = None if model is None else lasting_name(find_model(model, layout.models), layout.models)
        store = opened_catalog(layout, write=write, today=today)
        encoder = in_process_encoder if one_question else encoder_process
        try:
            library = cls(store, layout, chosen, make_encoder or functools.partial(encoder, layout.models))
        except BaseException:
            store.close()
            raise
        if write and chosen is not None:
            library.set_setting(WANTED_MODEL, chosen)
        return library

    @property
    def folder(self) -> Path:
        """Where the library lies, or what this computer keeps of one on a server."""
        return self._layout.folder

    def close(self) -> None:
        """End the models' processes and let go of the files. May be called twice."""
        close_together((self._warm_pool.close, self.models.close, self._previews.close))
        self.user_data.close()
        self._store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # Folders

    def roots(self) -> tuple[Root, ...]:
        """Return the folders of the library, in the order they were added."""
        return self._store.roots()

    def subfolders(self, root_id: int, inside: str) -> tuple[Subfolder, ...]:
        """Return the folders right inside a folder of a root that hold photos, by name; `inside` is "" for the root."""
        return self._store.subfolders(root_id, inside)

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
        self._answering.remove(self._store.remove_root(root_id))

    def forget_places(self, places: Iterable[FileLocation]) -> tuple[int, ...]:
        """Forget files the user has just moved away, and return the photos that went with them."""
        lost = self._store.forget_files(self._store.file_ids(places))
        self._answering.remove(lost)
        return lost

    # Indexing

    def index(self, control: Control, *, root_ids: tuple[int, ...] | None = None) -> Iterator[Event]:
        """Bring all folders, or those named, up to date; one pass. See `core.events` for what is yielded.

        Raises:
            ModelError, LibraryError: with everything committed until then kept.
        """
        yield from self._indexing.run(control, root_ids)

    def forget_missing(self, gone: ManyGone) -> Iterator[Event]:
        """Forget the photos the user was asked about, as far as they are still missing: the yes after `ManyGone`."""
        yield from self._indexing.forget_missing(gone)

    @property
    def text_reading(self) -> TextReading:
        """What is written in pictures: in how many nobody looked for it yet, and the reading, for after `index`."""
        from core.text_reading import TextReading

        return TextReading(self._store, self._answering)

    def watch(self, on_dirty: Callable[[int], None], on_note: Callable[[Message], None]) -> Watcher:
        """Call `on_dirty(root_id)` from another thread whenever something in a folder came to rest."""
        from core.watcher import Watcher

        return Watcher(self._store.roots(), on_dirty, on_note, on_stir=self._warm_pool.stir)

    # Searching

    def load(self) -> int:
        """Bring the vectors into memory and return how many. A second call is free."""
        return len(self._answering.load().index)

    def catch_up(self) -> bool:
        """Let questions know of what another process recorded; return whether there was anything. Cheap if not."""
        news = self._answering.catch_up()
        if news or self._answering.current is None:
            self.folding.forget()
        return news

    def warm(self) -> None:
        """Load the words' tower, so that the first query is as fast as any."""
        self.models.encoder(self.models.answering(), "texts").start()

    def calibrate(self, control: Control) -> bool:
        """Fit how probable hits are with the model in use, if that was not done yet; return whether that changed.

        For after `index`: it takes seconds, and the model that embeds photos is loaded then.

        Raises:
            ModelError: if the model cannot be run.
            LibraryError: if the library was opened for reading.
        """
        return self._answering.calibrate(control)

    def prepare_words(self, control: Control) -> None:
        """See that the next program that asks a question needs no torch for it: once for a model, after `index`.

        Raises:
            ModelMissing: if the model is not on this computer.
        """
        self.models.prepare_words(control)

    def find(self, query: Query, *, likely_from: float = LIKELY, fold: bool = True, listings: bool = False) -> Results:
        """Answer a question: the photos that fit best, or without terms all that pass its filter.

        Of photos that show the same one stands for all in a ranking, as far as they pass, unless `fold` is False; with
        `listings` the JPEG stands for the RAW file of its shot there, too.

        In another order than the best first, the likely ones are in that order, before the others. They are those that
        are right with a probability of `likely_from`, where that is known.

        Raises:
            QueryError: if it cannot be asked.
            ModelError: if the model cannot be run.
        """
        if fold:
            return self.folding.find(query, lambda asked: self._answering.find(asked, likely_from), listings=listings)
        return self._answering.find(query, likely_from)

    def facet(self, query: Query, field: str) -> Facet:
        """Return which values of a field the photos of an answer have, and how many photos have each.

        Raises:
            QueryError, ModelError: as `find`.
        """
        among = self.find(query, fold=False).ids if query.terms else None
        return self._store.facet(field, query.filter if among is None else EVERYTHING, among)

    def count(self, filter: Filter) -> int:
        """Return how many photos pass a filter."""
        return len(self._store.passing(filter))

    def offers(self, typed: str, filter: Filter) -> tuple[Offer, ...]:
        """Return the facts that words of a question could mean, and that photos have which pass the filter."""
        found = offers(typed, self._store.names())
        counted = (replace(one, photos=self.count(All((filter, one.fact)))) for one in found)
        return tuple(one for one in counted if one.photos)

    def days(self, content_ids: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return on which day each of these photos was taken, or else its file is dated: yyyymmdd, int32 (n,)."""
        return self._days.of(content_ids)

    def positions(self) -> Positions:
        """Return where the photos were taken that say it, of all photos."""
        return self._store.positions()

    def forget_for_good(self) -> Freed:
        """Drop what is kept of photos that were forgotten lately, and give its space back."""
        return self._store.forget_for_good()

    # Details

    def photo(self, content_id: int) -> Photo | None:
        """Return what is known of a photo, or None if it left the library."""
        return self._store.photo(content_id)

    def text_lines(self, content_id: int) -> tuple[TextLine, ...]:
        """Return the lines of text that were read in a photo, in reading order."""
        return self._store.text_lines(content_id)

    def line_with(self, content_id: int, words: str) -> str | None:
        """Return the line of text in a photo that has most of these words; None if none has any."""
        lines = [line.text for line in self.text_lines(content_id)]
        best = best_line(lines, words)
        return None if best is None else lines[best]

    def fingerprints(self, content_ids: Iterable[int]) -> dict[int, bytes]:
        """Return the fingerprint of each of these photos, by which `user_data` names them."""
        return self._store.fingerprints_of(content_ids)

    def file_bytes(self, content_ids: Iterable[int]) -> int:
        """Return how large these photos are together; of one that lies in several files one counts."""
        return self._store.file_bytes(content_ids)

    def thumbnail(self, content_id: int) -> bytes | None:
        """Return a JPEG of at most 512 pixels a side, upright sRGB, or None."""
        return self._store.thumbnail(content_id)

    def preview(self, content_id: int, long_side: int) -> bytes | None:
        """Return an upright sRGB JPEG of a photo itself; None if it is out of reach, RecollectError if unreadable."""
        return self._previews.of_photo(content_id, long_side)

    def animation(self, content_id: int, long_side: int) -> Animation | None:
        """Return the frames of a moving picture; None if it is not within reach. Raises as `preview`."""
        return self._previews.animation(content_id, long_side)

    def sample(self, picture: Path, long_side: int) -> bytes:
        """Return a JPEG of a picture that a question names, at most `long_side` pixels; raises as `preview`."""
        return self._previews.of_file(self.asked_pictures.file(picture), long_side)

    def skipped(self) -> tuple[SkippedFile, ...]:
        """Return the files that are no searchable photos, with reasons."""
        return self._store.skipped()

    def status(self) -> Status:
        """Return the library in numbers, for the wanted model."""
        name, key = self.models.wanted_name, self.models.wanted_key()
        counts = self._store.counts(key)
        device, notes = self.models.running_on(key)
        return Status(
            *(counts.photos, counts.indexed, counts.skipped, counts.pending, counts.offline),
            model=Path(name).name,
            device=device,
            notes=notes,
            titles=model_titles(Path(name).name),
            roots=self._store.roots(),
        )

    def check(self) -> list[Message]:
        """Return what is wrong with the library's files; nothing is changed."""
        return self._store.check() + self.user_data.check()

    def move_models(self, target: Path) -> None:
        """Move the models into another folder. What is loaded goes on; what is loaded later comes from there.

        Raises ModelError or DiskFull if it cannot be done; nothing is lost then.
        """
        self.models.move(target)
        if self._answering.current is not None:
            self._answering.exchange(self.models.answering())

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a remembered JSON value."""
        return self._store.setting(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Remember a JSON value with the library."""
        self._store.set_setting(key, value)

"""A library without files, database or model, for tests of the window.

It answers like `core.library.Library`, from pictures painted here, as fast or as slowly as a test wants it to.
"""

from __future__ import annotations

import shutil
import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from core.asked_pictures import AskedPictures
from core.decode.job import Animation
from core.errors import FolderError
from core.events import (
    Control,
    Event,
    Finished,
    Indexed,
    ManyGone,
    Note,
    Progress,
    Scanned,
    Scanning,
    Skipped,
)
from core.groups import Groups
from core.library import Library
from core.library_models import LibraryModels
from core.likelihood import LIKELY
from core.messages import OTHER, Message, file_reasons, folder_messages
from core.paths import LibraryPaths
from core.photo import Facts, FileLocation, PathInfo, Photo, Root, SkippedFile, Status, Subfolder
from core.placeholders import Placeholders
from core.positions import Positions
from core.query import Fact, Filter, Query, Text
from core.query.facet import Facet, ValueCount
from core.query.offers import Offer, offers
from core.results import Reason, Results
from core.sidecars import Sidecars
from core.store.storages import OwnFolders, Storages
from core.text_line import TextLine
from core.user_data import UserData
from core.vectors import VectorRows
from tests.app.fake_duplicates import FakeDuplicates
from tests.app.fake_text_reading import FakeTextReading

SIDE = 64


@lru_cache(maxsize=64)
def painted(hue: int, width: int, height: int) -> bytes:
    """Return a JPEG of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(hue % 360, 160, 200))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


class FakeFollowing:
    def close(self) -> None: ...


class FakeWatch:
    def __init__(self) -> None:
        self.closed = False
        self.likely_from = LIKELY

    def ready(self, seconds: float = 0.0) -> bool:
        return True

    def close(self, seconds: float = 0.0) -> bool:
        self.closed = True
        return True


class FakeMachineSettings:
    """The settings of a computer that forgets them."""

    damage: Message | None = None

    def __init__(self) -> None:
        self.values: dict[str, bool | str] = {}

    def flag(self, name: str) -> bool:
        return self.values.get(name) is True

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def set(self, name: str, value: bool | str) -> None:
        self.values[name] = value


class FakeModels(LibraryModels):
    """No models, and two kilobytes of vectors."""

    def __init__(self) -> None: ...

    def vector_bytes(self) -> int:
        return 2048


class FakePlaceholders(Placeholders):
    """Photos of one shape; they have the colours that a test gives them."""

    def __init__(self) -> None:
        self.painted = np.zeros(0, np.int32)

    def shapes(self, content_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.full(len(content_ids), 1.5, np.float32)

    def colours(self) -> NDArray[np.int32]:
        return self.painted


class FakeLibrary(Library):
    """Photos 1..count. `find` waits while its words are held.

    Attributes:
        asked: the texts searched for, in order.
        groups: groups of photos that show the same; the best of each stands for all in an answer to words.
        shots: photos of which there is a RAW file, with that one.
        likely: how many of an answer are likely; None if that is not known.
        pace: called between two events of indexing; a test may wait in it or count.
    """

    def __init__(self, count: int = 12, *, roots: tuple[Path, ...] = (Path("/photos"),)) -> None:
        self.ids = list(range(count, 0, -1))
        self.disk = Path("/photos")
        self.folders = {number: path for number, path in enumerate(roots, 1)}
        self.away: dict[Path, Message] = {}
        self.offline: set[int] = set()
        self.skips = [SkippedFile(Path("/photos/broken.jpg"), file_reasons.TRUNCATED())]
        self.settings: dict[str, Any] = {}
        self.machine_settings = FakeMachineSettings()
        self.models = FakeModels()
        self.duplicates = FakeDuplicates()
        self.asked: list[str] = []
        self.places = Positions(np.empty(0, np.int64), np.empty(0), np.empty(0))
        self.day_of: Callable[[int], int] = lambda _: 20240517
        self.facets: dict[str, tuple[ValueCount, ...]] = {}
        self.counted: list[tuple[Query, str]] = []
        self.previewed: list[tuple[int, int]] = []
        self.forgotten: list[int] = []
        self.events: list[Event] = []
        self.pace: Callable[[], None] = lambda: None
        self.runs: list[tuple[int, ...] | None] = []
        self.watches: list[FakeWatch] = []
        self.on_dirty: Callable[[int], None] = lambda _: None
        self.on_note: Callable[[Message], None] = lambda _: None
        self.on_news: Callable[[], None] = lambda: None
        self.follow = self._follow
        self.texts = FakeTextReading()
        self.gates: dict[str, threading.Event] = {}
        self.fails: dict[str, Exception] = {}
        self.closed = False
        aside = mkdtemp()
        weakref.finalize(self, shutil.rmtree, aside, ignore_errors=True)
        self.user_data = UserData.open(LibraryPaths(Path(aside)), write=True)
        self.asked_pictures = AskedPictures(Path(aside) / "asked-pictures")
        self.sidecars = Sidecars(self.photo, self._ids_of, self.user_data)
        self.storages: Storages = OwnFolders()
        self.shots: dict[int, int] = {}
        self.groups: tuple[tuple[int, ...], ...] = ()
        self.likely: int | None = None
        self.found_for: dict[int, tuple[Reason, ...]] = {}
        self.sampled: list[Path] = []
        self.animations: dict[int, Animation] = {}
        self.written: dict[int, tuple[TextLine, ...]] = {}
        self.known: dict[Path, PathInfo] = {}
        self.placeholders: FakePlaceholders = FakePlaceholders()

    def _ids_of(self, prints: Collection[bytes]) -> NDArray[np.int64]:
        return np.array(sorted(int.from_bytes(one, "big") for one in prints), np.int64)

    def check(self) -> list[Message]:
        return []

    def close(self) -> None:
        self.closed = True
        self.user_data.close()

    def roots(self) -> tuple[Root, ...]:
        return tuple(
            Root(number, path, len(self.ids), len(self.skips), self.away.get(path))
            for number, path in self.folders.items()
        )

    def path_info(self, path: Path) -> PathInfo:
        return self.known.get(path) or PathInfo(path, exists=path.exists(), is_folder=path.is_dir())

    def add_root(self, path: Path) -> Root:
        if path.name == "missing":
            raise FolderError(folder_messages.ADD_NO_FOLDER(folder=path))
        number = max(self.folders, default=0) + 1
        self.folders[number] = path
        return Root(number, path)

    def subfolders(self, root_id: int, inside: str) -> tuple[Subfolder, ...]:
        return () if inside else (Subfolder("trip", len(self.ids), False),)

    def remove_root(self, root_id: int) -> None:
        del self.folders[root_id]

    def index(self, control: Control, *, root_ids: tuple[int, ...] | None = None) -> Iterator[Event]:
        self.runs.append(root_ids)
        for event in self.events or [Finished(0, 0, 0, 0, 0.0)]:
            if not control.wait():
                return
            self.pace()
            yield event

    def forget_missing(self, gone: ManyGone) -> Iterator[Event]:
        self.forgotten.append(gone.root_id)
        yield Finished(0, 0, 0, 1, 0.0)

    @property
    def text_reading(self) -> FakeTextReading:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.texts

    def load(self) -> int:
        return len(self.ids)

    def _follow(self, on_news: Callable[[], None]) -> FakeFollowing:
        self.on_news = on_news
        return FakeFollowing()

    def catch_up(self) -> bool:
        self._pass("catch_up")
        return True

    def warm(self) -> None:
        self._pass("warm")

    def prepare_words(self, control: Control) -> None: ...

    def calibrate(self, control: Control) -> bool:
        return False

    def find(self, query: Query, *, likely_from: float = LIKELY, fold: bool = True, listings: bool = False) -> Results:
        self.likely_from = likely_from
        limit = query.limit
        if not query.terms:
            self._pass("latest")
            found = Results(query, "", np.array(self.ids[:limit], np.int64), searched=len(self.ids))
            return found.fold(self._grouped(), shots_only=True) if listings else found
        if query.like is not None:
            return self._results(query, self.ids[:5])
        self.asked.append(query.words)
        self._pass(query.words)
        wanted = [number for number in self.ids if str(number) in query.words.split()] or self.ids
        found = self._results(query, [] if "nothing" in query.words else wanted[:limit])
        return found.fold(self._grouped()) if fold else found

    def _grouped(self) -> Groups:
        pairs = [(number, shot) for shot, raw in self.shots.items() for number in (shot, raw)]
        moments = {number: place for place, group in enumerate(self.groups, 1) for number in group}
        ids = np.array(sorted({*moments, *(number for number, _ in pairs)}), np.int64)
        kinds = [[of.get(number, 0) for number in ids.tolist()] for of in (moments, dict(pairs))]
        return Groups.of(ids, np.zeros_like(ids), *(np.array(kind, np.int64) for kind in kinds))

    def days(self, content_ids: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.int32]]:
        self._pass("days")
        return np.array([self.day_of(int(content_id)) for content_id in content_ids], np.int32)

    def positions(self) -> Positions:
        self._pass("positions")
        return self.places

    def offers(self, typed: str, filter: Filter) -> tuple[Offer, ...]:
        self._pass("offers")
        return tuple(replace(one, photos=3) for one in offers(typed))

    def count(self, filter: Filter) -> int:
        """Return how many photos are favourites, or in an album."""
        assert isinstance(filter, Fact)
        said = set(self.user_data.favourites.all() if filter.field == "is" else ())
        for album in self.user_data.albums.all():
            said |= set(self.user_data.albums.photos(album.album_id) if Text(album.name) in filter.values else ())
        return len(set(self.ids) & {int.from_bytes(one, "big") for one in said})

    def facet(self, query: Query, field: str) -> Facet:
        self._pass("facet")
        self.counted.append((query, field))
        return Facet(field, self.facets.get(field, ()))

    def _results(self, query: Query, found: list[int]) -> Results:
        scores = np.linspace(1, 0.5, len(found), dtype=np.float32)
        ids = np.array(found, np.int64)
        row_reasons = {number: why for number, why in self.found_for.items() if number in found}
        why = (Reason.WORDS,)
        made = Results(query, "fake", ids, scores, why, row_reasons, milliseconds=3.2, searched=len(self.ids))
        return made if self.likely is None else replace(made, likely=self.likely)

    def photo(self, content_id: int) -> Photo | None:
        if content_id > 10_000_000:
            return None
        place = FileLocation(self.disk, f"trip/photo {content_id}.jpg", content_id in self.offline)
        facts = Facts(width=900, height=600, taken_at="2024-05-17T18:03:55", camera="Pinhole 3", format="JPEG")
        return Photo(content_id, content_id.to_bytes(16, "big"), facts, (place,))

    def text_lines(self, content_id: int) -> tuple[TextLine, ...]:
        return self.written.get(content_id, ())

    def line_with(self, content_id: int, words: str) -> str | None:
        return f"a line of {content_id}"

    def fingerprints(self, content_ids: Iterable[int]) -> dict[int, bytes]:
        return {content_id: content_id.to_bytes(16, "big") for content_id in content_ids}

    def file_bytes(self, content_ids: Iterable[int]) -> int:
        return 1024 * len(tuple(content_ids))

    def forget_places(self, places: Iterable[FileLocation]) -> tuple[int, ...]:
        gone = tuple(int(place.relative_path.rsplit(" ", 1)[1].partition(".")[0]) for place in places)
        self.ids = [number for number in self.ids if number not in gone]
        return gone

    def thumbnail(self, content_id: int) -> bytes | None:
        self._pass("thumbnail")
        return painted(content_id * 37, SIDE * 3, SIDE * 2)

    def preview(self, content_id: int, long_side: int) -> bytes | None:
        self.previewed.append((content_id, long_side))
        self._pass("preview")
        return None if content_id in self.offline else painted(content_id * 37, 900, 600)

    def animation(self, content_id: int, long_side: int) -> Animation | None:
        return self.animations.get(content_id)

    def sample(self, picture: Path, long_side: int) -> bytes:
        self.sampled.append(picture)
        return painted(7, 90, 60)

    def skipped(self) -> tuple[SkippedFile, ...]:
        return tuple(self.skips)

    def status(self) -> Status:
        number = len(self.ids)
        return Status(
            number, number, len(self.skips), 0, len(self.offline), "fake", OTHER(text="Processor"), self.roots()
        )

    def setting(self, key: str, default: Any = None) -> Any:
        return self.settings.get(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        self.settings[key] = value

    def watch(self, on_dirty: Callable[[int], None], on_note: Callable[[Message], None]) -> Any:
        self.on_dirty, self.on_note = on_dirty, on_note
        self.watches.append(FakeWatch())
        return self.watches[-1]

    def hold(self, name: str) -> threading.Event:
        """Make calls of this name wait until the returned event is set."""
        self.gates[name] = threading.Event()
        return self.gates[name]

    def _pass(self, name: str) -> None:
        gate = self.gates.get(name)
        if gate is not None:
            gate.wait(10)
        if name in self.fails:
            raise self.fails[name]


def a_run(photos: int, *, skipped: int = 0) -> list[Event]:
    """Return the events of a run over new photos."""
    root = Path("/photos")
    events: list[Event] = [Scanning(root, photos), Scanned(root, photos, 0, 0, 0, 0)]
    for number in range(1, photos + 1):
        events.append(
            Indexed((1000 + number,), VectorRows.of_wholes(np.array([1000 + number]), np.zeros((1, 4), np.float32)))
        )
        events.append(Progress(number, photos, 0, 25.0, (photos - number) / 25))
    events += [Skipped(root / f"broken {n}.jpg", file_reasons.TRUNCATED()) for n in range(skipped)]
    return [*events, Finished(photos, 0, skipped, 0, 1.0)]


__all__ = ["FakeLibrary", "FakeWatch", "ManyGone", "Note", "a_run", "painted"]

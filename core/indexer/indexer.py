"""One pass over the folders of a library: what is new is embedded, what moved is followed, what is gone forgotten."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Container, Generator, Iterator
from pathlib import Path

from core.changes import Found, Missing, compare
from core.decode import SUPPORTED_SUFFIXES
from core.encoder.protocol import Encoder, ExpectingEncoder
from core.events import Control, Event, Finished, ManyGone, Moved, Removed, Skipped
from core.indexer.facts_pass import read_due_facts
from core.indexer.folder_scan import FolderScan, is_many, scan_folder
from core.indexer.groups_pass import find_groups
from core.indexer.pipeline import Pipeline
from core.indexer.pools import PoolFactory
from core.indexer.progress import ProgressMeter
from core.indexer.sharing import embedded_elsewhere, own_tasks
from core.indexer.tasks import ReadFile, Task, UseThumbnail
from core.messages import file_reasons
from core.photo import Root
from core.scanner import SETTLE_SECONDS, stamp_of
from core.store import Batch, Catalog, FileStamp, KnownFile, MovedFile, SkippedStamp

_AT_ONCE = 1000
"""Files recorded in one transaction: a moved folder of any size never holds up the writer for long."""
_LOOK_S = 0.1
"""How often a wait for files to come to rest looks whether the run is to stop."""


class Indexer:
    """Brings folders up to date with one model. `pool_factory` makes the decoders, when there is something to read."""

    def __init__(
        self,
        store: Catalog,
        encoder: Encoder,
        pool_factory: PoolFactory,
        *,
        suffixes: Container[str] = SUPPORTED_SUFFIXES,
        settle_seconds: float = SETTLE_SECONDS,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._pool_factory = pool_factory
        self._suffixes = suffixes
        self._settle_seconds = settle_seconds

    def run(self, control: Control, root_ids: tuple[int, ...] | None = None) -> Generator[Event]:
        """Bring all folders, or those named, up to date; then embed whatever the model still lacks.

        Stopping the control commits what is under way and ends with `Finished`; closing the generator drops it,
        since nobody would hear of it. Nothing is forgotten unless the run comes to its own end.

        Raises:
            ModelError, LibraryError: with everything committed until then kept.
        """
        started = time.monotonic()
        meter = ProgressMeter()
        pipeline = Pipeline(self._store, self._encoder, self._pool_factory, control, meter)
        removed: tuple[int, ...] = ()
        try:
            scans = yield from self._scans(control, root_ids)
            given_up = yield from self._ask_before_forgetting(scans, control)
            yield from self._set_aside(scans, meter)
            for tasks in (self._tasks(scans, meter), self._second_look(scans, control, meter)):
                yield from pipeline.run(own_tasks(self._store, self._encoder.key, tasks, meter))
            others, pipeline.elsewhere = pipeline.elsewhere, []
            meter.total += len(others)
            yield from pipeline.run(embedded_elsewhere(self._store, self._encoder.key, others, control))
            silent = pipeline.silent_drives.root_ids
            if not control.stopped:
                removed = self._forget([(root.path, gone) for root, gone in given_up if root.root_id not in silent])
                if removed:
                    yield Removed(removed)
        finally:
            pipeline.close()
            self._store.release_claims()
        if not silent:  # else each of them could wait for its drive again
            yield from read_due_facts(self._store, lambda: self._pool_factory(self._encoder.pixels), control)
        yield from find_groups(self._store, self._encoder.key, control)
        yield from self._store.prepare_search(self._encoder.key, control)
        seconds = time.monotonic() - started
        yield Finished(pipeline.writer.embedded, pipeline.writer.linked, meter.skipped, len(removed), seconds)

    def forget_missing(self, gone: ManyGone) -> Generator[Event]:
        """Forget the files the user was asked about, as far as they are still missing: the yes after `ManyGone`."""
        for one in (yield from self._scans(Control(), (gone.root_id,))):
            agreed = tuple(missing for missing in one.changes.gone if missing.file_id in gone.file_ids)
            removed = self._forget([(one.root.path, agreed)])
            if removed:
                yield Removed(removed)

    # Looking

    def _scans(self, control: Control, root_ids: tuple[int, ...] | None) -> Generator[Event, None, list[FolderScan]]:
        scans: list[FolderScan] = []
        for root in self._store.roots():
            if root_ids is not None and root.root_id not in root_ids:
                continue
            if not self._store.storages.is_here(root.root_id):
                continue
            if not control.wait():
                break
            one = yield from scan_folder(
                self._store, root, control, self._encoder.key, self._suffixes, self._settle_seconds
            )
            if one is not None:
                scans.append(one)
                yield from self._follow(one)
                self._follow_sidecars(one)
        return scans

    def _follow(self, one: FolderScan) -> Iterator[Event]:
        """Record what moved: nothing of it is read."""
        moves, root = one.changes.moved, one.root
        for start in range(0, len(moves), _AT_ONCE):
            some = moves[start : start + _AT_ONCE]
            self._store.record(Batch(moved=tuple(MovedFile(move.file_id, _stamp(root, move.target)) for move in some)))
            for move in some:
                yield Moved(root.path / move.source, root.path / move.target.relative_path)

    def _follow_sidecars(self, one: FolderScan) -> None:
        """Note what came, changed and went beside photos: their facts are read in the end."""
        beside, root = one.sidecars, one.root
        came = [*beside.new, *beside.changed, *(move.target for move in beside.moved)]
        gone = [*(missing.relative_path for missing in beside.gone), *(move.source for move in beside.moved)]
        stamps = [_stamp(root, found) for found in came]
        for start in range(0, max(len(stamps), len(gone)), _AT_ONCE):
            end = start + _AT_ONCE
            self._store.follow_sidecars(root.root_id, stamps[start:end], gone[start:end])

    def _set_aside(self, scans: list[FolderScan], meter: ProgressMeter) -> Iterator[Event]:
        """List new files that are kept online only: reading them would download them."""
        reason = file_reasons.ONLINE_ONLY()
        online = [(one.root, found) for one in scans for found in one.changes.online]
        for start in range(0, len(online), _AT_ONCE):
            some = online[start : start + _AT_ONCE]
            skipped = tuple(SkippedStamp(_stamp(root, found), reason, transient=True) for root, found in some)
            self._store.record(Batch(skipped=skipped))
            meter.skipped += len(some)
            for root, found in some:
                yield Skipped(root.path / found.relative_path, reason)

    def _ask_before_forgetting(
        self, scans: list[FolderScan], control: Control
    ) -> Generator[Event, None, list[tuple[Root, tuple[Missing, ...]]]]:
        """Return the files to forget in the end; where too many are missing at once, ask instead.

        A missing file as large as a new one is no loss yet: it may have been carried to another folder. What never was
        a photo is no loss at all.
        """
        if control.stopped:  # what is missing may lie in a folder that was not looked at any more
            return []
        arrived = Counter(found.stamp.size for one in scans for found in (*one.changes.new, *one.changes.online))
        arrived.update(stamp.size for one in scans for stamp in one.unsettled.values())
        given_up: list[tuple[Root, tuple[Missing, ...]]] = []
        for one in scans:
            lost = [missing for missing in one.changes.gone if one.doubtful or not _carried(missing, arrived)]
            photos = sum(missing.photo for missing in lost)
            if is_many(photos, one.photos) or (one.doubtful and photos):
                ids = frozenset(missing.file_id for missing in lost)
                yield ManyGone(one.root.root_id, one.root.path, photos, one.photos, ids)
            else:
                given_up.append((one.root, one.changes.gone))
        return given_up

    def _forget(self, given_up: list[tuple[Path, tuple[Missing, ...]]]) -> tuple[int, ...]:
        """Forget files, unless they came back while the rest was read, and photos that no file holds any more."""
        return self._store.forget_files(
            [
                missing.file_id
                for root, gone in given_up
                for missing in gone
                if stamp_of(root, missing.relative_path) is None
            ]
        )

    # What is to be done

    def _tasks(self, scans: list[FolderScan], meter: ProgressMeter) -> Iterator[Task]:
        meter.total += sum(len(one.changes.new) + len(one.changes.changed) for one in scans)
        meter.total += self._store.count_pending(self._encoder.key)
        if isinstance(self._encoder, ExpectingEncoder):
            self._encoder.expect(meter.total)
        for one in scans:
            for found in (*one.changes.changed, *one.changes.new):
                yield _read(one.root, found)
        for lacking in self._store.pending(self._encoder.key):
            if lacking.file is not None and lacking.path is not None:
                yield ReadFile(lacking.file, lacking.path, afresh=True)
            else:
                yield UseThumbnail(lacking.content_id, lacking.fingerprint)
        for lacking in self._store.lacking_thumbnails():
            if lacking.file is not None and lacking.path is not None:
                meter.total += 1
                yield ReadFile(lacking.file, lacking.path, afresh=True)

    def _second_look(self, scans: list[FolderScan], control: Control, meter: ProgressMeter) -> Iterator[Task]:
        """Read the files that were being written to and are at rest now; the others wait for the next run."""
        unsettled = [one for one in scans if one.unsettled]
        until = time.monotonic() + max((self._unrest(one) for one in unsettled), default=0.0)
        while unsettled and not control.stopped and time.monotonic() < until:
            time.sleep(_LOOK_S)
        for one in unsettled:
            still = {path: stamp_of(one.root.path, path) for path in one.unsettled}
            resting = {path: stamp for path, stamp in still.items() if stamp and stamp == one.unsettled[path]}
            known = (file for file in self._known(one.root) if file.relative_path in resting)
            changes = compare(known, resting)
            meter.total += len(changes.new) + len(changes.changed)
            for found in (*changes.changed, *changes.new):
                yield _read(one.root, found)

    def _known(self, root: Root) -> Iterator[KnownFile]:
        return self._store.known_files(root.root_id, self._encoder.key)

    def _unrest(self, one: FolderScan) -> float:
        """Return for how many seconds the youngest file of a folder is not at rest yet, by its date."""
        youngest = max(stamp.mtime_ns for stamp in one.unsettled.values())
        age = (time.time_ns() - youngest) / 1e9
        return min(max(0.0, self._settle_seconds - age), 2 * self._settle_seconds)


def _carried(missing: Missing, arrived: Counter[int]) -> bool:
    """Return whether a missing file may be one of those that arrived, each of which stands for one."""
    arrived[missing.size] -= 1
    return arrived[missing.size] >= 0


def _stamp(root: Root, found: Found) -> FileStamp:
    size, mtime_ns, inode = found.stamp
    return FileStamp(root.root_id, found.relative_path, size, mtime_ns, inode)


def _read(root: Root, found: Found) -> ReadFile:
    return ReadFile(_stamp(root, found), root.path / found.relative_path)

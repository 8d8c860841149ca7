"""A batch is recorded whole; where the library balks at one thing in it, the rest is recorded all the same."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from core.errors import RecollectError
from core.indexer.embedding import Picture
from core.messages import file_reasons
from core.store import Batch, Catalog, FileStamp, Recorded, SkippedStamp
from core.store.records import ThumbnailLook

logger = logging.getLogger(__name__)


def unexpected(file: FileStamp, error: Exception) -> SkippedStamp:
    """Return the reason for a file whose like nobody thought of; the next run tries again, and may know better."""
    return SkippedStamp(file, file_reasons.UNEXPECTED(kind=type(error).__name__), transient=True)


def record_each(store: Catalog, batch: Batch) -> tuple[Recorded, tuple[SkippedStamp, ...]]:
    """Record a batch; return what came of it, and the files that were set aside because of an unexpected error.

    Raises:
        LibraryError, ModelError: nothing of the batch is recorded then.
    """
    try:
        return store.record(batch), ()
    except RecollectError:
        raise
    except Exception:
        logger.exception("a batch was refused; it is recorded one by one")
    return _one_by_one(store, batch)


def keep_looks(store: Catalog, pictures: Sequence[Picture], content_ids: Sequence[int | None]) -> None:
    """Keep what the decoders saw of thumbnails, so that no later pass has to look at them, one after the other."""
    looks = [
        ThumbnailLook(content_id, picture.look.hash, picture.look.colour)
        for picture, content_id in zip(pictures, content_ids, strict=True)
        if content_id is not None and picture.look is not None
    ]
    if looks:
        store.record_looks(looks)


def _one_by_one(store: Catalog, batch: Batch) -> tuple[Recorded, tuple[SkippedStamp, ...]]:
    nothing = Batch(model=batch.model)
    refused: list[SkippedStamp] = []
    embedded: list[int | None] = []
    for item in batch.embedded:
        done = _recorded(store, replace(nothing, embedded=(item,)), item.files, refused)
        embedded.append(done.embedded[0] if done.embedded else None)
    linked: list[int | None] = []
    for link in batch.linked:
        done = _recorded(store, replace(nothing, linked=(link,)), (link.file,), refused)
        linked.append(done.linked[0] if done.linked else None)
    for made in batch.from_thumbnails:
        _recorded(store, replace(nothing, from_thumbnails=(made,)), (), refused)
    for skipped in batch.skipped:
        _recorded(store, replace(nothing, skipped=(skipped,)), (), refused)
    for moved in batch.moved:
        _recorded(store, replace(nothing, moved=(moved,)), (), refused)
    for read in batch.facts:
        _recorded(store, replace(nothing, facts=(read,)), (), refused)
    return Recorded(tuple(embedded), tuple(linked)), tuple(refused)


def _recorded(store: Catalog, batch: Batch, files: tuple[FileStamp, ...], refused: list[SkippedStamp]) -> Recorded:
    """Record one thing; if it cannot be, note its files as skipped, as far as even that is possible."""
    try:
        return store.record(batch)
    except RecollectError:
        raise
    except Exception as error:
        logger.exception("one thing of a batch cannot be recorded")
        reasons = [unexpected(file, error) for file in files]
    for reason in reasons:
        refused.append(reason)
        try:
            store.record(Batch(skipped=(reason,)))
        except RecollectError:
            raise
        except Exception:  # its very name or numbers are what the library cannot hold: it is told of, not kept
            logger.exception("a skipped file cannot be noted")
    return Recorded()

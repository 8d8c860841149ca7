"""The indexing of a library: passes over its folders, and the answers in memory that follow what is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.answering import Answering
from core.folding import Folding
from core.indexer.warm_pool import WarmPool
from core.library_models import LibraryModels
from core.models import ModelFolder
from core.sidecars import Sidecars
from core.store import Catalog

if TYPE_CHECKING:
    from core.events import Control, Event, ManyGone
    from core.indexer import Indexer


class LibraryIndexing:
    """Runs the indexer with the model that is wanted. One pass at a time."""

    def __init__(
        self,
        store: Catalog,
        models: LibraryModels,
        warm_pool: WarmPool,
        *,
        answering: Answering,
        folding: Folding,
        sidecars: Sidecars,
    ) -> None:
        self._store = store
        self._models = models
        self._warm_pool = warm_pool
        self._answering = answering
        self._folding = folding
        self._sidecars = sidecars

    def run(self, control: Control, root_ids: tuple[int, ...] | None) -> Iterator[Event]:
        """Bring all folders, or those named, up to date.

        Raises:
            ModelError, LibraryError: with everything committed until then kept.
        """
        model = self._models.wanted()
        self._models.close_outdated()
        self._models.require_words(model)
        run = self._indexer(model).run(control, root_ids)
        try:
            yield from self._models.news()
            for event in run:
                self._take_in(event, model)
                yield event
                yield from self._sidecars.follow(event)
        finally:
            run.close()

    def forget_missing(self, gone: ManyGone) -> Iterator[Event]:
        """Forget the photos the user was asked about, as far as they are still missing."""
        model = self._models.wanted()
        for event in self._indexer(model).forget_missing(gone):
            self._take_in(event, model)
            yield event

    def _indexer(self, model: ModelFolder) -> Indexer:
        from core.indexer import Indexer  # with the codecs, which most questions do without

        return Indexer(self._store, self._models.encoder(model, "images"), self._warm_pool.pool)

    def _take_in(self, event: Event, model: ModelFolder) -> None:
        """Let the vectors in memory follow what was committed."""
        from core.events import Comparing, Finished, Indexed, Removed

        if isinstance(event, Removed):
            self._answering.remove(event.content_ids)
        elif isinstance(event, Comparing):
            self._folding.forget()
        elif isinstance(event, Indexed):
            self._answering.add(model.key, event.vectors)
        elif isinstance(event, Finished) and self._models.finish_run(model):
            current = self._answering.current
            if current is not None and current.model.key != model.key:
                self._answering.exchange(model)

"""What the window makes of a run of the indexer: the bar below, questions, notices, and answers asked again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from app.services.event_batch import EventBatch
from app.services.indexing import PauseReason
from app.services.marking import followed_elsewhere
from app.services.services import Services
from app.text import formatting
from app.window.indexing_bar import IndexingBar
from app.window.photos_page import PhotosPage
from core.events import ManyGone
from core.photo import Status


class IndexingFeedback(QObject):
    """Follows the indexing, which may be under way already: this may be a second window in another language."""

    def __init__(self, services: Services, photos: PhotosPage, bar: IndexingBar) -> None:
        super().__init__(bar)
        self._services = services
        self._photos = photos
        self._bar = bar
        self._told_offline: set[Path] = set()
        self._asked_about: dict[Path, str] = {}
        indexing = services.indexing
        bar.hide()
        bar.paused.connect(indexing.pause)
        bar.resumed.connect(indexing.resume)
        indexing.started.connect(self._on_started)
        indexing.gathered.connect(self._on_gathered)
        indexing.ended.connect(self._on_ended)
        indexing.held.connect(self._on_held)
        services.library_tasks.counted.connect(self._on_counted)
        services.library_tasks.live_updates.caught_up.connect(self._on_caught_up)
        services.storage.thumbnails_found.connect(lambda _: photos.grid.renew())
        if indexing.running:
            self._on_started()
        if indexing.hold is not PauseReason.NONE:
            self._on_held(indexing.hold)

    def _on_started(self) -> None:
        self._bar.begin()
        self._bar.show()
        self._photos.show_indexing(True)

    def _on_gathered(self, batch: EventBatch) -> None:
        self._bar.show_batch(batch)
        if batch.reading_text is not None:
            self._bar.show()
        if batch.changed or batch.finished or batch.offline or batch.texts:
            self._services.search.look_again()
        if batch.changed or batch.skipped or batch.finished:
            self._services.library_tasks.count_soon()
        for note in batch.notes:
            self._services.messages.say(note.message)
        for said in batch.said_elsewhere:
            self._services.changes.hear(followed_elsewhere(said))
        for scanned in batch.scanned:
            self._withdraw_question(scanned.root)
        for question in batch.questions:
            self._ask_about(question)
        for gone in batch.offline:
            self._tell_offline(gone.root)

    def _tell_offline(self, root: Path) -> None:
        """Say once, not with every pass, that a folder is away."""
        if root not in self._told_offline:
            self._told_offline.add(root)
            self._services.messages.say(self._away(root))

    def _away(self, root: Path) -> str:
        text = self.tr("“{folder}” is not connected. Its photos stay in the library, shown from stored copies.")
        return text.format(folder=formatting.folder(root))

    def _on_counted(self, status: Status) -> None:
        """Say no longer that a folder is away when it is back; the next time it goes is news again."""
        back = {root.path for root in status.roots if root.offline is None} & self._told_offline
        for root in back:
            self._services.messages.withdraw(self._away(root))
        self._told_offline -= back

    def _withdraw_question(self, root: Path) -> None:
        """Ask no longer about a folder that was looked at again: what is still missing there is asked about anew."""
        asked = self._asked_about.pop(root, None)
        if asked is not None:
            self._services.messages.withdraw(asked)

    def _ask_about(self, gone: ManyGone) -> None:
        text = self.tr("{gone} of {total} in “{folder}” are no longer there. Forget them?").format(
            gone=formatting.count(gone.gone), total=formatting.photos(gone.total), folder=formatting.folder(gone.root)
        )
        actions = {
            self.tr("Keep"): lambda: None,
            self.tr("Forget"): lambda: self._services.indexing.forget_missing(gone),
        }
        self._asked_about[gone.root] = text
        self._services.messages.say(text, actions)

    def _on_ended(self) -> None:
        self._bar.setVisible(self._services.indexing.hold is not PauseReason.NONE)
        self._photos.show_indexing(False)
        self._photos.grid.renew()
        self._services.library_tasks.count()
        self._services.overview.look()
        self._services.search.look_again()

    def _on_caught_up(self) -> None:
        """Show what other programs recorded, and what their users said of photos."""
        self._services.search.look_again()
        self._services.library_tasks.count_soon()
        self._services.overview.look()
        self._photos.grid.renew_marks()

    def _on_held(self, hold: PauseReason) -> None:
        self._bar.show_hold(hold)
        self._bar.setVisible(hold is not PauseReason.NONE or self._services.indexing.running)
        self._services.library_tasks.remember_paused(hold is PauseReason.WISH)

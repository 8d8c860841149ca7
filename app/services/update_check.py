"""The quiet look for a newer version, once a day, where the user turned it on and the program knows where to look."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal

from app.services import desktop
from app.services.jobs import TaskQueue
from app.services.messages import Messages
from app.services.model_tasks import ModelTasks
from app.services.preferences import Preferences
from core.releases import Release, newer_release, releases_address
from core.version import program_version

logger = logging.getLogger(__name__)

DAY_SECONDS = 24 * 60 * 60
GLANCE_MILLISECONDS = 60 * 60 * 1000
"""How often a window that stays open for days looks at the clock."""


class UpdateCheck(QObject):
    """Asks in a queue of its own, which is there only once something is asked.

    Signals:
        looked: the answer to `look_now`: the newer version, "" if there is none, None if nobody answered.
    """

    looked = Signal(object)

    def __init__(
        self, preferences: Preferences, model_tasks: ModelTasks, messages: Messages, address: str | None = None
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._model_tasks = model_tasks
        self._messages = messages
        self._address = releases_address() if address is None else address
        self._version = program_version()
        self._lane: TaskQueue | None = None
        self._clock = QTimer(self, interval=GLANCE_MILLISECONDS)
        self._clock.timeout.connect(self.look)

    @property
    def host(self) -> str:
        """Who is asked; empty if this program does not know."""
        return urlsplit(self._address).hostname or ""

    @property
    def wanted(self) -> bool:
        return self._preferences.looks_for_newer

    def choose(self, wanted: bool) -> None:
        """Turn it on or off."""
        self._preferences.looks_for_newer = wanted
        self.look()

    def look(self) -> None:
        """Ask, if that is wanted and was not done within a day."""
        if not self._address or not self.wanted:
            self._clock.stop()
            return
        self._clock.start()
        now = time.time()
        if not 0 <= now - self._preferences.looked_at < DAY_SECONDS:
            self._preferences.looked_at = now
            self._model_tasks.network(self._ask)

    def look_now(self) -> None:
        """Ask now, since the user pressed the button; `looked` answers. Nothing is turned on by it."""
        self._model_tasks.network(lambda addresses: self._query(addresses, self._on_answered_now, self._on_failed_now))

    def stop(self, deadline: float) -> bool:
        self._clock.stop()
        return self._lane is None or self._lane.stop(deadline)

    def _ask(self, addresses: tuple[str, str]) -> None:
        self._query(addresses, self._on_answered, self._on_failed)

    def _query(
        self,
        addresses: tuple[str, str],
        answered: Callable[[Release | None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        _mirror, proxy = addresses
        self._lane = self._lane or TaskQueue("newer version")
        address, version = self._address, self._version
        self._lane.ask(lambda: newer_release(address, version, proxy=proxy), answered, failed=failed)

    def _on_answered(self, release: Release | None) -> None:
        if release is not None:
            text = self.tr("Recollect {version} is available.").format(version=release.version)
            page = release.page
            self._messages.say(text, {self.tr("Open its page"): lambda: desktop.open_page(page)})

    def _on_answered_now(self, release: Release | None) -> None:
        self._on_answered(release)
        self.looked.emit(release.version if release is not None else "")

    def _on_failed(self, error: Exception) -> None:
        logger.info("no answer about a newer version: %s", error)

    def _on_failed_now(self, error: Exception) -> None:
        self._on_failed(error)
        self.looked.emit(None)

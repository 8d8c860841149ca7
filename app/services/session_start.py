"""Starting when the user logs in, without a window, where the user turned that on."""

from __future__ import annotations

import logging

from core.login_start import IN_TRAY, login_start, own_command
from core.paths import LibraryPaths, library_folder

logger = logging.getLogger(__name__)


class SessionStart:
    """What the system is told; it alone remembers, so that what is shown is so."""

    def __init__(self, layout: LibraryPaths) -> None:
        self._layout = layout
        self._system = login_start()

    @property
    def available(self) -> bool:
        """Whether this program may say so here, and knows how it is started."""
        return self._system is not None and own_command() is not None

    @property
    def wanted(self) -> bool:
        return self._system is not None and self._system.is_on

    def choose(self, wanted: bool) -> bool:
        """Start at each login from now on, or no longer; False if the system refuses."""
        command = own_command()
        try:
            if self._system is not None and not wanted:
                self._system.turn_off()
            elif self._system is not None and command is not None:
                self._system.turn_on((*command, IN_TRAY, *self._library()))
        except OSError:
            logger.info("the start at login could not be changed", exc_info=True)
        return self.wanted == wanted

    def _library(self) -> tuple[str, ...]:
        if self._layout.server is not None:
            return ("--library", self._layout.server)
        return () if self._layout.folder == library_folder() else ("--library", str(self._layout.folder))

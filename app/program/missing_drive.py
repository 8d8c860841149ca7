"""What the program says in the place of a window whose library is on a drive that is not connected.

Said before anything else is made: the window's own settings would lie in the bare place of the drive already.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.look.theme import Theme
from app.program.crash_reports import logger
from app.services.messages import Messages
from app.services.preferences import Preferences
from app.text.language import Language
from core.absent_drives import require_drive
from core.errors import DriveAbsent
from core.paths import LibraryPaths


def missing_drive(layout: LibraryPaths) -> DriveAbsent | None:
    """Return what is to be said of a library whose drive is not connected; None of any other."""
    if layout.server is not None:
        return None
    try:
        if not layout.database.exists():
            require_drive(layout.folder)
    except DriveAbsent as error:
        return error
    except OSError:  # opening it tells why
        return None
    return None


def tell(application: QApplication, layout: LibraryPaths, error: DriveAbsent) -> None:
    """Say it in a dialog, and return once that was read."""
    messages = Messages(lambda unexpected: logger.error("not to be told", exc_info=unexpected))
    preferences = Preferences(layout)
    theme = Theme(application, preferences.theme, still=preferences.still)
    language = Language(application, preferences.language)
    messages.end(error, application.quit)
    application.exec()
    del theme, language  # needed until now

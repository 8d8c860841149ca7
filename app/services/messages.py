"""The one door through which anything is said to the user.

    said, failed    a line across the top of the window: stops nothing
    asked           the same with an answer to give
    confirmed       a dialog, before something that cannot simply be undone
    ended           a dialog, when there is no going on

An expected failure (`RecollectError`) is shown with its title and advice. Any other exception is a mistake of
ours and goes on to the crash report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from app.look.plain_text import PlainMessageBox
from app.text.translation import translated, translated_advice, translated_whole
from core.errors import QueryError, RecollectError
from core.messages import Message, library_errors


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the top of the window. `alarm` for what failed; `actions` are buttons and what they do."""

    text: str
    actions: Mapping[str, Callable[[], None]] = field(default_factory=dict[str, Callable[[], None]])
    alarm: bool = False


class Messages(QObject):
    """What is said to the user. Args: where crash reports go.

    Signals:
        noticed: a `Notice` to be shown; the window shows it in a banner.
    """

    noticed = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._crashed = crashed
        self._window: QWidget | None = None
        self._repair: Callable[[], None] | None = None

    def repair_by(self, repair: Callable[[], None]) -> None:
        """Offer this with every failure that a repair of the library's files may mend."""
        self._repair = repair

    def speak_over(self, window: QWidget) -> None:
        """Put dialogs over this window from now on."""
        self._window = window

    def say(self, told: str | Message, actions: dict[str, Callable[[], None]] | None = None) -> None:
        """Tell something worth knowing: a sentence of the window, or a message of core."""
        text = translated(told) if isinstance(told, Message) else told
        self.noticed.emit(Notice(text, actions or {}))

    def fail(self, error: Exception) -> None:
        """Tell of a failure after which everything else goes on."""
        if not isinstance(error, RecollectError):
            self._crashed(error)
        else:
            repair = self._repair if error.message.code == library_errors.DAMAGED.code else None
            if repair is not None:
                said = f"{translated(error.message)} {self._what_repair_does()}"
                self.noticed.emit(Notice(said, {self.tr("Repair"): repair}, alarm=True))
                return
            self.noticed.emit(Notice(sentence(error), alarm=not isinstance(error, QueryError)))

    def confirm(self, title: str, text: str, yes: str, then: Callable[[], None]) -> None:
        """Ask before something is done, and do it on a yes."""
        self.confirm_with(title, text, yes, "", lambda _: then())

    def confirm_with(self, title: str, text: str, yes: str, option: str, then: Callable[[bool], None]) -> None:
        """Ask the same with something that may be done besides; `then` is told whether. An empty option is none."""
        box = PlainMessageBox(QMessageBox.Icon.Question, self.tr("Recollect"), title, self._window)
        box.setInformativeText(text)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        also = QCheckBox(option)
        if option:
            box.setCheckBox(also)
        box.buttonClicked.connect(lambda clicked: then(also.isChecked()) if clicked is accept else None)
        box.open()

    def end(self, error: Exception, then: Callable[[], None]) -> None:
        """Tell why there is no going on, then go."""
        if not isinstance(error, RecollectError):
            self._crashed(error)
            then()
            return
        box = PlainMessageBox(QMessageBox.Icon.Warning, self.tr("Recollect"), translated(error.message), self._window)
        close = box.addButton(self.tr("Close Recollect"), QMessageBox.ButtonRole.RejectRole)
        repair = self._repair if error.message.code == library_errors.DAMAGED.code else None
        if repair is None:
            box.setInformativeText(translated_advice(error.message))
        else:
            box.setInformativeText(self._what_repair_does())
            box.setDefaultButton(box.addButton(self.tr("Repair the library"), QMessageBox.ButtonRole.AcceptRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mend = repair or then
        box.finished.connect(lambda _: then() if box.clickedButton() in (close, None) else mend())
        box.open()

    def _what_repair_does(self) -> str:
        return self.tr(
            "Your photos are not affected. Repairing saves all that can be read of the library; the rest is read again "
            "from your photos. The damaged file is kept."
        )


def sentence(error: RecollectError) -> str:
    """Return title and advice as one text."""
    return translated_whole(error.message)

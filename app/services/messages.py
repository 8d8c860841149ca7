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
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from app.look.plain_text import PlainMessageBox
from app.text.translation import translated, translated_advice, translated_whole
from core.errors import QueryError, RecollectError
from core.messages import Message, library_errors, user_data_errors


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the top of the window. `alarm` for what failed; `actions` are buttons and what they do."""

    text: str
    actions: Mapping[str, Callable[[], None]] = field(default_factory=dict[str, Callable[[], None]])
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class _Mending:
    """A way out of a damaged file: the button, what it does in words, and what does it."""

    button: str
    what: str
    does: Callable[[], None]


class Messages(QObject):
    """What is said to the user. Args: where crash reports go.

    Signals:
        noticed: a `Notice` to be shown; the window shows it in a banner.
        withdrawn: a sentence that is no longer true.
    """

    noticed = Signal(object)
    withdrawn = Signal(str)

    def __init__(self, crashed: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._crashed = crashed
        self._window: QWidget | None = None
        self._takes: Callable[[Exception], bool] = lambda _: False
        self._mends: tuple[Callable[[], None], Callable[[Path], None]] | None = None

    def pass_over(self, takes: Callable[[Exception], bool]) -> None:
        """Say nothing of failures that somebody else takes care of."""
        self._takes = takes

    def mend_by(self, repair: Callable[[], None], restore: Callable[[Path], None]) -> None:
        """Offer these where they help: to repair the library, and to put back a copy of what the user said."""
        self._mends = repair, restore

    def speak_over(self, window: QWidget) -> None:
        """Put dialogs over this window from now on."""
        self._window = window

    def say(self, told: str | Message, actions: dict[str, Callable[[], None]] | None = None) -> None:
        """Tell something worth knowing: a sentence of the window, or a message of core."""
        text = translated(told) if isinstance(told, Message) else told
        self.noticed.emit(Notice(text, actions or {}))

    def withdraw(self, text: str) -> None:
        """Take back what was told, where it is still shown."""
        self.withdrawn.emit(text)

    def fail(self, error: Exception) -> None:
        """Tell of a failure after which everything else goes on."""
        if self._takes(error):
            return
        if not isinstance(error, RecollectError):
            self._crashed(error)
        else:
            mending = self._mending(error)
            if mending is not None:
                said = f"{translated(error.message)} {mending.what}"
                self.noticed.emit(Notice(said, {mending.button: mending.does}, alarm=True))
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

    def end(self, error: Exception, then: Callable[[], None], own: Callable[[], None] | None = None) -> None:
        """Tell why there is no going on, then go; `own` opens this computer's own library in the place of another."""
        if not isinstance(error, RecollectError):
            self._crashed(error)
            then()
            return
        box = PlainMessageBox(QMessageBox.Icon.Warning, self.tr("Recollect"), translated(error.message), self._window)
        close = box.addButton(self.tr("Close Recollect"), QMessageBox.ButtonRole.RejectRole)
        mending = self._mending(error) or self._way_back(error, own)
        if mending is None:
            box.setInformativeText(translated_advice(error.message))
        else:
            box.setInformativeText(mending.what)
            box.setDefaultButton(box.addButton(mending.button, QMessageBox.ButtonRole.AcceptRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mend = then if mending is None else mending.does
        box.finished.connect(lambda _: then() if box.clickedButton() in (close, None) else mend())
        box.open()

    def _way_back(self, error: RecollectError, own: Callable[[], None] | None) -> _Mending | None:
        if own is None:
            return None
        return _Mending(self.tr("Open the library on this computer"), translated_advice(error.message), own)

    def _mending(self, error: RecollectError) -> _Mending | None:
        """Return what mends a damaged file, if the window knows a way."""
        code, fields = error.message.code, dict(error.message.fields)
        if self._mends is None:
            return None
        repair, restore = self._mends
        if code == library_errors.DAMAGED.code:
            what = self.tr(
                "Your photos are not affected. Repairing saves all that can be read of the library; the rest is read "
                "again from your photos. The damaged file is kept."
            )
            return _Mending(self.tr("Repair the library"), what, repair)
        if code == user_data_errors.DAMAGED.code:
            copy = Path(str(fields["copy"]))
            what = self.tr(
                "Your photos are not affected. There is a good copy, “{copy}”; the damaged file is kept beside it."
            )
            return _Mending(self.tr("Put the copy back"), what.format(copy=copy.name), lambda: restore(copy))
        return None


def sentence(error: RecollectError) -> str:
    """Return title and advice as one text."""
    return translated_whole(error.message)

"""How far something long is, in a small window beside the main one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from app.look.dialog_layout import QUESTION_WIDTH
from app.look.text_size import wide


class ProgressDialog(QProgressDialog):
    """A line of text, a bar, and a button to end it (none if `stop` is empty). The window can be used meanwhile.

    Args:
        after: milliseconds; what is over sooner is not shown.
    """

    def __init__(self, title: str, stop: str, total: int, after: int, parent: QWidget) -> None:
        super().__init__("", stop, 0, total, parent)
        bar = QProgressBar(self)
        bar.setRange(0, total)  # the dialog's own is for the bar that it had
        bar.setTextVisible(False)  # it is lower than a line, and what is said above it is more exact
        self.setBar(bar)
        if not stop:
            self.setCancelButton(None)  # pyright: ignore[reportArgumentType] - none is what Qt documents for this
        self.setWindowTitle(title)
        self.setMinimumWidth(wide(QUESTION_WIDTH))
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setMinimumDuration(after)
        self.setAutoReset(False)
        self.setAutoClose(False)

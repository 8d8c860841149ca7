"""What a bug report should begin with, ready to be copied."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QProgressBar, QWidget

from app.look.dialog_layout import READING_SIZE, dialog_column
from app.look.text_size import roomy
from app.look.widgets import button, foot, label
from app.services.doctor import Doctor


class ReportDialog(QDialog):
    """Shows the text of `recollect doctor`. The examination ends with the dialog."""

    def __init__(self, doctor: Doctor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doctor = doctor
        self.setWindowTitle(self.tr("Details for a bug report"))
        self.resize(roomy(self, *READING_SIZE))
        self._note = label("", self, "quiet")
        self._note.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName(self.tr("Details for a bug report"))
        self._again = button(self.tr("Try again"), self)
        self._again.clicked.connect(self._begin)
        self._copy = button(self.tr("Copy"), self, "primary")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._lay_out()
        doctor.reported.connect(self._on_reported)
        doctor.failed.connect(self._on_failed)
        self.finished.connect(doctor.cancel)
        self._begin()

    def _lay_out(self) -> None:
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        column = dialog_column(self)
        column.addWidget(self._note)
        column.addWidget(self._bar)
        column.addWidget(self._text, 1)
        column.addLayout(foot(self._again, right=(close, self._copy)))

    def _begin(self) -> None:
        self._note.setText(self.tr("Recollect is looking at its installation; this takes a few seconds…"))
        self._text.clear()
        self._show(busy=True, failed=False)
        self._doctor.start()

    def _on_reported(self, text: str) -> None:
        self._note.setText(
            self.tr(
                "Versions, devices and the library in numbers: no photo, no folder of photos, no name of yours. "
                "Nothing is sent. Copy it and paste it into your report."
            )
        )
        self._text.setPlainText(text)
        self._show(busy=False, failed=False)
        self._copy.setFocus()

    def _on_failed(self, said: str) -> None:
        self._note.setText(
            self.tr("The details could not be gathered. What was said instead may help as well.")
            if said
            else self.tr("The details could not be gathered: the program did not start or said nothing.")
        )
        self._text.setPlainText(said)
        self._show(busy=False, failed=True)

    def _show(self, *, busy: bool, failed: bool) -> None:
        self._bar.setVisible(busy)
        self._again.setVisible(failed)
        self._copy.setEnabled(bool(self._text.toPlainText()))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._copy.setText(self.tr("Copied"))

"""What this program is, and which version."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.dialogs.report import ReportDialog
from app.look.dialog_layout import TEXT_WIDTH
from app.look.icons import app_icon
from app.look.text_size import wide
from app.look.widgets import button, label
from app.services.doctor import Doctor
from core.version import program_version


class AboutDialog(QDialog):
    """Name, version, promise, licence, and whose data it carries."""

    def __init__(self, doctor: Doctor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doctor = doctor
        self.setWindowTitle(self.tr("About Recollect"))
        picture = label("", self)
        picture.setPixmap(app_icon().pixmap(96, 96))
        name = label(self.tr("Recollect"), self, "title")
        number = label(self.tr("Version {version}").format(version=program_version()), self, "quiet")
        promise = label(
            self.tr("Finds any photo by describing it. Everything happens on this computer; nothing leaves it."),
            self,
        )
        licence = label(self._licence(), self, "quiet")
        sources = label(self.tr("Names of places: GeoNames (geonames.org), CC BY 4.0"), self, "quiet")
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 28, 36, 22)
        column.setSpacing(10)
        for widget in (picture, name, number, promise, licence, sources):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            widget.setWordWrap(widget in (promise, licence, sources))
            column.addWidget(widget)
        details = button(self.tr("Details for a bug report…"), self, "plain")
        details.clicked.connect(self._on_details_clicked)
        column.addSpacing(10)
        for pressed in (details, close):
            column.addWidget(pressed, 0, Qt.AlignmentFlag.AlignHCenter)
        close.setFocus()
        self.setFixedWidth(wide(TEXT_WIDTH))

    def _licence(self) -> str:
        """Say what the program is passed on under: built, it carries a JPEG XL reader under the GPL."""
        if getattr(sys, "frozen", False):
            return self.tr(
                "Free software: Recollect's own code is under the Apache License 2.0, "
                "this program with all its parts under the GNU General Public License 3."
            )
        return self.tr("Free software under the Apache License 2.0.")

    def _on_details_clicked(self) -> None:
        dialog = ReportDialog(self._doctor, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

"""Asks how photos are to be exported: where to, what format and size, what they are called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QSlider,
    QWidget,
)

from app.look.dialog_layout import BETWEEN_GROUPS, FORM_WIDTH, dialog_column
from app.look.folder_dialog import ask_for_folder
from app.look.text_size import wide
from app.look.widgets import add_row, button, field, foot, label
from app.services.desktop import folder_to_begin_in
from app.services.preferences import Preferences
from app.text import formatting
from core.paths import at_home
from core.photo import Photo
from core.picture_export import ExportPlan, Format, file_name, pictures

SIDES = (0, 4096, 2560, 1600, 1024)


class ExportDialog(QDialog):
    """Its fields hold what was chosen the time before.

    Signals:
        planned: the `ExportPlan` that was chosen.
    """

    planned = Signal(object)

    def __init__(self, photos: int, example: Photo, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._example = example
        self._photos = photos
        self._preferences = preferences
        self.setWindowTitle(self.tr("Export {photos}").format(photos=formatting.photos(photos)))
        self.setMinimumWidth(wide(FORM_WIDTH))
        self._folder = field(self.tr("Folder"), "", self)
        self._format = QComboBox(self)
        self._side = QComboBox(self)
        self._quality = QSlider(Qt.Orientation.Horizontal, self)
        self._names = field(self.tr("Names"), "{name}", self)
        self._called = label("", self, "quiet")
        self._metadata = QCheckBox(self.tr("Keep camera, date and place in the files"), self)
        self._yes = button(self.tr("Export"), self, "primary")
        self._fill()
        self._lay_out()
        for changed in (self._folder.textChanged, self._names.textChanged, self._format.currentIndexChanged):
            changed.connect(self._follow)
        self._quality.valueChanged.connect(self._follow)
        self._follow()

    @property
    def plan(self) -> ExportPlan:
        """What is chosen now."""
        return ExportPlan(
            at_home(self._folder.text()),
            Format(self._format.currentData()),
            int(self._side.currentData()),
            self._quality.value(),
            self._names.text().strip() or "{name}",
            self._metadata.isChecked(),
        )

    def _fill(self) -> None:
        before = self._preferences.export_choices
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        self._folder.setText(before.get("folder") or str(Path(home) / self.tr("Exported photos")))
        names = {Format.AS_IT_IS: self.tr("As it is"), Format.JPEG: "JPEG", Format.WEBP: "WebP"}
        for one in pictures(Format):
            self._format.addItem(names.get(one, one.value), one.value)
        self._format.setCurrentIndex(max(0, self._format.findData(before.get("format", Format.JPEG.value))))
        for side in SIDES:
            text = self.tr("At most {side} pixels").format(side=side) if side else self.tr("Full size")
            self._side.addItem(text, side)
        self._side.setCurrentIndex(max(0, self._side.findData(_number(before.get("side"), 0))))
        self._quality.setRange(40, 100)
        self._quality.setAccessibleName(self.tr("Quality"))
        self._quality.setValue(_number(before.get("quality"), 90))
        self._names.setText(before.get("names", "{name}"))
        self._metadata.setChecked(before.get("metadata", "yes") == "yes")

    def _lay_out(self) -> None:
        browse = button(self.tr("Choose…"), self)
        browse.clicked.connect(self._on_browse)
        where = QHBoxLayout()
        where.addWidget(self._folder, 1)
        where.addWidget(browse)
        self._percent = label("", self, "quiet")
        quality = QHBoxLayout()
        quality.addWidget(self._quality, 1)
        quality.addWidget(self._percent)
        form = QFormLayout()
        form.setSpacing(12)
        add_row(form, self.tr("Folder"), where, self)
        add_row(form, self.tr("Format"), self._format, self)
        add_row(form, self.tr("Size"), self._side, self)
        add_row(form, self.tr("Quality"), quality, self)
        add_row(form, self.tr("Names"), self._names, self)
        add_row(form, "", self._called, self)
        add_row(form, "", self._metadata, self)
        no = button(self.tr("Cancel"), self)
        no.clicked.connect(self.reject)
        self._yes.setDefault(True)
        self._yes.clicked.connect(self._on_yes)
        column = dialog_column(self, BETWEEN_GROUPS)
        column.addLayout(form)
        column.addLayout(foot(right=(no, self._yes)))

    def _follow(self) -> None:
        """Enable what the format has, and show what the first photo will be called."""
        plan = self.plan
        again = plan.format is not Format.AS_IT_IS
        self._side.setEnabled(again)
        self._metadata.setEnabled(again)
        self._quality.setEnabled(again and plan.format is not Format.PNG)
        self._percent.setText(f"{plan.quality}")
        number = "1".zfill(len(str(self._photos)))
        said = self.tr("{name}, {date} and {number} stand for those of the photo: “{example}”")
        self._called.setText(said.replace("{example}", file_name(plan.names, self._example, number)))
        self._called.setWordWrap(True)
        self._yes.setEnabled(bool(self._folder.text().strip()))

    def _on_browse(self) -> None:
        chosen = self._folder.setText
        ask_for_folder(
            self,
            self.tr("Choose a folder for the copies"),
            lambda folder: chosen(str(folder)),
            begin_in=self._begin_in(),
        )

    def _begin_in(self) -> str:
        named = self._folder.text().strip()
        return folder_to_begin_in(at_home(named)) if named else ""

    def _on_yes(self) -> None:
        plan = self.plan
        self._preferences.export_choices = {
            "folder": str(plan.folder),
            "format": plan.format.value,
            "side": str(plan.long_side),
            "quality": str(plan.quality),
            "names": plan.names,
            "metadata": "yes" if plan.metadata else "no",
        }
        self.accept()
        self.planned.emit(plan)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdigit() else otherwise

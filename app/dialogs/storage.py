"""Where the library lies, what it takes there, and what can be done with its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.thumbnails import ThumbnailsPlace
from app.look.plain_text import set_tooltip
from app.look.widgets import add_row, button, label
from app.services.desktop import open_outside
from app.services.messages import Messages, sentence
from app.services.storage import CAPTIONS, FACTS, VECTORS, Storage, in_bytes
from app.text import formatting
from app.text.translation import translated_advice
from core.errors import RecollectError
from core.messages import library_errors

if TYPE_CHECKING:
    from core.maintenance.usage import Usage

_PARTS = ("facts", "vectors", "thumbnails", "user_data", "models", "converted", "logs", "other")


class StoragePage(QWidget):
    """A page of the settings."""

    def __init__(self, storage: Storage, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._storage = storage
        self._messages = messages
        self._sizes = {part: label("…", self) for part in (*_PARTS, "total")}
        self._state = label("", self, "quiet")
        self._state.setWordWrap(True)
        self._buttons: list[QPushButton] = []
        self._of_files: list[QPushButton] = []
        self._thumbnails = ThumbnailsPlace(storage, messages, self) if storage.on_server else None
        self._usage: Usage | None = None
        self._lay_out()
        storage.measured.connect(self._on_measured)
        storage.busy.connect(self._on_busy)
        storage.told.connect(self._state.setText)
        storage.failed.connect(self._on_failed)
        storage.measure()
        if storage.on_server:
            self._leave_to_server()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._place_row())
        column.addLayout(self._size_rows())
        column.addLayout(self._button_rows())
        if self._thumbnails is not None:
            column.addWidget(self._thumbnails)
            self._buttons += self._thumbnails.buttons
        column.addWidget(self._state)
        column.addStretch()

    def _place_row(self) -> QHBoxLayout:
        shown = label(formatting.folder(self._storage.folder), self)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_tooltip(shown, str(self._storage.folder))
        row = QHBoxLayout()
        row.addWidget(shown, 1)
        row.addWidget(self._button(self.tr("Show"), self._on_show_clicked))
        move = self._button(self.tr("Move…"), self._on_move_clicked, self.tr("Move the library"))
        self._of_files.append(move)
        row.addWidget(move)
        return row

    def _size_rows(self) -> QFormLayout:
        names = {
            "facts": self.tr("The library: photos and their facts"),
            "vectors": self.tr("Vectors: what models saw in them"),
            "thumbnails": self.tr("Thumbnails"),
            "user_data": self.tr("Favourites, albums and tags, with copies"),
            "models": self.tr("Models"),
            "converted": self.tr("Models made ready for this computer"),
            "logs": self.tr("Logs"),
            "other": self.tr("Settings, and what was kept aside"),
            "total": self.tr("Together"),
        }
        form = QFormLayout()
        form.setSpacing(6)
        form.setHorizontalSpacing(32)
        for part, name in names.items():
            add_row(form, name, self._sizes[part], self)
        return form

    def _button_rows(self) -> QVBoxLayout:
        export = self._button(self.tr("Export"), lambda: None)
        export.setMenu(self._export_menu())
        rows = (
            (
                self._button(self.tr("Back up…"), self._on_back_up_clicked),
                self._button(self.tr("Restore…"), self._on_restore_clicked),
                export,
            ),
            (
                self._button(self.tr("Check"), self._storage.check),
                self._button(self.tr("Repair…"), self._on_repair_clicked),
                self._button(self.tr("Clear caches…"), self._on_clear_clicked),
            ),
        )
        (back_up, restore, _), (_, repair, _) = rows
        self._of_files += [back_up, restore, export, repair]
        column = QVBoxLayout()
        column.setSpacing(8)
        for row in rows:
            line = QHBoxLayout()
            for made in row:
                line.addWidget(made)
            line.addStretch()
            column.addLayout(line)
        return column

    def _button(self, text: str, does: Callable[[], None], name: str = "") -> QPushButton:
        made = button(text, self)
        made.setAccessibleName(name or text.rstrip("…"))
        made.clicked.connect(lambda: does())
        self._buttons.append(made)
        return made

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for what, name in (
            (VECTORS, self.tr("Vectors (npz)…")),
            (FACTS, self.tr("Facts (csv)…")),
            (CAPTIONS, self.tr("Captions and text (csv)…")),
        ):
            menu.addAction(name, lambda what=what: self._on_export_chosen(what))
        return menu

    def _leave_to_server(self) -> None:
        """Offer nothing that needs the library's files: a server has them."""
        for one in self._of_files:
            self._buttons.remove(one)
            one.setEnabled(False)
        self._state.setText(translated_advice(library_errors.ONLY_IN_A_FOLDER()))

    def _on_clear_clicked(self) -> None:
        size = in_bytes(self._usage.converted) if self._usage is not None else "…"
        self._messages.confirm(
            self.tr("Clear caches?"),
            self.tr(
                "What is made again by itself is given back: models made ready for this computer ({size}). Indexing "
                "makes them ready again, which takes a minute or two; until then it is slower. Thumbnails stay, since "
                "those of drives that are not connected could not be made again now."
            ).format(size=size),
            self.tr("Clear"),
            self._storage.clear_caches,
        )

    def _on_show_clicked(self) -> None:
        open_outside(self._storage.folder)

    def _on_back_up_clicked(self) -> None:
        name = self.tr("Recollect backup {day}.zip").format(day=date.today().isoformat())
        self._choose_new(self.tr("Back up"), name, self._storage.back_up)

    def _on_export_chosen(self, what: str) -> None:
        name = f"recollect-{what}.{'npz' if what == VECTORS else 'csv'}"
        self._choose_new(self.tr("Export"), name, lambda path: self._storage.export(what, path))

    def _on_restore_clicked(self) -> None:
        dialog = self._dialog(self.tr("Restore a backup"), QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_backup_chosen)
        dialog.open()

    def _on_backup_chosen(self, path: str) -> None:
        text = self.tr(
            "Recollect closes, puts it in the place of what is there now, keeps that beside it, and opens again."
        )
        self._messages.confirm(
            self.tr("Restore “{file}”?").format(file=Path(path).name),
            text,
            self.tr("Restore"),
            lambda: self._storage.restore(Path(path)),
        )

    def _on_repair_clicked(self) -> None:
        self._messages.confirm(
            self.tr("Repair the library?"),
            self.tr(
                "Recollect closes, saves what can be read of a library that is damaged, and opens again. Your photos "
                "are not touched, and what you said of them is kept."
            ),
            self.tr("Repair"),
            self._storage.repair,
        )

    def _on_move_clicked(self) -> None:
        dialog = self._dialog(self.tr("Move the library"), QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.open()

    def _on_folder_chosen(self, path: str) -> None:
        self._storage.place_in(Path(path), self._on_place_found)

    def _on_place_found(self, target: Path) -> None:
        self._messages.confirm(
            self.tr("Move the library to “{folder}”?").format(folder=target),
            self.tr("Recollect closes, moves it, compares it, and opens again. The photos stay where they are."),
            self.tr("Move"),
            lambda: self._storage.move(target),
        )

    def _choose_new(self, title: str, name: str, then: Callable[[Path], None]) -> None:
        dialog = self._dialog(title, QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is ever written over
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.open()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _on_measured(self, usage: Usage) -> None:
        self._usage = usage
        for part, shown in self._sizes.items():
            shown.setText(in_bytes(getattr(usage, part)))

    def _on_busy(self, name: str) -> None:
        for one in self._buttons:
            one.setEnabled(not name)
        if name:
            self._state.setText(name)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, RecollectError):
            self._state.setText(sentence(error))
        else:
            self._state.clear()
            self._messages.fail(error)

"""Taking in a model that lies on this computer already: a folder, or a checkpoint file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QFormLayout, QHBoxLayout, QWidget

from app.look.dialog_layout import BETWEEN_GROUPS, FORM_WIDTH, dialog_column
from app.look.text_size import wide
from app.look.widgets import add_row, button, field, foot, label
from app.services.messages import sentence
from app.services.model_tasks import ModelTasks
from core.errors import RecollectError


class ImportDialog(QDialog):
    """Asks for a folder or a file, and for what only the user knows of a file: its architecture."""

    def __init__(self, model_tasks: ModelTasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model_tasks = model_tasks
        self.setWindowTitle(self.tr("Import a model"))
        self._source = field(self.tr("Folder or file of the model"), self.tr("A folder, or a safetensors file"), self)
        self._source.textChanged.connect(self._update)
        self.architecture = QComboBox(self)
        self.architecture.setEditable(True)
        self.architecture.setAccessibleName(self.tr("Architecture"))
        self.architecture.editTextChanged.connect(self._update)
        self._name = field(self.tr("Name"), self.tr("As its folder or architecture"), self)
        self._trouble = label("", self, "notice")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self._accept = button(self.tr("Import"), self, "primary")
        self._accept.setDefault(True)
        self._accept.clicked.connect(self._on_accept_clicked)
        self._lay_out()
        self._update()
        model_tasks.taken_in.connect(self._on_taken_in)
        model_tasks.architectures(self._on_architectures)

    def _lay_out(self) -> None:
        folder = button(self.tr("Choose a folder…"), self)
        folder.clicked.connect(self._on_folder_clicked)
        file = button(self.tr("Choose a file…"), self)
        file.clicked.connect(self._on_file_clicked)
        choose = QHBoxLayout()
        choose.addWidget(folder)
        choose.addWidget(file)
        choose.addStretch()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(12)
        add_row(form, self.tr("Model"), self._source, self)
        add_row(form, "", choose, self)
        add_row(form, self.tr("Architecture"), self.architecture, self)
        add_row(form, self.tr("Name"), self._name, self)
        note = label(
            self.tr(
                "A folder holds open_clip_config.json and its weights, or visual/model.onnx and textual/model.onnx."
                " A file needs the name of its architecture."
            ),
            self,
            "quiet",
        )
        note.setWordWrap(True)
        cancel = button(self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        column = dialog_column(self, BETWEEN_GROUPS)
        column.addWidget(note)
        column.addLayout(form)
        column.addWidget(self._trouble)
        column.addLayout(foot(right=(cancel, self._accept)))
        self.setMinimumWidth(wide(FORM_WIDTH))

    def _on_architectures(self, names: tuple[str, ...]) -> None:
        typed = self.architecture.currentText()
        self.architecture.addItems(names)
        self.architecture.setEditText(typed)

    def _update(self) -> None:
        source = self._source.text().strip()
        is_file = source.lower().endswith(".safetensors")
        self.architecture.setEnabled(is_file)
        complete = bool(source) and (not is_file or bool(self.architecture.currentText().strip()))
        self._accept.setEnabled(complete)

    def _on_folder_clicked(self) -> None:
        self._choose(QFileDialog.FileMode.Directory, "")

    def _on_file_clicked(self) -> None:
        self._choose(QFileDialog.FileMode.ExistingFile, "safetensors (*.safetensors)")

    def _choose(self, mode: QFileDialog.FileMode, names: str) -> None:
        dialog = QFileDialog(self, self.tr("Import a model"))
        dialog.setFileMode(mode)
        if names:
            dialog.setNameFilter(names)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._source.setText)
        dialog.open()

    def _on_accept_clicked(self) -> None:
        self._accept.setEnabled(False)
        self._trouble.hide()
        source = self._source.text().strip()
        architecture = self.architecture.currentText().strip() if self.architecture.isEnabled() else ""
        self._model_tasks.take_in(Path(source), architecture, self._name.text().strip())

    def _on_taken_in(self, error: Exception | None) -> None:
        if error is None:
            self.accept()
            return
        self._update()
        if isinstance(error, RecollectError):
            self._trouble.setText(sentence(error))
            self._trouble.show()

"""The dialog of models."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.dialogs.models.page import ModelsPage
from app.look.dialog_layout import PAGE_SIZE, page_column
from app.look.text_size import roomy
from app.look.widgets import button
from app.services.messages import Messages
from app.services.model_tasks import ModelTasks


class ModelsDialog(QDialog):
    """The page of models in a dialog of its own."""

    def __init__(self, model_tasks: ModelTasks, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.resize(roomy(self, *PAGE_SIZE))
        self._page = ModelsPage(model_tasks, messages, self)
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self._page.foot.addWidget(close)
        column = page_column(self)
        column.addWidget(self._page)

    def look(self) -> None:
        """Read the models again: something about them may have changed."""
        self._page.look()

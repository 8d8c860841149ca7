"""How the hub is reached where it cannot be reached directly: a mirror, a proxy. Most people never open this."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from app.look.plate import field, label


class Advanced(QFrame):
    """Signals:
    changed: the addresses of mirror and proxy, as they are to be remembered.
    """

    changed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._mirror = self._field(self.tr("Mirror"), "https://host")
        self._proxy = self._field(self.tr("Proxy"), "http://host:port")
        note = label(
            self.tr("Models come from huggingface.co. Where it is blocked, name a mirror of it, or a proxy."),
            self,
            "quiet",
        )
        note.setWordWrap(True)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(8)
        form.addRow(self.tr("Mirror"), self._mirror)
        form.addRow(self.tr("Proxy"), self._proxy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(note)
        column.addLayout(form)

    def show_addresses(self, addresses: tuple[str, str]) -> None:
        for shown, address in zip((self._mirror, self._proxy), addresses, strict=True):
            if not shown.hasFocus():
                shown.setText(address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return ends a field; left alone it would go on to the dialog and press its default button.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _field(self, name: str, example: str) -> QLineEdit:
        made = field(name, example, self)
        made.editingFinished.connect(self._on_editing_finished)
        return made

    def _on_editing_finished(self) -> None:
        self.changed.emit(self._mirror.text().strip(), self._proxy.text().strip())

"""One model in the dialog: what it is good for, what it costs, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.dialogs.models import phrases
from app.look.elided import Elided
from app.look.plain_text import set_tooltip
from app.look.widgets import button, label
from app.services.messages import sentence
from app.services.model_info import ModelInfo, Step
from app.text.translation import translated
from core.errors import RecollectError

SCALE = 1000


class ModelCard(QFrame):
    """Shows an `ModelInfo`, and follows what happens to it.

    Signals:
        asked: "get", "use", "measure", "remove" or "cancel".
        reached: the keyboard came to one of its buttons.
    """

    asked = Signal(str)
    reached = Signal()

    def __init__(self, offer: ModelInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.offer = offer
        self._title = Elided("heading", self)
        self._badges = QHBoxLayout()
        self._badges.setSpacing(6)
        self._advice = _wrapped(self)
        self._facts = _wrapped(self, "quiet")
        self._quality = _wrapped(self, "quiet")
        self._running = _wrapped(self, "quiet")
        self._get = self._button(self.tr("Get…"), "get")
        self._use = self._button(self.tr("Use…"), "use")
        self._measure = self._button(self.tr("Measure"), "measure")
        set_tooltip(self._measure, self.tr("See how fast it is on this computer: about half a minute"))
        self._remove = self._button(self.tr("Remove…"), "remove")
        self._cancel = self._button(self.tr("Cancel"), "cancel")
        self.buttons = (self._get, self._use, self._measure, self._remove, self._cancel)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._progress = _wrapped(self, "quiet")
        self._trouble = _wrapped(self, "notice")
        self._lay_out()
        self.show_offer(offer)
        self.show_state(None, None, measuring=False)

    def _button(self, text: str, action: str) -> QPushButton:
        made = button(text, self)
        made.clicked.connect(lambda: self.asked.emit(action))
        made.installEventFilter(self)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addLayout(self._badges)
        head.addStretch()
        for made in self.buttons:
            head.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(6)
        column.addLayout(head)
        texts = (self._advice, self._facts, self._quality, self._running, self._trouble, self._bar, self._progress)
        for text in texts:
            column.addWidget(text)

    def show_offer(self, offer: ModelInfo) -> None:
        """Show what is known of the model now."""
        self.offer = offer
        name = phrases.title(offer)
        self._title.setText(name)
        set_tooltip(self._title, name if name == offer.name else f"{name}\n{offer.name}")
        self._show_badges(phrases.states(offer))
        self._advice.setText(phrases.advice(offer))
        self._facts.setText(phrases.facts(offer))
        self._quality.setText(phrases.quality(offer))
        self._quality.setVisible(bool(self._quality.text()))
        set_tooltip(self._quality, phrases.origin(offer))
        self._running.setText(phrases.running(offer.device, offer.notes))
        self._running.setVisible(bool(self._running.text()))
        self._get.setProperty("role", "primary" if offer.advised else "")
        self._get.style().polish(self._get)
        self.setAccessibleName(", ".join((name, *phrases.states(offer))))
        self.setAccessibleDescription(self._advice.text())
        self._bar.setAccessibleName(self.tr("Progress of {model}").format(model=name))
        for made in self.buttons:
            made.setAccessibleName(f"{made.text().rstrip('…')} {name}")

    def show_state(self, step: Step | None, trouble: RecollectError | None, *, measuring: bool) -> None:
        """Show what is going on with the model, and which actions that leaves."""
        offer, idle = self.offer, step is None
        focused = self.window().focusWidget()
        self._get.setVisible(idle and not offer.installed and offer.runs_here)
        self._use.setVisible(offer.installed and not offer.in_use and offer.runs_here)
        self._measure.setVisible(offer.installed and offer.runs_here)
        self._measure.setEnabled(not measuring)
        self._remove.setVisible(offer.removable and not offer.in_use and not offer.answering)
        self._remove.setEnabled(not measuring)
        self._cancel.setVisible(not idle)
        self._bar.setVisible(not idle or measuring)
        self._progress.setVisible(not idle or measuring)
        self._trouble.setVisible(trouble is not None)
        self._trouble.setText(sentence(trouble) if trouble else "")
        if step is not None:
            self._show_step(step)
        elif measuring:
            self._bar.setRange(0, 0)
            self._progress.setText(self.tr("Measuring how fast it is here…"))
        if focused is self or focused in self.buttons:
            self._keep_focus(focused)

    def _keep_focus(self, focused: QWidget) -> None:
        """Leave the keyboard where it is, or at what can be done here now; Qt would go on to the next model."""
        left = [made for made in self.buttons if not made.isHidden() and made.isEnabled()]
        if focused not in left:
            focused = left[0] if left else self
        focused.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in by_key:
            self.reached.emit()
        return super().eventFilter(watched, event)

    def _show_step(self, step: Step) -> None:
        # A bar without an end tells that something goes on whose length is not known.
        self._bar.setRange(0, SCALE if step.total else 0)
        if step.total:
            self._bar.setValue(round(SCALE * step.done / step.total))
        note = translated(step.note) if step.note else ""
        self._progress.setText("\n".join(line for line in (phrases.progress(step), note) if line))

    def _show_badges(self, texts: list[str]) -> None:
        while (item := self._badges.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # it is gone only when the event loop turns
                widget.deleteLater()
        for text in texts:
            self._badges.addWidget(label(text, self, "badge"), 0, Qt.AlignmentFlag.AlignVCenter)


def _wrapped(parent: QWidget, role: str = "") -> QLabel:
    made = label("", parent, role)
    made.setWordWrap(True)
    return made

"""The page of models: a card for each model, importing one, and how the hub is reached."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.dialogs.models import phrases
from app.dialogs.models.advanced import Advanced
from app.dialogs.models.card import ModelCard
from app.dialogs.models.import_dialog import ImportDialog
from app.look.widgets import button, foot, label
from app.services.messages import Messages
from app.services.model_info import Cost, Learned, ModelInfo
from app.services.model_tasks import ModelTasks


class ModelsPage(QWidget):
    """Follows the stock while it is open. What was begun here goes on when it is closed.

    Attributes:
        foot: the row below, where a dialog puts its own button.
    """

    def __init__(self, model_tasks: ModelTasks, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model_tasks = model_tasks
        self._messages = messages
        self._cards: dict[str, ModelCard] = {}
        self._scroll = _Column(self)  # before the others, as Tab goes
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._light = label("", self, "notice")
        self._light.setWordWrap(True)
        self._light.setText(
            self.tr(
                "This is the light Recollect: it runs models on the processor. Those marked below, and graphics cards, "
                "need the full one, which opens the same library."
            )
        )
        self._light.hide()
        self._advanced = Advanced(self)
        self._advanced.hide()
        self.foot = self._foot()
        self._lay_out()
        self._advanced.changed.connect(model_tasks.set_network)
        model_tasks.listed.connect(self._on_listed)
        model_tasks.changed.connect(self._on_changed)
        model_tasks.costed.connect(self._on_costed)
        model_tasks.weighed.connect(self._on_weighed)
        model_tasks.placed.connect(self._advanced.show_folder)
        self._advanced.folder_chosen.connect(model_tasks.move)
        model_tasks.place()
        if model_tasks.offers:
            self._on_listed(model_tasks.offers)
        model_tasks.network(self._advanced.show_addresses)
        model_tasks.look()

    def look(self) -> None:
        """Read the models again: something about them may have changed."""
        self._model_tasks.look()

    def _lay_out(self) -> None:
        note = label(
            self.tr("A model understands your photos and your words. All of them work on this computer, offline."),
            self,
            "quiet",
        )
        note.setWordWrap(True)
        inner = QWidget(self)
        inner.setObjectName("page")
        around = QVBoxLayout(inner)
        around.setContentsMargins(0, 0, 4, 0)
        around.addLayout(self._column)
        around.addStretch()
        self._scroll.setWidget(inner)
        self._scroll.setAccessibleName(self.tr("Models"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(note)
        column.addWidget(self._light)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._advanced)
        column.addLayout(self.foot)

    def _foot(self) -> QHBoxLayout:
        take_in = button(self.tr("Import…"), self)
        take_in.clicked.connect(self._on_import_clicked)
        more = button(self.tr("Advanced"), self, "plain")
        more.setCheckable(True)
        more.toggled.connect(self._advanced.setVisible)
        return foot(take_in, more, right=())

    def _on_listed(self, offers: tuple[ModelInfo, ...]) -> None:
        self._light.setVisible(not all(offer.runs_here for offer in offers))
        names = [offer.name for offer in offers]
        if names != list(self._cards):
            self._put_up(offers)
        for offer in offers:
            self._cards[offer.name].show_offer(offer)
            self._on_changed(offer.name)

    def _put_up(self, offers: tuple[ModelInfo, ...]) -> None:
        for card in self._cards.values():
            card.hide()
            card.deleteLater()
        self._cards = {offer.name: ModelCard(offer, self) for offer in offers}
        before: QWidget = self._scroll
        for name, card in self._cards.items():
            card.asked.connect(lambda action, name=name: self._on_asked(name, action))
            card.reached.connect(lambda card=card: self._scroll.show_whole(card))
            self._column.addWidget(card)
            for made in card.buttons:
                self.setTabOrder(before, made)
                before = made

    def _on_changed(self, name: str) -> None:
        card = self._cards.get(name)
        if card is not None:
            model_tasks = self._model_tasks
            card.show_state(model_tasks.step(name), model_tasks.trouble(name), measuring=model_tasks.is_measuring(name))

    def _on_asked(self, name: str, action: str) -> None:
        offer = self._cards[name].offer
        match action:
            case "get":
                self._ask_to_get(offer)
            case "use":
                self._model_tasks.cost(name)
            case "remove":
                self._model_tasks.weigh(name)
            case "measure":
                self._model_tasks.measure(name)
            case _:
                self._model_tasks.cancel(name)

    def _ask_to_get(self, offer: ModelInfo) -> None:
        text = self.tr(
            "About {size} will be fetched from the internet. Only the model comes here; nothing about your photos "
            "is sent. Stopped, it goes on where it was."
        )
        self._messages.confirm(
            self.tr("Get “{model}”?").format(model=phrases.title(offer)),
            text.format(size=phrases.size(offer.size)),
            self.tr("Get"),
            lambda: self._model_tasks.get(offer.name),
        )

    def _on_costed(self, name: str, cost: Cost) -> None:
        if name not in self._cards:
            return
        offer = self._cards[name].offer
        self._messages.confirm(
            self.tr("Use “{model}”?").format(model=phrases.title(offer)),
            phrases.cost(cost),
            self.tr("Use"),
            lambda: self._model_tasks.use(offer.name),
        )

    def _on_weighed(self, name: str, learned: Learned) -> None:
        if name not in self._cards:
            return
        offer = self._cards[name].offer
        again = self.tr("You can get it again at any time.")
        if offer.entry is None:
            again = self.tr("To use it again you need the folder or file it came from.")
        text = self.tr("This frees {size}.").format(size=phrases.size(offer.size))
        self._messages.confirm_with(
            self.tr("Remove “{model}” from this computer?").format(model=phrases.title(offer)),
            f"{text} {again}",
            self.tr("Remove"),
            phrases.forgetting(learned),
            lambda forget: self._model_tasks.remove(offer.name, forget=forget),
        )

    def _on_import_clicked(self) -> None:
        dialog = ImportDialog(self._model_tasks, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class _Column(QScrollArea):
    """Scrolls up and down only, and is never so narrow that a card's buttons are cut off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab scrolls, from card to card

    def show_whole(self, card: QWidget) -> None:
        """Scroll to a card with all its lines, where there is room for them."""
        if card.height() <= self.viewport().height():
            self.ensureWidgetVisible(card, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        cards = self.widget()
        if cards is not None and watched is cards and event.type() == QEvent.Type.LayoutRequest:
            self.setMinimumWidth(cards.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())
        return super().eventFilter(watched, event)

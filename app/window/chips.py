"""Chips: what was understood of a question, a piece each, to be taken out or changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import shiboken6
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.look.flow import FlowLayout
from app.look.icon_button import IconButton
from app.look.plain_text import literal, set_tooltip
from app.look.widgets import button, label
from app.text import formatting, questions
from app.text.questions import part_words
from core.query import PhotoLike, PictureLike, Term, Words
from core.query.offers import Offer
from core.query.parser import Part, parse
from core.query.writing import written_part
from core.user_records import SavedSearch

CROSS = 12
"""Pixels a side of the cross that takes a chip out: as high as its letters."""
LONGEST = 48
"""Letters of a chip; the rest is in its tooltip."""

LONGEST_EARLIER = 26
MOST_EARLIER = 4
MOST_OFFERED = 3
"""Earlier questions of a kind that are shown: a line of them."""

PICTURE_SIDE = 22
"""Of the small picture in a chip."""

PICTURE_GAP = 6

ShowPicture = Callable[[QPixmap], None]
PictureOf = Callable[[PhotoLike | PictureLike, ShowPicture], None]
"""Shows the picture of a question once it is there."""

_BACKWARD = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class Chip(QFrame):
    """A piece of a question. Enter or Space changes it, Delete takes it out, arrows lead to its neighbours.

    Signals:
        pressed: it is to be changed.
        removed: it is to be taken out.
        stepped: the one before (-1) or behind (1) is wanted.
    """

    pressed = Signal()
    removed = Signal()
    stepped = Signal(int)

    def __init__(self, text: str, whole: str, parent: QWidget, *, longest: int = LONGEST) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.body = button(literal(_shortened(text, longest)), self, "chip")
        self.body.setAccessibleName(text)
        self.body.setAccessibleDescription(self.tr("Enter changes it, Delete takes it out"))
        set_tooltip(self.body, whole)
        self.body.clicked.connect(self.pressed)
        self.body.installEventFilter(self)
        self._cross = IconButton("clear", self.tr("Take out (Delete)"), self)
        self._cross.setProperty("role", "chip")
        self._cross.setIconSize(QSize(CROSS, CROSS))
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Delete does the same
        self._cross.clicked.connect(self.removed)
        self.setFocusProxy(self.body)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self.body)
        row.addWidget(self._cross)

    def show_picture(self, picture: QPixmap) -> None:
        """Show a small picture before the words."""
        if not picture.isNull() and shiboken6.isValid(self):
            self.body.setIcon(QIcon(_rounded(picture)))
            self.body.setIconSize(QSize(PICTURE_SIDE + PICTURE_GAP, PICTURE_SIDE))

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.removed.emit()
                return True
            if event.key() in (*_BACKWARD, *_FORWARD):
                self.stepped.emit(-1 if event.key() in _BACKWARD else 1)
                return True
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame(event.type() == QEvent.Type.FocusIn)
        return False

    def _frame(self, focused: bool) -> None:
        """Show around the whole of it that the keyboard is here: what Delete takes out."""
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)


class ChipRow(QWidget):
    """The chips of a question, and a button for one more.

    Attributes:
        picture_of: gives the chips of pictures their pictures.
        leader: what Tab leads from to the first chip.

    Signals:
        edited, removed: what is to be done with a `Part` of the question.
        add_requested: one more fact is wanted.
        asked: an earlier question is wanted again (its text).
        taken: words are to become the fact that was offered for them (an `Offer`).
        unsaved, forgotten: a `SavedSearch`, or the text of a recent question, is not wanted any more.
    """

    edited = Signal(object, QWidget)
    removed = Signal(object)
    add_requested = Signal()
    asked = Signal(str)
    taken = Signal(object)
    unsaved = Signal(object)
    forgotten = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._earlier: list[QWidget] = []
        self.picture_of: PictureOf = _no_picture
        self.leader: QWidget | None = None
        self._parts: tuple[Part, ...] = ()
        self._chips: list[Chip] = []
        self._offered: list[QPushButton] = []
        self.add = button(self.tr("Add a fact"), self, "chip-add")
        self.add.setAccessibleDescription(self.tr("Date, folder, camera and more (Ctrl+Shift+F)"))
        set_tooltip(self.add, self.tr("Date, folder, camera and more (Ctrl+Shift+F)"))
        self.add.clicked.connect(self.add_requested)
        self._flow = FlowLayout(self)
        self._flow.addWidget(self.add)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show a question. Its first words are in the bar and need no chip."""
        shown = tuple(part for part in parts if not _says_itself(part, parts))
        if shown == self._parts:
            return
        same = [part.meant for part in shown] == [part.meant for part in self._parts]
        self._parts = shown
        if not same:
            self._rebuild()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show which facts words could mean, or with none of them none; they are taken, or stay words."""
        for widget in self._offered:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._offered = []
        for at, one in enumerate(offers[:MOST_OFFERED]):
            words = part_words(one.fact)
            made = button(literal(_shortened(f"{words}?", LONGEST)), self, "chip-offer")
            key = self.tr("Take it in the place of the words (Alt+Enter)")
            hint = key if at == 0 else self.tr("Take it in the place of the words")
            set_tooltip(made, f"{formatting.photos(one.photos)}. {hint}")
            made.setAccessibleName(self.tr("Did you mean {fact}?").format(fact=words))
            made.setAccessibleDescription(f"{formatting.photos(one.photos)}. {hint}")
            made.clicked.connect(lambda _=False, one=one: self.taken.emit(one))
            self._flow.insert(len(self._chips) + at, made)
            self._offered.append(made)
            made.show()
        self._order_focus()

    @property
    def offered(self) -> tuple[QPushButton, ...]:
        return tuple(self._offered)

    def show_earlier(self, saved: Sequence[SavedSearch], recent: Sequence[str]) -> None:
        """Show earlier questions beside the button, or with none of them none."""
        for widget in self._earlier:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._earlier = []
        if saved:
            self._earlier.append(label(self.tr("Saved:"), self, "quiet"))
        for one in saved[:MOST_EARLIER]:
            chip = self._earlier_chip(one.name, one.query)
            chip.removed.connect(lambda one=one: self.unsaved.emit(one))
        others = [text for text in recent if text not in {one.query for one in saved}]
        if others:
            self._earlier.append(label(self.tr("Recent:"), self, "quiet"))
        for text in others[:MOST_EARLIER]:
            chip = self._earlier_chip(questions.query_words(parse(text).query), text)
            chip.removed.connect(lambda text=text: self.forgotten.emit(text))
        for widget in self._earlier:
            self._flow.addWidget(widget)
            widget.show()
        self._order_focus()

    def _earlier_chip(self, shown: str, text: str) -> Chip:
        chip = Chip(shown, text, self, longest=LONGEST_EARLIER)
        chip.setProperty("role", "chip-earlier")
        chip.body.setAccessibleDescription(self.tr("Enter asks it again, Delete takes it out"))
        chip.pressed.connect(lambda: self.asked.emit(text))
        chip.stepped.connect(lambda steps: self._step(self._stops().index(chip.body) + steps))
        self._give_picture(chip, parse(text).query.terms)
        self._earlier.append(chip)
        return chip

    @property
    def earlier(self) -> tuple[Chip, ...]:
        return tuple(one for one in self._earlier if isinstance(one, Chip))

    @property
    def chips(self) -> tuple[Chip, ...]:
        return tuple(self._chips)

    def _rebuild(self) -> None:
        focused = next((at for at, chip in enumerate(self._chips) if chip.body.hasFocus()), None)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for at, part in enumerate(self._parts):
            chip = Chip(part_words(part.meant), written_part(part.meant), self)
            chip.pressed.connect(lambda at=at: self.edited.emit(self._parts[at], self._chips[at]))
            chip.removed.connect(lambda at=at: self.removed.emit(self._parts[at]))
            chip.stepped.connect(lambda steps, at=at: self._step(at + steps))
            if isinstance(part.meant, Term):
                self._give_picture(chip, (part.meant,))
            self._flow.insert(at, chip)
            self._chips.append(chip)
            chip.show()
        self._order_focus()
        if focused is not None:
            (self._chips[min(focused, len(self._chips) - 1)].body if self._chips else self.add).setFocus()

    def _give_picture(self, chip: Chip, terms: Sequence[Term]) -> None:
        for term in terms:
            if not isinstance(term.subject, Words):
                self.picture_of(term.subject, chip.show_picture)
                return

    def _stops(self) -> list[QPushButton]:
        return [*(chip.body for chip in self._chips), *self._offered, self.add, *(chip.body for chip in self.earlier)]

    def _step(self, at: int) -> None:
        stops = self._stops()
        stops[min(max(at, 0), len(stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _order_focus(self) -> None:
        before = () if self.leader is None else (self.leader,)
        for one, other in pairwise((*before, *self._stops())):
            self.setTabOrder(one, other)


def _rounded(picture: QPixmap) -> QPixmap:
    """Return the middle of a picture with round corners, and the gap that follows it."""
    scale = min(picture.width(), picture.height()) / PICTURE_SIDE
    whole = QPixmap(round((PICTURE_SIDE + PICTURE_GAP) * scale), round(PICTURE_SIDE * scale))
    whole.fill(Qt.GlobalColor.transparent)
    side = float(whole.height())
    corner = QPointF((picture.width() - side) / 2, (picture.height() - side) / 2)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, side, side), side / 5, side / 5)
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    painter.drawPixmap(QRectF(0, 0, side, side), picture, QRectF(corner, QSizeF(side, side)))
    painter.end()
    return whole


def _no_picture(_subject: PhotoLike | PictureLike, _show: ShowPicture) -> None:
    """Show none."""


def _says_itself(part: Part, parts: Sequence[Part]) -> bool:
    plain = [one for one in parts if isinstance(one.meant, Term) and isinstance(one.meant.subject, Words)]
    return bool(plain) and part is plain[0] and isinstance(part.meant, Term) and part.meant.weight == 1


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"

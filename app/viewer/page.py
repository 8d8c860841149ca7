"""The page that shows one photo large, with its neighbours a key press away."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.grid.view import Grid
from app.look.icon_button import IconButton
from app.look.widgets import label
from app.services.photo_details import Known, PhotoDetails
from app.services.question_pictures import PhotoPart
from app.text import formatting
from app.text.translation import translated_whole
from app.viewer.canvas import Canvas
from app.viewer.facts_panel import FactsPanel
from app.viewer.part_chooser import PartChooser
from core.errors import RecollectError
from core.photo import Photo
from core.user_records import Marks

KEPT = 6
LARGEST_SIDE = 8192
PAN = 80.0


class ViewerPage(QWidget):
    """Shows a photo of the grid: its thumbnail at once, the sharp picture when it is there.

    Signals:
        closed: back to the grid.
        likened: photos like this one are wanted (content id).
        part_chosen: photos like a part of this one are wanted (`PhotoPart`).
        revealed, opened_outside: the file of this photo is wanted elsewhere (`Photo`).
        loved, rated: the photo shown is to be a favourite or not, or to have so many stars.
    """

    closed = Signal()
    likened = Signal(object)
    part_chosen = Signal(object)
    revealed = Signal(object)
    opened_outside = Signal(object)
    loved = Signal()
    rated = Signal(int)

    def __init__(self, grid: Grid, details: PhotoDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._details = details
        self._row = 0
        self._shown = 0
        self._photo: Photo | None = None
        self._asked = (0, 0)
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = Canvas(self)
        self._part = PartChooser(self.canvas)
        self._part.chosen.connect(self._on_part_chosen)
        self._part.ended.connect(self.setFocus)
        self._facts = FactsPanel(self)
        self._build()
        details.previewed.connect(self._on_previewed)
        details.unreadable.connect(self._on_unreadable)
        details.marked.connect(self._on_marked)
        self.canvas.coarsened.connect(self._on_coarsened)
        self.canvas.zoomed.connect(self._on_zoomed)
        self._facts.likened.connect(self._on_likened)
        self._facts.part_wanted.connect(self._part.begin)
        self._facts.loved.connect(self.loved)
        self._facts.rated.connect(self.rated)
        self._facts.revealed.connect(self._on_revealed)
        self._facts.opened_outside.connect(self._on_opened_outside)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.canvas)
        row.addWidget(self._facts)
        column.addLayout(row)

    def _bar(self) -> QHBoxLayout:
        self._name = label("", self, "heading")
        self._position = label("", self, "quiet")
        self._percent = label("", self, "quiet")
        self._percent.setMinimumWidth(52)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 8, 10, 8)
        bar.setSpacing(4)
        bar.addWidget(self._button("back", self.tr("Back to the photos (Esc)"), self.closed.emit))
        bar.addSpacing(6)
        bar.addWidget(self._name)
        bar.addSpacing(8)
        bar.addWidget(self._position)
        bar.addStretch()
        bar.addWidget(self._button("previous", self.tr("Previous photo (Left)"), self._show_previous))
        bar.addWidget(self._button("next", self.tr("Next photo (Right)"), self._show_next))
        bar.addSpacing(12)
        bar.addWidget(self._button("minus", self.tr("Zoom out (-)"), self.canvas.zoom_out))
        bar.addWidget(self._percent)
        bar.addWidget(self._button("plus", self.tr("Zoom in (+)"), self.canvas.zoom_in))
        bar.addWidget(self._button("fit", self.tr("Fit to window (Ctrl+0)"), self.canvas.fit))
        bar.addWidget(self._button("actual", self.tr("Actual size (Ctrl+1)"), self.canvas.show_actual_size))
        bar.addSpacing(12)
        bar.addWidget(self._button("part", self.tr("Search with a part of the photo (P)"), self._part.begin))
        bar.addWidget(self._button("info", self.tr("Show or hide details (I)"), self._toggle_facts))
        return bar

    def _button(self, name: str, text: str, clicked: object) -> IconButton:
        button = IconButton(name, text, self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: clicked() if callable(clicked) else None)
        return button

    # Which photo

    @property
    def photo_id(self) -> int | None:
        ids = self._ids()
        return int(ids[self._row]) if self._row < len(ids) else None

    def _ids(self) -> NDArray[np.int64]:
        return self._grid.ids

    def open(self, row: int, *, quick: bool) -> None:
        """Show the photo in this row of the grid; `quick` without the panel of facts."""
        self._facts.setVisible(not quick)
        self._show(row)

    def follow(self) -> None:
        """Stay with the photo when the rows of the grid have become other ones."""
        row = self._grid.selection.current
        if row is None:
            self.closed.emit()
        elif int(self._ids()[row]) != self._shown:
            self._show(row)  # it is gone, and this is the next one
        else:
            self._row = row
            self._write_position()

    def _show(self, row: int) -> None:
        ids = self._ids()
        if not 0 <= row < len(ids):
            return
        self._part.end()
        self._row = row
        self._shown = content_id = int(ids[row])
        self._grid.show_current(row)
        known = self._pictures.get(content_id)
        thumbnail = self._grid.picture_of(content_id)
        photo = self._grid.photo_of(content_id)
        self._describe(photo)
        self._facts.show_marks(photo, self._grid.marks_of(content_id))
        self.canvas.show_picture(thumbnail if known is None else known, natural_size(photo))
        if known is None:
            self._want(content_id)
        else:
            self._want_neighbour()
        self._details.known(content_id, self._on_known)
        self._write_position()

    def _describe(self, photo: Photo | None) -> None:
        self._photo = photo
        self._facts.show_photo(photo, "" if photo is None else self._grid.why(photo.content_id))
        self._name.setText("" if photo is None else photo.place.path.name)
        offline = photo is not None and photo.offline
        away = self.tr("This photo's drive is not connected. You see the stored copy.")
        self.canvas.say(away if offline else "")

    def _on_known(self, known: Known | None) -> None:
        """The thumbnail of a photo far from what was on screen comes without facts; they come here."""
        if known is None or known.photo.content_id != self.photo_id:
            return
        if known.photo != self._photo:
            self._describe(known.photo)
        self._facts.show_marks(known.photo, known.marks)

    def renew_marks(self) -> None:
        """Ask again what the user says of the photo shown: it was changed."""
        if self.photo_id is not None and self._photo is not None:
            self._details.want_marks([self.photo_id])

    def _on_marked(self, marks: Mapping[int, Marks]) -> None:
        content_id = self.photo_id
        if content_id is not None and content_id in marks and self._photo is not None:
            self._facts.show_marks(self._photo, marks[content_id])

    def _write_position(self) -> None:
        self._position.setText(
            self.tr("{number} of {count}").format(
                number=formatting.count(self._row + 1), count=formatting.count(len(self._ids()))
            )
        )

    # Pictures

    def _screen_side(self) -> int:
        return round(max(self.canvas.width(), self.canvas.height()) * self.devicePixelRatioF())

    def _want(self, content_id: int) -> None:
        self._asked = (content_id, self._screen_side())
        self._details.want_preview(*self._asked)

    def _want_neighbour(self) -> None:
        ids = self._ids()
        if self._row + 1 < len(ids) and int(ids[self._row + 1]) not in self._pictures:
            self._details.want_preview(int(ids[self._row + 1]), self._screen_side())

    def _on_previewed(self, content_id: int, long_side: int, image: QImage) -> None:
        if not self.isVisible():
            return
        if not image.isNull():
            known = self._pictures.get(content_id)
            if known is None or known.width() < image.width():
                self._pictures[content_id] = QPixmap.fromImage(image)
            while len(self._pictures) > KEPT:
                self._pictures.popitem(last=False)
        if content_id != self.photo_id:
            return
        if image.isNull():
            if self._photo is None or not self._photo.offline:
                self.canvas.say(self.tr("This photo cannot be read now. You see the stored copy."))
        else:
            self.canvas.sharpen(self._pictures[content_id])
        if (content_id, long_side) == self._asked:
            self._want_neighbour()

    def _on_unreadable(self, content_id: int, error: RecollectError) -> None:
        if content_id == self.photo_id and self.isVisible():
            shown = self.tr("This photo cannot be read now. You see the stored copy.")
            self.canvas.say(f"{shown}\n{translated_whole(error.message)}")
            self._want_neighbour()

    def _on_coarsened(self, side: int) -> None:
        content_id = self.photo_id
        side = min(side, LARGEST_SIDE)
        screen = self._screen_side()
        if content_id is None or side <= screen or (content_id, LARGEST_SIDE) == self._asked:
            return
        # Beyond the screen's own size the next step is the whole photo: zooming must not decode at every notch.
        self._asked = (content_id, LARGEST_SIDE)
        self._details.want_preview(*self._asked)

    def _on_zoomed(self, zoom: float, _fitted: bool) -> None:
        self._percent.setText(f"{round(zoom * 100)} %")

    # What the user does

    def _show_next(self) -> None:
        self._show(self._row + 1)

    def _show_previous(self) -> None:
        self._show(self._row - 1)

    def _toggle_facts(self) -> None:
        self._facts.setVisible(not self._facts.isVisible())

    def _on_likened(self) -> None:
        if self.photo_id is not None:
            self.likened.emit(self.photo_id)

    def choose_part(self) -> None:
        """Let a part of the photo be drawn, to search with."""
        self._part.begin()

    def _on_part_chosen(self, place: QRectF) -> None:
        if self.photo_id is not None:
            self.part_chosen.emit(PhotoPart(self.photo_id, place, self.canvas.picture.toImage()))

    def _on_revealed(self) -> None:
        if self._photo is not None:
            self.revealed.emit(self._photo)

    def _on_opened_outside(self) -> None:
        if self._photo is not None:
            self.opened_outside.emit(self._photo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        turned = {Qt.Key.Key_Right: QPointF(-PAN, 0), Qt.Key.Key_Left: QPointF(PAN, 0)}
        turned |= {Qt.Key.Key_Down: QPointF(0, -PAN), Qt.Key.Key_Up: QPointF(0, PAN)}
        actions = {
            Qt.Key.Key_Escape: self.closed.emit,
            Qt.Key.Key_Backspace: self.closed.emit,
            Qt.Key.Key_Return: self.closed.emit,
            Qt.Key.Key_Enter: self.closed.emit,
            Qt.Key.Key_Space: self.closed.emit,
            Qt.Key.Key_Right: self._show_next,
            Qt.Key.Key_Left: self._show_previous,
            Qt.Key.Key_PageDown: self._show_next,
            Qt.Key.Key_PageUp: self._show_previous,
            Qt.Key.Key_Home: lambda: self._show(0),
            Qt.Key.Key_End: lambda: self._show(len(self._ids()) - 1),
            Qt.Key.Key_Plus: self.canvas.zoom_in,
            Qt.Key.Key_Equal: self.canvas.zoom_in,
            Qt.Key.Key_Minus: self.canvas.zoom_out,
            Qt.Key.Key_Z: self.canvas.show_actual_size if self.canvas.fitted else self.canvas.fit,
            Qt.Key.Key_I: self._toggle_facts,
            Qt.Key.Key_P: self._part.begin,
        }
        with_control = {Qt.Key.Key_0: self.canvas.fit, Qt.Key.Key_1: self.canvas.show_actual_size}
        # While zoomed in, the arrows move the photo; Page keys still turn to the next one.
        if key in turned and not self.canvas.fitted:
            self.canvas.move_by(turned[Qt.Key(key)])
        elif key in with_control and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            with_control[Qt.Key(key)]()
        elif key in actions and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            actions[Qt.Key(key)]()
        else:
            super().keyPressEvent(event)


def natural_size(photo: Photo | None) -> QSize:
    """Return the size of a photo in its own pixels, empty if it is not known."""
    if photo is None or not photo.facts.width or not photo.facts.height:
        return QSize()
    return QSize(photo.facts.width, photo.facts.height)

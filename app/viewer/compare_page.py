"""Two to four photos side by side, with one zoom for all of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.look.icon_button import IconButton
from app.look.page_layout import bar_row
from app.look.widgets import label
from app.services.photo_details import PhotoDetails
from app.text import formatting
from app.viewer.canvas import Canvas
from app.viewer.page import LARGEST_SIDE, PAN, natural_size
from core.photo import Photo
from core.user_records import Marks

MOST = 4


class PhotoSource(Protocol):
    """Who has photos in memory."""

    def photo_of(self, content_id: int) -> Photo | None: ...

    def marks_of(self, content_id: int) -> Marks: ...

    def picture_of(self, content_id: int) -> QPixmap: ...


class ComparePage(QWidget):
    """Whatever one of the photos is zoomed or moved to, the others follow.

    Signals:
        closed: back to the photos.
    """

    closed = Signal()

    def __init__(self, source: PhotoSource, details: PhotoDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._details = details
        self._panes: dict[int, Canvas] = {}
        self._due: deque[tuple[int, int]] = deque()
        self._close_up = False
        self._left_out = label("", self, "quiet")
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photos side by side"))
        self._places = QGridLayout()
        self._places.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addLayout(self._places, 1)
        details.previewed.connect(self._on_previewed)
        details.unreadable.connect(lambda content_id, _error: self._on_previewed(content_id, 0, QImage()))

    def _bar(self) -> QHBoxLayout:
        bar = bar_row()
        bar.addWidget(self._button("back", self.tr("Back to the photos (Esc)"), self.closed.emit))
        bar.addSpacing(6)
        bar.addWidget(label(self.tr("Photos side by side"), self, "heading"))
        bar.addSpacing(8)
        bar.addWidget(self._left_out)
        bar.addStretch()
        bar.addWidget(self._button("minus", self.tr("Zoom out (-)"), lambda: self._all(Canvas.zoom_out)))
        bar.addWidget(self._button("plus", self.tr("Zoom in (+)"), lambda: self._all(Canvas.zoom_in)))
        bar.addWidget(self._button("fit", self.tr("Fit to window (Ctrl+0)"), lambda: self._all(Canvas.fit)))
        actual = self.tr("Actual size (Ctrl+1)")
        bar.addWidget(self._button("actual", actual, lambda: self._all(Canvas.show_actual_size)))
        return bar

    def _button(self, name: str, text: str, clicked: Callable[[], None]) -> IconButton:
        button = IconButton(name, text, self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: clicked())
        return button

    @property
    def panes(self) -> dict[int, Canvas]:
        """The photos shown, by content id."""
        return self._panes

    def show_photos(self, content_ids: Sequence[int], source: PhotoSource | None = None, of: int = 0) -> None:
        """Show these photos, four at most of `of`; `source` has them in memory."""
        self._source = source or self._source
        while (item := self._places.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._close_up = False
        self._panes = {content_id: self._pane(content_id) for content_id in content_ids[:MOST]}
        of = max(of, len(content_ids))
        said = self.tr("{shown} of {photos}")
        said = said.format(shown=formatting.count(len(self._panes)), photos=formatting.photos(of))
        self._left_out.setText(said if of > len(self._panes) else "")
        across = 2 if len(self._panes) == MOST else len(self._panes)
        for number, content_id in enumerate(self._panes):
            self._places.addWidget(self._framed(content_id), number // across, number % across)
        side = round(max(self.width(), self.height()) * self.devicePixelRatioF() / 2)
        self._want(max(side, 512))

    def _pane(self, content_id: int) -> Canvas:
        canvas = Canvas(self)
        photo = self._source.photo_of(content_id)
        size = natural_size(photo, self._source.marks_of(content_id))
        canvas.show_picture(self._source.picture_of(content_id), size)
        canvas.setAccessibleName("" if photo is None else photo.place.path.name)
        canvas.moved.connect(lambda: self._follow(canvas))
        canvas.coarsened.connect(self._on_coarsened)
        return canvas

    def _framed(self, content_id: int) -> QWidget:
        frame = QWidget(self)
        name = label(self._panes[content_id].accessibleName(), frame, "quiet")
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(self._panes[content_id], 1)
        column.addWidget(name)
        return frame

    # One zoom for all

    def _follow(self, leader: Canvas) -> None:
        for canvas in self._panes.values():
            if canvas is not leader:
                canvas.show_view(*leader.view)

    def _all(self, does: Callable[[Canvas], None]) -> None:
        """Do something with the first photo, which the others follow."""
        for canvas in list(self._panes.values())[:1]:
            does(canvas)

    # Pictures, one after the other: the queue keeps no more than a few

    def _want(self, side: int) -> None:
        self._due = deque((content_id, side) for content_id in self._panes)
        self._ask()

    def _ask(self) -> None:
        if self._due:
            self._details.want_preview(*self._due[0])

    def _on_coarsened(self) -> None:
        if not self._close_up:
            self._close_up = True
            self._want(LARGEST_SIDE)

    def _on_previewed(self, content_id: int, _side: int, image: QImage) -> None:
        if not self.isVisible() or content_id not in self._panes:
            return
        if not image.isNull():
            self._panes[content_id].sharpen(QPixmap.fromImage(image))
        if self._due and self._due[0][0] == content_id:
            self._due.popleft()
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Right: QPointF(-PAN, 0), Qt.Key.Key_Left: QPointF(PAN, 0)}
        moves |= {Qt.Key.Key_Down: QPointF(0, -PAN), Qt.Key.Key_Up: QPointF(0, PAN)}
        zooms = {
            Qt.Key.Key_Plus: Canvas.zoom_in,
            Qt.Key.Key_Equal: Canvas.zoom_in,
            Qt.Key.Key_Minus: Canvas.zoom_out,
            Qt.Key.Key_0: Canvas.fit,
            Qt.Key.Key_1: Canvas.show_actual_size,
            Qt.Key.Key_Z: Canvas.toggle,
        }
        if event.key() in moves:
            self._all(lambda canvas: canvas.move_by(moves[Qt.Key(event.key())]))
        elif event.key() in zooms:
            self._all(zooms[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

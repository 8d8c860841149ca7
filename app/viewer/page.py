"""The page that shows one photo large, with its neighbours a key press away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.grid.view import Grid
from app.services.photo_details import Known, Written
from app.services.question_pictures import PhotoPart
from app.services.services import Services
from app.text import formatting
from app.text.translation import translated_whole
from app.viewer.bar import ViewerBar
from app.viewer.canvas import Canvas
from app.viewer.commands import ViewerCommands, command_of
from app.viewer.facts_panel import FactsPanel
from app.viewer.film_strip import FilmStrip
from app.viewer.large_pictures import LargePictures
from app.viewer.part_chooser import PartChooser
from app.viewer.player import Player
from app.viewer.screen_reader import tell
from app.viewer.slideshow import Slideshow
from app.viewer.text_layer import TextLayer
from core.errors import RecollectError
from core.photo import Photo
from core.user_records import Marks

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
        tags_wanted, map_wanted: the tags of the photo shown are to be changed, the map is to be shown.
        full_screen_wanted: the window is to fill the screen, or no longer.

    Attributes:
        asked_texts: tells what the question wants written in a photo; lines that have it get a box.
        text, titles: what is written in the photo, and of it.
    """

    closed = Signal()
    likened = Signal(object)
    part_chosen = Signal(object)
    revealed = Signal(object)
    opened_outside = Signal(object)
    loved = Signal()
    rated = Signal(int)
    tags_wanted = Signal()
    map_wanted = Signal()
    full_screen_wanted = Signal()

    def __init__(self, grid: Grid, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._details = details = services.details
        self._preferences = services.preferences
        self._bare = self._had_facts = False
        self.asked_texts: Callable[[], Sequence[str]] = tuple
        self._row = self._shown = 0
        self._photo: Photo | None = None
        self._marks = Marks()
        self._asked = (0, 0)
        self._pictures = LargePictures()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = Canvas(self)
        self.text = TextLayer(self.canvas)
        self.text.ended.connect(self.setFocus)
        self.player = Player(self.canvas, services.details, services.theme)
        self._part = PartChooser(self.canvas)
        self._part.chosen.connect(self._on_part_chosen)
        self._part.ended.connect(self.setFocus)
        self._facts = FactsPanel(services.theme, self)
        self.titles = self._facts.texts
        self.slideshow = Slideshow(services.preferences, self)
        self.slideshow.due.connect(self._on_due)
        self._do = self._commands()
        self._bar = ViewerBar(self._do, self.slideshow.menu(self), self)
        self.strip = FilmStrip(grid, details, self)
        self.strip.setVisible(services.preferences.shows_film_strip)
        self.strip.chosen.connect(self._show)
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
        self.titles.left.connect(self.setFocus)
        self._facts.tags_wanted.connect(self.tags_wanted)
        self._facts.place_wanted.connect(self.map_wanted)
        self._facts.revealed.connect(self._on_revealed)
        self._facts.opened_outside.connect(self._on_opened_outside)

    def _build(self) -> None:
        self.canvas.setMouseTracking(True)
        side = QHBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.canvas)
        side.addWidget(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(side)
        column.addWidget(self.strip)

    def _commands(self) -> ViewerCommands:
        canvas = self.canvas
        return ViewerCommands(
            close=self._leave,
            next=lambda: self._show(self._row + 1),
            previous=lambda: self._show(self._row - 1),
            first=lambda: self._show(0),
            last=lambda: self._show(len(self._ids()) - 1),
            zoom_in=canvas.zoom_in,
            zoom_out=canvas.zoom_out,
            fit=canvas.fit,
            fill=canvas.fill,
            actual_size=canvas.show_actual_size,
            fit_or_actual=canvas.toggle,
            details=self._toggle_facts,
            part=self._part.begin,
            select_text=self.text.begin,
            slideshow=self.toggle_slideshow,
            full_screen=self.full_screen_wanted.emit,
            strip=self._toggle_strip,
            play=self.player.toggle,
        )

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
        self.player.stop()
        self._row = row
        self._shown = content_id = int(ids[row])
        self._grid.show_current(row)
        known = self._pictures.get(content_id)
        thumbnail = self._grid.picture_of(content_id)
        photo = self._grid.photo_of(content_id)
        self._describe(photo)
        self._facts.histogram.show_picture(thumbnail.toImage())
        self._show_marks(self._grid.marks_of(content_id))
        self.canvas.show_picture(thumbnail if known is None else known, natural_size(photo, self._marks))
        if known is None:
            self._want(content_id)
        else:
            self.player.begin(photo, self._screen_side())
            self._want_neighbour()
        self._details.known(content_id, self._on_known)
        self._want_text(content_id)
        self._write_position()
        self.slideshow.restart()

    def _want_text(self, content_id: int) -> None:
        self.text.show_lines(())
        self._bar.show_text(False)

        def done(written: Written) -> None:
            if content_id == self.photo_id and not self.text.lines:
                self.text.show_lines(written.lines, written.found)
                self._bar.show_text(bool(written.lines))

        self._details.written(content_id, self.asked_texts(), done)

    def _describe(self, photo: Photo | None) -> None:
        self._photo = photo
        self._facts.show_photo(photo, "" if photo is None else self._grid.why(photo.content_id))
        self._bar.show_name("" if photo is None else photo.place.path.name)
        offline = photo is not None and photo.offline
        away = self.tr("This photo's drive is not connected. You see the stored copy.")
        if photo is not None and photo.place.elsewhere:
            away = formatting.elsewhere()
        self.canvas.say(away if offline else "")

    def _on_known(self, known: Known | None) -> None:
        """The thumbnail of a photo far from what was on screen comes without facts; they come here."""
        if known is None or known.photo.content_id != self.photo_id:
            return
        if known.photo != self._photo:
            self._describe(known.photo)
        self._show_marks(known.marks)

    def _show_marks(self, marks: Marks) -> None:
        self._marks = marks
        self._facts.show_marks(self._photo, marks)
        tell(self, self._photo, marks, self._grid.place_words(self._row))

    def renew_marks(self) -> None:
        """Ask again what the user says of the photo shown: it was changed."""
        if self.photo_id is not None and self._photo is not None:
            self._details.want_marks([self.photo_id, *self._pictures.ids()])

    def _on_marked(self, marks: Mapping[int, Marks]) -> None:
        self._pictures.drop_turned(marks)
        content_id = self.photo_id
        if content_id is not None and content_id in marks and self._photo is not None:
            turned = marks[content_id].turned != self._marks.turned
            self._show_marks(marks[content_id])
            if turned:
                self._show_turned(content_id)

    def _show_turned(self, content_id: int) -> None:
        """Show the photo the other way up; its thumbnail is turned already."""
        self.canvas.show_picture(self._grid.picture_of(content_id), natural_size(self._photo, self._marks))
        self._want(content_id)
        self._want_text(content_id)

    def _write_position(self) -> None:
        told = (self._grid.place_words(self._row), self._grid.alike(self._shown))
        self._bar.show_position(" · ".join(filter(None, told)))
        self.strip.show_row(self._row)

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
        sharp = QPixmap()
        if not image.isNull():
            turned = self._grid.marks_of(content_id).turned
            sharp = self._pictures.put(content_id, QPixmap.fromImage(image), turned)
        if content_id != self.photo_id:
            return
        if image.isNull():
            if self._photo is None or not self._photo.offline:
                self.canvas.say(self.tr("This photo cannot be read now. You see the stored copy."))
        else:
            self.canvas.sharpen(sharp)
            self.player.begin(self._photo, self._screen_side())
            self._facts.histogram.show_picture(image)
        if (content_id, long_side) == self._asked:
            self._want_neighbour()

    def _on_unreadable(self, content_id: int, error: RecollectError) -> None:
        if content_id == self.photo_id and self.isVisible():
            shown = self.tr("This photo cannot be read now. You see the stored copy.")
            self.canvas.say(f"{shown}\n{translated_whole(error.message)}")
            self._want_neighbour()

    def _on_coarsened(self, side: int) -> None:
        content_id, screen = self.photo_id, self._screen_side()
        side = min(side, LARGEST_SIDE)
        if content_id is None or side <= screen or (content_id, LARGEST_SIDE) == self._asked:
            return
        # Beyond the screen's own size the next step is the whole photo: zooming must not decode at every notch.
        self._asked = (content_id, LARGEST_SIDE)
        self._details.want_preview(*self._asked)

    def _on_zoomed(self, zoom: float, _fitted: bool) -> None:
        self._bar.show_zoom(zoom)

    # What the user does

    def _toggle_facts(self) -> None:
        self._facts.setVisible(not self._facts.isVisible())

    def _toggle_strip(self) -> None:
        self._preferences.shows_film_strip = not self._preferences.shows_film_strip
        self.strip.setVisible(self._preferences.shows_film_strip)

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

    # Slideshow and full screen

    def toggle_slideshow(self) -> None:
        """Let the photos follow each other by themselves, or no longer."""
        if self.slideshow.running:
            self.slideshow.stop()
        else:
            self.slideshow.start()

    def _on_due(self) -> None:
        row = self.slideshow.row_after(self._row, len(self._ids()))
        if row is None or not self.isVisible():
            self.slideshow.stop()
        else:
            self._show(row)

    def show_bare(self, bare: bool) -> None:
        """Show nothing but the photo, or all that belongs to it."""
        if bare and not self._bare:
            self._had_facts = self._facts.isVisibleTo(self)
        elif self._bare and not bare:
            self._facts.setVisible(self._had_facts)
        self._bare = bare
        if bare:
            self._facts.hide()
        self._bar.setVisible(not bare)
        self.strip.setVisible(not bare and self._preferences.shows_film_strip)

    def _leave(self) -> None:
        """Go one step back: out of the slideshow, of the full screen, of the page."""
        if self.slideshow.running:
            self.slideshow.stop()
        elif self._bare:
            self.full_screen_wanted.emit()
        else:
            self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.stop()
        self.slideshow.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turned = {Qt.Key.Key_Right: QPointF(-PAN, 0), Qt.Key.Key_Left: QPointF(PAN, 0)}
        turned |= {Qt.Key.Key_Down: QPointF(0, -PAN), Qt.Key.Key_Up: QPointF(0, PAN)}
        command = command_of(event, self._do)
        # While zoomed in, the arrows move the photo; Page keys still turn to the next one.
        if event.key() in turned and not self.canvas.fitted:
            self.canvas.move_by(turned[Qt.Key(event.key())])
        elif command is not None:
            command()
        else:
            super().keyPressEvent(event)


def natural_size(photo: Photo | None, marks: Marks) -> QSize:
    """Return the size of a photo in its own pixels, as it is turned; empty if it is not known."""
    if photo is None or not photo.facts.width or not photo.facts.height:
        return QSize()
    size = QSize(photo.facts.width, photo.facts.height)
    return size.transposed() if marks.turned % 2 else size

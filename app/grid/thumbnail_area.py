"""The photos of the grid on screen: smooth at a million, because it never looks at more than what is visible."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.grid.badges import group_rect
from app.grid.cells import NO_MARKS, stars
from app.grid.heading_painter import HeadingPainter
from app.grid.headings import HeadingChoice, Headings
from app.grid.layout import offset_showing
from app.grid.layout_area import PhotoLayoutArea
from app.grid.painter import CellPainter, State, picture_rect
from app.grid.pictures import FRAME_MILLISECONDS, Pictures
from app.grid.prepared_layout import PreparedLayout
from app.grid.scaled import ScaledPictures
from app.grid.sections import headings_within
from app.grid.selection import row_of
from app.look.theme import Theme
from app.services.photo_details import PhotoDetails
from app.services.timeline import Timeline
from app.text import formatting, matches
from core.groups import Standing
from core.photo import Photo
from core.user_records import Marks

SMALLEST, LARGEST = 96, 384
FADE_SECONDS = 0.16
AROUND = 6
"""How far what is painted of a cell reaches over its edges, at most."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Where the keyboard is: its row, the section of it, and what is said because another section begins there."""

    row: int = -1
    section: int = -1
    said: str = ""


class ThumbnailArea(PhotoLayoutArea):
    """Shows photos by content id, and what is selected of them.

    Signals:
        selected: what is selected, or where the keyboard is, has changed.
        layout_changed: photos lie elsewhere now, or other ones are shown.
        zoomed: the cells got another size.
        reshaped: a photo was turned on its side, so that it wants another cell.
    """

    selected = Signal()
    layout_changed = Signal()
    zoomed = Signal(int)
    reshaped = Signal()

    def __init__(self, details: PhotoDetails, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.why: Callable[[int], str] = lambda _: ""
        """Says why a photo (content id) is shown; nothing where there is nothing to say."""
        self.standing: Callable[[int], Standing | None] = lambda _: None
        """Tells how a photo (content id) stands in its group; None if it is in none."""
        self.stands_for_others: Callable[[NDArray[np.int64]], bool] = lambda _: False
        """Tells whether some of these photos are shown for others that are not."""
        self._pictures = Pictures(details, self._on_screen_now, self)
        self._pictures.arrived.connect(self._on_arrived)
        self._pictures.reshaped.connect(self.reshaped)
        self._scaled = ScaledPictures()
        self._hovered: int | None = None
        self._hovered_heading: int | None = None
        self._entered = Entered()
        self._band: QRect | None = None
        self.painted = 0
        """Cells painted so far; tests count on it that a repaint costs what is visible, not what there is."""
        self._fading = QTimer(self, singleShot=True, interval=FRAME_MILLISECONDS)
        self._fading.timeout.connect(self.viewport().update)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(LARGEST, LARGEST // 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Photos"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.viewport().update)

    # What it shows

    def use_equal_cells(self, equal: bool) -> None:
        """Lay photos out in equal cells, or in rows of their own shape; what is looked at stays on screen."""
        if equal != self._equal:
            self._equal = equal
            self._lay_out_anew()

    def use_headings(self, choice: HeadingChoice) -> None:
        """Show headings of days, months or years, or none; what is looked at stays on screen."""
        if choice is not self._headings.choice:
            self._headings = self._headings.with_choice(choice)
            self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        """Lay the same photos out in another way."""
        held = self.selection.current if self._is_visible(self.selection.current) else self._topmost()
        self._layout = None
        self._lay_out()
        if held is not None:
            self._scroll_to(held)

    @property
    def cell_size(self) -> int:
        return self._wanted

    @property
    def current_id(self) -> int | None:
        row = self.selection.current
        return None if row is None or row >= len(self._ids) else int(self._ids[row])

    def selected_ids(self) -> list[int]:
        """Return the selected photos in the order shown; the current one if none is selected."""
        chosen = [int(self._ids[row]) for row in self.selection]
        current = self.current_id
        return chosen or ([] if current is None else [current])

    def show_ids(
        self,
        ids: NDArray[np.int64],
        first: int = 0,
        shapes: NDArray[np.float32] | None = None,
        timeline: Timeline | None = None,
        prepared: PreparedLayout | None = None,
    ) -> None:
        """Show other photos, from the top, nothing selected; those after the `first` ones below a line.

        Args:
            shapes: width by height of each photo, nan where that is not known; without them cells are equal.
            timeline: the dates of photos that are in their order: they get headings.
            prepared: the layout of the same photos, made beforehand.
        """
        self._take(ids, Headings(timeline, self._headings.choice, first), shapes, prepared)
        self._hovered = self._hovered_heading = None
        self._entered = Entered()
        self.selection.clear()
        self.selection.current = self.selection.anchor = None
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.selected.emit()

    def leave_out(self, gone: NDArray[np.int64]) -> None:
        """Show the same photos without these."""
        left = ~np.isin(self._ids, gone)
        first, timeline = int(np.count_nonzero(left[: self._headings.first])), self._headings.timeline
        shapes = None if self._shapes is None else self._shapes[left]
        self.refresh_ids(self._ids[left], first, shapes, None if timeline is None else timeline.without(left))

    def refresh_ids(
        self,
        ids: NDArray[np.int64],
        first: int = 0,
        shapes: NDArray[np.float32] | None = None,
        timeline: Timeline | None = None,
        prepared: PreparedLayout | None = None,
    ) -> None:
        """Show what became of the same photos: selection, and what is on screen, stay where they are."""
        offset = self._offset()
        held = self._topmost()
        shift = 0 if held is None else offset - self.geometry_of_cells.rect(held).top()
        held_id = None if held is None else int(self._ids[held])
        self.selection.carry_over(self._ids, ids)
        self._take(ids, Headings(timeline, self._headings.choice, first), shapes, prepared)
        self._hovered = self._hovered_heading = None
        self._lay_out()
        row = None if held_id is None or offset == 0 else row_of(ids, held_id)
        if row is not None:
            self.verticalScrollBar().setValue(self.geometry_of_cells.rect(row).top() + shift)
        self.selected.emit()

    def resize_cells(self, size: int) -> None:
        """Make the cells about this large; what is in the middle of interest stays on screen."""
        size = min(max(size, SMALLEST), LARGEST)
        if size == self._wanted:
            return
        held = self.selection.current if self._is_visible(self.selection.current) else self._topmost()
        self._wanted = size
        self._lay_out()
        if held is not None:
            self._scroll_to(held)
        self.zoomed.emit(size)

    def picture_of(self, content_id: int) -> QPixmap:
        """Return the thumbnail in memory, null if it is not there."""
        cell = self._pictures.get(content_id)
        return QPixmap() if cell is None else cell.picture

    @property
    def scaling(self) -> bool:
        """Whether pictures on screen wait for the frame that scales them."""
        return self._scaled.wanting

    def photo_of(self, content_id: int) -> Photo | None:
        cell = self._pictures.get(content_id)
        return None if cell is None else cell.photo

    def marks_of(self, content_id: int) -> Marks:
        cell = self._pictures.get(content_id)
        return NO_MARKS if cell is None else cell.marks

    def chosen_ids(self) -> NDArray[np.int64]:
        """Return the same as `selected_ids`, at no cost for each photo: a million may be selected."""
        ranges = self.selection.ranges
        current = self.selection.current
        if not ranges and current is not None:
            ranges = (range(current, current + 1),)
        return np.concatenate([self._ids[r.start : r.stop] for r in ranges] or [self._ids[:0]])

    def renew(self) -> None:
        """Ask for what is on screen again: files came, went, moved or were unplugged."""
        self._pictures.renew()

    def renew_marks(self) -> None:
        """Ask again what the user said of the photos in memory: it was changed."""
        self._pictures.renew_marks()

    # Where things are

    def _offset(self) -> int:
        return self.verticalScrollBar().value()

    def _visible(self) -> range:
        top = self._offset()
        return self.geometry_of_cells.rows_within(top, top + self.viewport().height())

    def _is_visible(self, row: int | None) -> bool:
        return row is not None and row in self._visible()

    def _topmost(self) -> int | None:
        visible = self._visible()
        return visible.start if visible else None

    def _lay_out(self) -> None:
        geometry = self.geometry_of_cells
        bar = self.verticalScrollBar()
        bar.setRange(0, geometry.furthest)
        bar.setEnabled(geometry.furthest > 0)
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setSingleStep(max(20, geometry.pitch // 3))
        self._pictures.follow(self._ids, geometry.on_a_screen)
        self._scaled.resize(2 * geometry.on_a_screen)
        self.viewport().update()
        self.layout_changed.emit()

    def _scroll_to(self, row: int) -> None:
        self.verticalScrollBar().setValue(offset_showing(self.geometry_of_cells, row, self._offset()))

    def _on_screen_now(self) -> tuple[range, int]:
        """Tell which rows are on screen, and how many device pixels the longer side of a cell has."""
        return self._visible(), round(self.geometry_of_cells.side * self.devicePixelRatioF())

    def _on_arrived(self, content_id: int) -> None:
        visible = self._visible()
        rows = np.flatnonzero(self._ids[visible.start : visible.stop] == content_id)
        if len(rows):
            self.viewport().update(self._on_screen(visible.start + int(rows[0])))
        if content_id == self.current_id:
            self._announce()

    def _on_screen(self, row: int) -> QRect:
        return (
            self.geometry_of_cells.rect(row).translated(0, -self._offset()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
        )

    def _announce(self) -> None:
        """Tell a screen reader where the keyboard is."""
        current = self.current_id
        photo = None if current is None else self.photo_of(current)
        if photo is None or self.selection.current is None:
            return
        place = self.place_words(self.selection.current)
        alike, why = self.alike(photo.content_id), self.why(photo.content_id)
        marks = self.marks_of(photo.content_id)
        said = formatting.spoken_marks(marks, stars(photo, marks))
        told = (self._heading_entered(), formatting.spoken(photo), said, alike, why, place)
        self.setAccessibleDescription(", ".join(filter(None, told)))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def place_words(self, row: int) -> str:
        """Say which of the photos a row is."""
        place, count = formatting.count(row + 1), formatting.count(len(self._ids))
        return self.tr("{number} of {count}").format(number=place, count=count)

    def alike(self, content_id: int) -> str:
        """Say of how many a photo is one; nothing if it is in no group."""
        standing = self.standing(content_id)
        return "" if standing is None else matches.alike(standing, self.photo_of(content_id))

    def badge_of(self, row: int) -> QRect:
        """Return where the badge of a group is to be clicked, in the content; empty on a photo without one."""
        content_id = int(self._ids[row])
        standing, cell = self.standing(content_id), self._pictures.get(content_id)
        if standing is None or not standing.leads or cell is None:
            return QRect()
        picture = picture_rect(self.geometry_of_cells.rect(row), cell, selected=row in self.selection)
        return group_rect(picture, matches.group_name(standing, cell.photo), self.font())

    def _heading_entered(self) -> str:
        """Return what the heading says that the keyboard came to with the current photo; nothing within a section."""
        row = self.selection.current or 0
        section = self.geometry_of_cells.sections.of(row)
        if row != self._entered.row:
            heading = self.heading_of(section) if self.level is not None and section != self._entered.section else None
            said = "" if heading is None else ", ".join(filter(None, (heading.title, heading.count)))
            self._entered = Entered(row, section, said)
        return self._entered.said

    # Painting

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.measure_headings()
            self._lay_out_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.palette.window))
        cells = CellPainter(painter, self._theme.palette, self.devicePixelRatioF(), self._scaled)
        geometry, offset, now = self.geometry_of_cells, self._offset(), time.monotonic()
        self._scaled.begin()
        fading = False
        for row in geometry.rows_within(
            event.rect().top() + offset - AROUND, event.rect().bottom() + offset + 1 + AROUND
        ):
            cell = self._pictures.see(int(self._ids[row]))
            shown = 1.0 if cell is None or self._theme.still else min(1.0, (now - cell.arrived) / FADE_SECONDS)
            fading = fading or shown < 1.0
            cells.paint(geometry.rect(row).translated(0, -offset), cell, self._state(row, shown))
            self.painted += 1
        headings = HeadingPainter(painter, self._theme.palette, self.devicePixelRatioF())
        for section in headings_within(geometry, event.rect().top() + offset, event.rect().bottom() + offset + 1):
            hovered = section == self._hovered_heading
            headings.paint(geometry.heading(section).translated(0, -offset), self.heading_of(section, hovered=hovered))
        if self._band is not None:
            cells.paint_band(self._band.translated(0, -offset))
        painter.end()
        if fading or self._scaled.wanting:
            self._fading.start()

    def _state(self, row: int, shown: float) -> State:
        content_id = int(self._ids[row])
        unseen = shown < 1 or self._pictures.get(content_id) is None
        return State(
            selected=row in self.selection,
            current=row == self.selection.current and self.hasFocus() and not self._plainly_chosen(row),
            hovered=row == self._hovered,
            shown=shown,
            quiet=0 < self._headings.first <= row,
            focused=self.hasFocus(),
            standing=self.standing(content_id),
            colour=self._pictures.colour_of(content_id) if unseen else None,
            shape=nan if self._shapes is None else float(self._shapes[row]),
        )

    def _plainly_chosen(self, row: int) -> bool:
        """True where the frame of the selection says already where the keyboard is."""
        return len(self.selection) == 1 and row in self.selection

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        if self._band is None:
            self.viewport().scroll(0, dy)  # only what comes into view is painted
        else:
            self.viewport().update()
        self._pictures.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        held = self._topmost() if self._offset() else None
        self._lay_out()
        if held is not None and event.oldSize().width() != event.size().width():
            self._scroll_to(held)

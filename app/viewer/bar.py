"""The line over a photo that is shown large: its name, and what can be done while one looks at it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.look.elided import Elided
from app.look.icon_button import IconButton
from app.look.page_layout import bar_row
from app.look.plain_text import set_tooltip
from app.look.widgets import label
from app.viewer.canvas import LARGEST
from app.viewer.commands import ViewerCommands


def percent(zoom: float) -> str:
    """Return a zoom as it is shown."""
    return f"{round(zoom * 100)} %"


class ViewerBar(QWidget):
    """Shows the name and the place in the row of photos, and has a button for each command."""

    def __init__(self, do: ViewerCommands, slideshow: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Elided("heading", self)
        self._position = Elided("quiet", self)
        self._percent = label("", self, "quiet")
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance(percent(LARGEST)))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = self._button("text", self.tr("Select text in the photo (W)"), do.select_text)
        bar = bar_row(self)
        bar.addWidget(self._button("back", self.tr("Back to the photos (Esc)"), do.close))
        bar.addSpacing(6)
        bar.addWidget(self._name)
        bar.addSpacing(8)
        bar.addWidget(self._position)
        bar.addStretch()
        for made in (
            self._button("previous", self.tr("Previous photo (Left)"), do.previous),
            self._button("next", self.tr("Next photo (Right)"), do.next),
            None,
            self._button("minus", self.tr("Zoom out (-)"), do.zoom_out),
            self._percent,
            self._button("plus", self.tr("Zoom in (+)"), do.zoom_in),
            self._button("fit", self.tr("Fit to window (Ctrl+0)"), do.fit),
            self._button("actual", self.tr("Actual size (Ctrl+1)"), do.actual_size),
            None,
            self._text,
            self._button("part", self.tr("Search with a part of the photo (P)"), do.part),
            self._slideshow_button(slideshow, do.slideshow),
            self._button("full", self.tr("Full screen (F11)"), do.full_screen),
            self._button("info", self.tr("Show or hide details (I)"), do.details),
        ):
            if made is None:
                bar.addSpacing(12)
            else:
                bar.addWidget(made)
        self.show_text(False)

    def _button(self, name: str, text: str, clicked: Callable[[], None]) -> IconButton:
        button = IconButton(name, text, self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: clicked())
        return button

    def _slideshow_button(self, menu: QMenu, start: Callable[[], None]) -> IconButton:
        button = self._button("slideshow", self.tr("Slideshow (F5)"), start)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setMenu(menu)
        return button

    def show_name(self, name: str) -> None:
        self._name.setText(name)
        set_tooltip(self._name, name)

    def show_position(self, position: str) -> None:
        self._position.setText(position)

    def show_zoom(self, zoom: float) -> None:
        self._percent.setText(percent(zoom))

    def show_text(self, there_is: bool) -> None:
        """Offer to select text, if something was read in the photo."""
        self._text.setEnabled(there_is)

"""The panel that says what is known about a photo."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.grid.cells import stars
from app.look.text_size import wide
from app.look.theme import Theme
from app.look.widgets import button, label
from app.text import formatting
from app.viewer.histogram import Histogram
from app.viewer.marks_field import MarksField
from app.viewer.place_map import PlaceMap
from app.viewer.texts_field import TextsField
from core.photo import Photo
from core.places import place_of
from core.user_records import Marks

WIDTH, WIDEST = 290, 440
"""The name of a lens on one line; with larger text it leaves most of the window to the photo."""


class FactsPanel(QFrame):
    """Date, size, camera and place of one photo, each only if it is known. `texts` is its title and caption.

    Signals:
        revealed, opened_outside, likened, part_wanted: what the buttons ask for.
        loved, rated: what the heart and the stars ask for; see `MarksField`.
        tags_wanted: the tags are to be changed.
        place_wanted: the map was pressed.
    """

    revealed = Signal()
    opened_outside = Signal()
    likened = Signal()
    part_wanted = Signal()
    loved = Signal()
    rated = Signal(int)
    tags_wanted = Signal()
    place_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facts")
        self.setFixedWidth(min(wide(WIDTH), WIDEST))
        self._marks = MarksField(self)
        self._marks.loved.connect(self.loved)
        self._marks.rated.connect(self.rated)
        self.texts = TextsField(self)
        self._tags = label("", self, "quiet")
        self._tags.setWordWrap(True)
        self._tags.hide()
        self.histogram = Histogram(self)
        self.map = PlaceMap(theme, self)
        self.map.chosen.connect(self.place_wanted)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.addWidget(self._scrolled())
        similar = button(self.tr("Find similar photos"), self)
        similar.clicked.connect(self.likened)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 0)
        foot.addWidget(similar)
        column.addLayout(foot)

    def _scrolled(self) -> QScrollArea:
        """Return what is known, which may be more than a small window has room for."""
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 20, 20, 8)
        column.setSpacing(8)
        column.addWidget(self._marks)
        column.addWidget(self.texts)
        column.addWidget(self._tags)
        column.addWidget(self.histogram)
        column.addSpacing(6)
        column.addLayout(self._rows)
        column.addWidget(self.map)
        column.addSpacing(6)
        column.addLayout(self._buttons())
        column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        for one in (area, inner):
            one.setAutoFillBackground(False)
            one.setObjectName("clear")
        area.viewport().setAutoFillBackground(False)
        return area

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        for words_on_it, signal in (
            (self.tr("Search with a part…"), self.part_wanted),
            (self.tr("Tags…"), self.tags_wanted),
            (self.tr("Open with default app"), self.opened_outside),
            (self.tr("Show in folder"), self.revealed),
        ):
            made = button(words_on_it, self)
            made.clicked.connect(signal)
            column.addWidget(made)
        return column

    def show_marks(self, photo: Photo | None, marks: Marks) -> None:
        """Show what the user said of a photo."""
        self.texts.show_texts(photo, marks)
        self._marks.show_marks(favourite=marks.favourite, rating=stars(photo, marks))
        self._tags.setText(
            self.tr("Tags: {tags}").format(tags=QLocale().createSeparatedList(list(marks.tags))) if marks.tags else ""
        )
        self._tags.setVisible(bool(marks.tags))

    def show_photo(self, photo: Photo | None, why: str = "") -> None:
        """Show what is known of a photo, and why it is in the answer."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        facts = None if photo is None else photo.facts
        self.map.show_place(*(None, None) if facts is None else (facts.latitude, facts.longitude))
        if why:
            self._rows.addWidget(_Fact(self.tr("Why it is here"), why, self))
        for title, value in [] if photo is None else self._facts(photo):
            self._rows.addWidget(_Fact(title, value, self))

    def _facts(self, photo: Photo) -> list[tuple[str, str]]:
        facts = photo.facts
        elsewhere = [str(place.path) for place in photo.places if place != photo.place]
        rows = [
            (self.tr("Keywords"), QLocale().createSeparatedList(list(facts.keywords))),
            (self.tr("Name"), photo.place.path.name),
            (self.tr("Taken"), formatting.date(facts.taken_at)),
            (self.tr("Camera"), facts.camera),
            (self.tr("Lens"), facts.lens),
            (self.tr("Exposure"), formatting.exposure(facts)),
            (self.tr("Size"), formatting.dimensions(photo)),
            (self.tr("Format"), facts.format),
            (self.tr("Of the same shot"), "\n".join(place.path.name for place in photo.shot)),
            (self.tr("Place"), self._place(photo)),
            (self.tr("Folder"), formatting.folder(photo.place.path.parent)),
            (self.tr("Also at"), "\n".join(elsewhere)),
        ]
        if photo.offline:
            rows.append((self.tr("Not within reach"), self.tr("Its drive is not connected now.")))
        return [(title, value) for title, value in rows if value]

    def _place(self, photo: Photo) -> str | None:
        facts = photo.facts
        if facts.latitude is None or facts.longitude is None:
            return None
        position = f"{facts.latitude:.5f}, {facts.longitude:.5f}"
        place = place_of(facts.latitude, facts.longitude)
        return position if place is None else f"{place.of(QLocale().name())}\n{position}"


class _Fact(QWidget):
    """A title and below it the value, which can be selected and copied."""

    def __init__(self, title: str, value: str, parent: QWidget) -> None:
        super().__init__(parent)
        head = label(title, self, "quiet")
        body = label(breakable(value), self)
        body.setWordWrap(True)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Changed, not replaced: the label's own policy also says that its height depends on its width.
        policy = body.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        body.setSizePolicy(policy)
        body.setAccessibleName(f"{title}: {value}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(head)
        column.addWidget(body)


def breakable(text: str) -> str:
    """Let a long path wrap after its separators: a zero-width space follows each."""
    for mark in ("/", "\\", "_", "-", "."):
        text = text.replace(mark, mark + "\u200b")
    return text

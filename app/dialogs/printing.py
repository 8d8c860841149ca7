"""Asks how photos are to be printed, beside the pages as they will be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPageSetupDialog, QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.look.dialog_layout import BETWEEN_GROUPS, PAGE_SIZE, dialog_column
from app.look.icon_button import IconButton
from app.look.text_size import roomy
from app.look.widgets import add_row, button, foot, label
from app.services.preferences import Preferences
from app.services.print_pages import PER_PAGE, Printed, PrintLayout, lies_better, paint_page
from app.text import formatting

REST_MILLISECONDS = 150
"""Pages are painted anew when no picture came for so long."""

_EMPTY = Printed(QImage())


class PrintDialog(QDialog):
    """Its fields hold what was chosen the time before.

    Signals:
        planned: a `PrintLayout` and a QPrinter, once the user has said on what.
    """

    planned = Signal(object, object)

    def __init__(self, content_ids: Sequence[int], preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = tuple(content_ids)
        self._preferences = preferences
        self._photos: dict[int, Printed] = {}
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.setWindowTitle(self.tr("Print {photos}").format(photos=formatting.photos(len(self._ids))))
        self._preview = QPrintPreviewWidget(self._printer, self)
        self._preview.setAccessibleName(self.tr("Pages as they will be printed"))
        self._per_page, self._fit, self._paper = QComboBox(self), QComboBox(self), QComboBox(self)
        self._captions = QCheckBox(self.tr("Title and date below each photo"), self)
        self._page = label("", self, "quiet")
        self._fill()
        self._lay_out()
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._follow)
        for box in (self._per_page, self._fit, self._paper):
            box.currentIndexChanged.connect(lambda _: self._follow())
        self._captions.toggled.connect(lambda _: self._follow())
        self._preview.paintRequested.connect(self._paint)
        self._preview.previewChanged.connect(self._say_page)
        self._follow()

    @property
    def layout_chosen(self) -> PrintLayout:
        """What is chosen now."""
        return PrintLayout(int(self._per_page.currentData()), bool(self._fit.currentData()), self._captions.isChecked())

    @property
    def pages(self) -> int:
        return self.layout_chosen.pages(len(self._ids))

    def show_photo(self, content_id: int, printed: Printed) -> None:
        """Show a photo that was read on its page."""
        self._photos[content_id] = printed
        self._rest.start()

    def _fill(self) -> None:
        before = self._preferences.print_choices
        for number in PER_PAGE:
            self._per_page.addItem(formatting.count(number), number)
        self._per_page.setCurrentIndex(max(0, self._per_page.findText(before.get("per_page", ""))))
        self._fit.addItem(self.tr("Whole photo"), False)
        self._fit.addItem(self.tr("Fill the space, cut off the rest"), True)
        self._fit.setCurrentIndex(int(before.get("fill") == "yes"))
        for words, choice in (
            (self.tr("As the photos need it"), "best"),
            (self.tr("Upright"), "upright"),
            (self.tr("Sideways"), "sideways"),
        ):
            self._paper.addItem(words, choice)
        self._paper.setCurrentIndex(max(0, self._paper.findData(before.get("paper", "best"))))
        self._captions.setChecked(before.get("captions") == "yes")

    def _lay_out(self) -> None:
        paper = button(self.tr("Paper and margins…"), self)
        paper.clicked.connect(self._on_paper)
        form = QFormLayout()
        form.setSpacing(12)
        add_row(form, self.tr("Photos on a page"), self._per_page, self)
        add_row(form, self.tr("Space"), self._fit, self)
        add_row(form, self.tr("Page"), self._paper, self)
        add_row(form, "", self._captions, self)
        add_row(form, "", paper, self)
        chosen = QVBoxLayout()
        chosen.addLayout(form)
        chosen.addStretch()
        shown = QVBoxLayout()
        shown.addWidget(self._preview, 1)
        shown.addLayout(self._turner())
        parts = QHBoxLayout()
        parts.setSpacing(24)
        parts.addLayout(shown, 1)
        parts.addLayout(chosen)
        no, yes = button(self.tr("Cancel"), self), button(self.tr("Print…"), self, "primary")
        no.clicked.connect(self.reject)
        yes.setDefault(True)
        yes.clicked.connect(self._on_yes)
        column = dialog_column(self, BETWEEN_GROUPS)
        column.addLayout(parts, 1)
        column.addLayout(foot(right=(no, yes)))
        self._per_page.setFocus()
        self.resize(self.sizeHint())

    def _turner(self) -> QHBoxLayout:
        """Return the row that turns pages."""
        row = QHBoxLayout()
        row.addStretch()
        self._turners: list[IconButton] = []
        for drawing, words, step in (("previous", self.tr("Page before"), -1), ("next", self.tr("Next page"), 1)):
            turn = IconButton(drawing, words, self)
            turn.clicked.connect(lambda _=False, step=step: self._turn_page(step))
            row.addWidget(turn)
            self._turners.append(turn)
            if step < 0:
                row.addWidget(self._page)
        row.addStretch()
        return row

    def _turn_page(self, step: int) -> None:
        self._preview.setCurrentPage(min(self.pages, max(1, self._preview.currentPage() + step)))
        self._say_page()

    def _say_page(self) -> None:
        said = self.tr("Page {number} of {pages}")
        number = formatting.count(self._preview.currentPage())
        self._page.setText(said.format(number=number, pages=formatting.count(self.pages)))
        for turn in self._turners:
            turn.setVisible(self.pages > 1)

    def _follow(self) -> None:
        """Show the pages as they are chosen now."""
        orientation = QPageLayout.Orientation
        self._printer.setPageOrientation(orientation.Landscape if self._lies() else orientation.Portrait)
        self._preview.updatePreview()
        self._say_page()

    def _lies(self) -> bool:
        choice = self._paper.currentData()
        if choice != "best":
            return choice == "sideways"
        page = QRectF(self._printer.pageRect(QPrinter.Unit.Point))
        sizes = [photo.image.size() for photo in self._photos.values()]
        return lies_better(page, self.layout_chosen.per_page, sizes)

    def _paint(self, printer: QPrinter) -> None:
        """Paint the pages of the preview with what is read so far: pictures no larger than the screen."""
        layout = self.layout_chosen
        page = QRectF(0, 0, *_pixels(printer))
        painter = QPainter(printer)
        for number in range(self.pages):
            if number:
                printer.newPage()
            ids = self._ids[number * layout.per_page :][: layout.per_page]
            paint_page(painter, page, layout, [self._photos.get(one, _EMPTY) for one in ids])
        painter.end()

    def _on_paper(self) -> None:
        dialog = QPageSetupDialog(self._printer, self)
        dialog.accepted.connect(self._on_paper_chosen)
        dialog.open()

    def _on_paper_chosen(self) -> None:
        lies = self._printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
        if lies != self._lies():
            self._paper.setCurrentIndex(self._paper.findData("sideways" if lies else "upright"))
        self._follow()

    def _on_yes(self) -> None:
        layout = self.layout_chosen
        self._preferences.print_choices = {
            "per_page": self._per_page.currentText(),
            "fill": "yes" if layout.fill else "no",
            "captions": "yes" if layout.captions else "no",
            "paper": str(self._paper.currentData()),
        }
        ask_printer(self._printer, self, self._on_printer)

    def _on_printer(self) -> None:
        self.accept()
        self.planned.emit(self.layout_chosen, self._printer)

    def sizeHint(self) -> QSize:
        return roomy(self, *PAGE_SIZE)


def ask_printer(printer: QPrinter, parent: QWidget, then: Callable[[], None]) -> None:
    """Ask which printer it is to be, in the system's own dialog; `then` follows if the user says one."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
    dialog.accepted.connect(then)
    QDialog.open(dialog)


def _pixels(printer: QPrinter) -> tuple[int, int]:
    rect = printer.pageLayout().paintRectPixels(printer.resolution())
    return rect.width(), rect.height()

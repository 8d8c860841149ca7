"""The page of what there is more than once: three kinds, each with its own words, group by group or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from app.dialogs.protected import ProtectedDialog
from app.duplicates.view import GroupView
from app.look.icon_button import IconButton
from app.look.page_layout import bar_row
from app.look.plain_text import literal
from app.look.widgets import button, label
from app.services import desktop
from app.services.duplicates import Found, KeepAll, TrashCopies
from app.services.services import Services
from app.text import formatting
from app.window.banners import Banners
from app.window.empty_state import EmptyState
from core.copies import Copy, CopyGroup, Likeness
from core.duplicates import GroupList


class DuplicatesPage(QWidget):
    """The page of what there is more than once.

    Signals:
        closed: back to the photos.
        compare_wanted: photos are to be seen large, side by side (content ids).
    """

    closed = Signal()
    compare_wanted = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self._found = services.duplicates.latest
        self._busy = self._begun = False
        self.setObjectName("page")
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(self.tr("What is the same"))
        self.tabs.setUsesScrollButtons(False)  # in large letters each is shorter, and none out of sight
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.view = GroupView(services.duplicates, services.details, services.theme, self)
        self._words = label("", self, "quiet")
        self._words.setWordWrap(True)
        self._left_out = label("", self, "quiet")
        self.bulk = button("", self, "primary")
        self._protect = button(self.tr("Protected folders…"), self)
        self.banners = Banners(self)
        self.empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        for _ in Likeness:
            self.tabs.addTab("")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the photos
        for one in self.tabs.findChildren(QToolButton):  # where tabs are cut off; the arrow keys reach all
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = bar_row()
        back = IconButton("back", self.tr("Back to the photos (Esc)"), self)
        back.clicked.connect(self.closed)
        bar.addWidget(back)
        bar.addWidget(label(self.tr("Duplicates"), self, "heading"))
        bar.addSpacing(12)
        bar.addWidget(self.tabs)
        bar.addStretch()
        bar.addWidget(self._protect)
        said = QHBoxLayout()
        said.setContentsMargins(20, 4, 16, 8)
        said.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._words)
        words.addWidget(self._left_out)
        said.addLayout(words, 1)
        said.addWidget(self.bulk, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._keys = label(self._keys_told(), self, "quiet")
        self._keys.setContentsMargins(20, 4, 20, 8)
        self._keys.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.banners)
        column.addLayout(said)
        column.addWidget(self._stack, 1)
        column.addWidget(self._keys)

    def _connect(self) -> None:
        services = self.services
        services.duplicates.found.connect(self._on_found)
        services.changes.changed.connect(self._on_changed)
        services.messages.noticed.connect(lambda notice: self.banners.show_notice(notice) if self.isVisible() else None)
        services.messages.withdrawn.connect(self.banners.withdraw)
        self.tabs.currentChanged.connect(lambda _: self._show_list())
        self.view.changed.connect(self._show_bulk)
        self.view.trash_wanted.connect(self._trash)
        self.view.keep_all_wanted.connect(self._keep_all)
        self.view.compare_wanted.connect(self.compare_wanted)
        self.view.menu_requested.connect(self._show_menu)
        self.view.left.connect(self.closed)
        self.bulk.clicked.connect(self._ask_for_all)
        self._protect.clicked.connect(self._show_protected)

    def _keys_told(self) -> str:
        return self.tr(
            "Arrows: from photo to photo · Enter: keep only this one · Space: keep or let go · "
            "Delete: move the rest to the trash · A: keep all · C: compare"
        )

    # What is shown

    @property
    def likeness(self) -> Likeness:
        """The kind that is looked at."""
        return list(Likeness)[max(0, self.tabs.currentIndex())]

    def _list(self) -> GroupList | None:
        return None if self._found is None else self._found.lists[self.likeness]

    def _on_found(self, found: Found) -> None:
        self._found = found
        if self.isVisible():
            self._begin()
            self._show_list()

    def _begin(self) -> None:
        """Begin with a kind of which there is something."""
        if self._found is not None and not self._begun:
            self._begun = True
            kinds = [number for number, likeness in enumerate(Likeness) if len(self._found.lists[likeness])]
            self.tabs.setCurrentIndex(kinds[0] if kinds else 0)

    def _show_list(self) -> None:
        listed = self._list()
        names = (self.tr("Same file"), self.tr("Same picture"), self.tr("Same moment"))
        for number, (likeness, name) in enumerate(zip(Likeness, names, strict=True)):
            count = 0 if self._found is None else len(self._found.lists[likeness])
            self.tabs.setTabText(number, f"{name} ({formatting.count(count)})" if count else name)
        self._words.setText(self._meaning())
        if listed is not None:
            self.view.show_list(self.likeness, listed)
        empty = listed is None or not len(listed)
        if empty:
            self._show_empty(known=listed is not None)
        self._stack.setCurrentWidget(self.empty if empty else self.view)
        self._keys.setVisible(not empty)
        self._show_bulk()

    def _meaning(self) -> str:
        """Say what photos have in common here, and what that means for letting them go."""
        if self.likeness is Likeness.FILE:
            return self.tr("The same file in several places, to the byte. Nothing is lost while one of them stays.")
        if self.likeness is Likeness.PICTURE:
            return self.tr(
                "One picture saved more than once: smaller, in another format or quality. An edit that looks almost "
                "the same may be among them, so have a look."
            )
        return self.tr(
            "Different photos that a camera took within seconds of each other. Nothing goes here unless you say so, "
            "photo by photo."
        )

    def _show_empty(self, *, known: bool) -> None:
        if not known:
            waits = self.tr("In a large library this takes a moment.")
            self.empty.show_words("duplicates", self.tr("Looking for duplicates…"), waits)
            return
        text = {
            Likeness.FILE: self.tr("No file lies in your folders twice."),
            Likeness.PICTURE: self.tr("No picture is there in several sizes or formats."),
            Likeness.MOMENT: self.tr("No photos were taken within seconds of each other that look alike."),
        }[self.likeness]
        more = self.tr(
            "What you keep all of is shown again when there is one more. New photos are compared by themselves."
        )
        self.empty.show_words("duplicates", text, more)

    # All at once

    def _all(self) -> tuple[int, int, int]:
        """Return of how many groups something would go at once, how many that are, and how many bytes they take."""
        listed = self._list()
        if listed is None or self.likeness is Likeness.MOMENT:
            return 0, 0, 0
        going, sizes = listed.going.copy(), listed.sizes.copy()
        for number, choice in self.view.choices.of(self.likeness).items():
            rows = listed.numbers == number
            going[rows], sizes[rows] = len(choice.going), choice.size
        rows = listed.unattended & (going > 0)
        return int(np.count_nonzero(rows)), int(going[rows].sum()), int(sizes[rows].sum())

    def _show_bulk(self) -> None:
        groups, going, size = self._all()
        self.bulk.setVisible(bool(groups) or self._busy)
        self.bulk.setEnabled(not self._busy)
        if self._busy:
            self.bulk.setText(self.tr("Moving to the trash…"))
        else:
            said = self.tr("Move all suggested to the trash: %Ln ({size})…", "", going)
            self.bulk.setText(said.format(size=formatting.size(size)))
        listed = self._list()
        unseen = 0 if listed is None or self.likeness is not Likeness.PICTURE else int((~listed.unattended).sum())
        said = self.tr("%Ln group(s) may be two shots of one second: they are left out of that.", "", unseen)
        self._left_out.setText(said if unseen else "")
        self._left_out.setVisible(bool(unseen))

    def _ask_for_all(self) -> None:
        groups, going, size = self._all()
        likeness, listed = self.likeness, self._list()
        if not going or listed is None:
            return
        what = formatting.files(going) if likeness is Likeness.FILE else formatting.photos(going)
        title = self.tr("Move {photos} to the trash?").format(photos=what)
        text = self.tr(
            "One stays of each of the %Ln group(s), and all in protected folders. This frees {size} once the trash is "
            "emptied; until then undoing brings them back.",
            "",
            groups,
        ).format(size=formatting.size(size))
        numbers = listed.numbers[listed.unattended].tolist()
        self.services.messages.confirm(
            title, text, self.tr("Move to the trash"), lambda: self._trash_all(likeness, numbers)
        )

    def _trash_all(self, likeness: Likeness, numbers: Sequence[int]) -> None:
        chosen = {number: choice.going for number, choice in self.view.choices.of(likeness).items()}
        self._busy = True
        self._show_bulk()
        self.services.changes.make(TrashCopies(likeness, numbers, chosen))

    # One group

    def _trash(self, group: CopyGroup) -> None:
        going = self.view.choices.going(group)
        self.services.changes.make(TrashCopies(group.likeness, (group.number,), {group.number: going}))
        self.view.take_away(group)

    def _keep_all(self, group: CopyGroup) -> None:
        self.services.changes.make(KeepAll(group))
        self.view.take_away(group)

    def _show_menu(self, group: CopyGroup, copy: Copy, point: QPoint) -> None:
        folder = copy.shown.location.path.parent
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card = next((one for one in self.view.cards() if one.group is group), None)
        if card is not None:
            menu.addAction(self.tr("Keep only this one"), lambda: card.choose(self.view.choices.keep_only, copy))
            menu.addAction(self.tr("Keep or let go"), lambda: card.choose(self.view.choices.toggle, copy))
            menu.addSeparator()
        menu.addAction(self.tr("Open with default app"), lambda: desktop.open_outside(copy.shown.location.path))
        menu.addAction(self.tr("Show in folder"), lambda: desktop.reveal(copy.shown.location.path, lambda: None))
        menu.addSeparator()
        said = self.tr("Protect the folder “{folder}”").format(folder=literal(formatting.folder(folder)))
        protect = menu.addAction(said, lambda: self.services.duplicates.protect(folder))
        protect.setEnabled(not copy.protected)
        menu.popup(point)

    # Folders

    def _show_protected(self) -> None:
        dialog = ProtectedDialog(self.services.duplicates, self.protected, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @property
    def protected(self) -> tuple[Path, ...]:
        return () if self._found is None else self._found.protected

    # What the page is told

    def _on_changed(self) -> None:
        self._busy = False
        self._show_bulk()
        if self.isVisible():
            self.services.duplicates.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.services.duplicates.look()
        self._begin()
        self._show_list()
        self.view.setFocus()
        self.view.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

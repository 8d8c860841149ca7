"""The main window: puts the pages together and joins them to the services that ask the library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QVBoxLayout, QWidget

from app.grid.view import Grid
from app.look.page_layout import fit_screen
from app.services.custom_keys import CustomKeys
from app.services.services import Services
from app.window.dialogs import Dialogs
from app.window.example_line import ExampleHint
from app.window.folder_actions import FolderActions
from app.window.grid_options import GridOptions
from app.window.group_actions import GroupActions
from app.window.indexing_bar import IndexingBar
from app.window.indexing_feedback import IndexingFeedback
from app.window.kept_questions import KeptQuestions
from app.window.library_menu import LibraryMenu
from app.window.menus import Commands, Menus
from app.window.navigator import Navigator
from app.window.open_with_actions import OpenWithActions
from app.window.pages import Pages
from app.window.photo_actions import PhotoActions
from app.window.photos_page import PhotosPage
from app.window.picture_questions import PictureQuestions
from app.window.question import Question
from app.window.reasons import Reasons
from app.window.selection_actions import SelectionActions
from app.window.sidebar_splitter import SidebarSplitter
from app.window.status_bar import StatusBar
from app.window.top_bar import TopBar
from app.window.undo_line import UndoLine
from app.window.viewing_actions import ViewingActions
from core.photo import Status
from core.query import Fact, PhotoLike
from core.query.editing import asks_with_pictures
from core.query.fields import asks_of_the_user
from core.results import Results

FIRST_SIZE = 1180, 800
"""Of the window when it is opened for the first time: five photos of the usual size in a row beside the sidebar."""
LEAST_SIZE = 640, 460
"""The smallest window there can be: half a common screen, with two rows of photos between the bars."""


class MainWindow(QMainWindow):
    """The program's window: field, places and pages. Signals:
    language_chosen: the window is to be put up again in another language.
    quitted: the program is to end, not only this window.
    """

    language_chosen = Signal(str)
    quitted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._warm = False
        self.grid = Grid(services.details, services.theme)
        self.top = TopBar(self)
        self.photos = PhotosPage(self.grid, services.theme, self, services.search)
        self._reasons = Reasons(self.grid, services.details, services.search)  # hears of an answer first
        self.groups = GroupActions(self, self.grid, services.search, services.preferences)
        self.indexing_bar = IndexingBar(self)
        self.line = StatusBar(self)
        self.splitter = SidebarSplitter(services, self.photos, self)
        self._main = QWidget(self)
        self.pages = Pages(services, self.grid, self._main, self)
        self.welcome, self.preview, self.map = self.pages.welcome, self.pages.viewer, self.pages.map
        self._keys = CustomKeys(services.preferences)
        self.dialogs = Dialogs(services, self._keys, self)
        self.dialogs.language_chosen.connect(self.language_chosen)
        self._photo_actions = PhotoActions(self.grid, services.details, services.messages)
        self._menus = Menus(self, self._commands())
        self._grid_options = GridOptions(self.grid, self.photos.header, self._menus, services.preferences)
        self._selection = SelectionActions(self, self.grid, services)
        self._selection.stand_in(self._menus, self.splitter.sidebar, self.preview)
        self.selection_bar = self._selection.bar
        self._lay_out()
        self._connect_parts()
        self._navigator = self._make_navigator()  # hears of an answer after the grid, which has to show it first
        self.folders = FolderActions(self, services, self.pages, self._navigator)
        self._connect_widgets()
        self._question = Question(self.top.field, self.top.chips, services.search, services.facets, services.offers)
        self._picture_questions = self._make_picture_questions()
        self.dialogs.asked.connect(self._on_example_asked)
        self._kept = KeptQuestions(services, self.top, self._question, self.splitter.sidebar)
        self.pages.opened.connect(self._kept.remember)  # what led to a photo was meant
        self._feedback = IndexingFeedback(services, self.photos, self.indexing_bar)
        self._hint = ExampleHint(services, self.photos.examples, self._ask)
        self._keys.take(self, self.grid, self.preview)
        self._catch_up()

    # Putting it together

    def _lay_out(self) -> None:
        place = self._services.connecting.title
        self.setWindowTitle(f"{place} – Recollect" if place else "Recollect")
        self.line.show_place(place)
        self.setMinimumSize(*LEAST_SIZE)
        self.top.set_menu(self._menus.main)
        bottom = QWidget(self)
        bottom.setObjectName("bottom")
        bottom.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        low = QVBoxLayout(bottom)
        low.setContentsMargins(0, 2, 0, 2)
        low.setSpacing(0)
        low.addWidget(self.indexing_bar)
        low.addWidget(self.line)
        self._main.setObjectName("page")
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.top)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.selection_bar)
        column.addWidget(bottom)
        self.setCentralWidget(self.pages)
        changes = self._services.changes
        self.undo_line = UndoLine(changes.undo, changes.redo, self.pages, (self.selection_bar, bottom))
        if not self.restoreGeometry(self._services.preferences.geometry):
            self.resize(*FIRST_SIZE)
        fit_screen(self)

    def _commands(self) -> Commands:
        return Commands(
            search=self._focus_search,
            add_fact=self._add_fact,
            take_offer=lambda: self._question.take_offer(),
            save_question=lambda: self._kept.save(),
            sidebar=self.splitter.toggle_sidebar,
            add_folder=lambda: self.folders.choose(),
            folders=self.dialogs.show_folders,
            skipped=self.dialogs.show_skipped,
            map=self.pages.show_map,
            duplicates=self.pages.show_duplicates,
            jump=lambda: self.dialogs.ask_date(self.photos.scrubber.timeline, self.pages.go_to),
            settings=self.dialogs.show_settings,
            models=self.dialogs.show_models,
            shortcuts=self.dialogs.show_shortcuts,
            asking=self.dialogs.show_asking,
            about=self.dialogs.show_about,
            quit=self.quitted.emit,
            larger=lambda: self._grid_options.enlarge(),
            smaller=lambda: self._grid_options.reduce(),
            more_likely=lambda: self.photos.header.likely.move_line(1),
            fewer_likely=lambda: self.photos.header.likely.move_line(-1),
            select_all=self.grid.choose_all,
            select_section=self.grid.choose_current_section,
            invert=self.grid.invert,
            open_large=lambda: self.pages.show_large(self.grid.current_id),
            open_outside=self._photo_actions.open_outside,
            reveal=self._photo_actions.reveal,
            copy=self._photo_actions.copy,
            copy_path=self._photo_actions.copy_paths,
            similar=lambda: self._look_like(self.grid.current_id),
            part=lambda: self.pages.choose_part(self.grid.current_id),
            paste=lambda: self._picture_questions.paste(),
        )

    def _connect_widgets(self) -> None:
        search, indexing = self._services.search, self._services.indexing
        field = self.top.field
        field.typed.connect(search.type)
        field.typed.connect(indexing.make_way)
        field.submitted.connect(search.submit)
        field.left.connect(self.grid.enter)
        self.top.folders_requested.connect(self.dialogs.show_folders)
        self.top.sidebar_toggled.connect(self.splitter.toggle_sidebar)
        self.splitter.sidebar.asked.connect(self._ask)
        self.splitter.sidebar.folder_chosen.connect(self._navigator.look_at)
        self.splitter.sidebar.skipped_requested.connect(self.dialogs.show_skipped)
        self.splitter.sidebar.duplicates_requested.connect(self.pages.show_duplicates)
        self.splitter.sidebar.places_requested.connect(self.pages.show_map)
        header = self.photos.header
        header.folders.chosen.connect(search.look_in)
        header.likely.moved.connect(search.move_line)
        header.likely.dated.connect(search.sort_by_date)
        header.left.connect(lambda: self._picture_questions.back())
        self.photos.folders_requested.connect(self.folders.choose)
        self.photos.cleared.connect(self._show_everything)
        self.grid.opened.connect(self.pages.show_large)
        self.grid.peeked.connect(self.pages.peek)
        self.grid.menu_requested.connect(self._on_menu_requested)
        self.map.chosen.connect(self._on_place_chosen)
        self.preview.likened.connect(self._look_like)
        self.preview.revealed.connect(self._photo_actions.reveal_photo)
        self.preview.opened_outside.connect(self._photo_actions.open_photo)
        self.preview.loved.connect(self._selection.marks.toggle_favourite)
        self.preview.rated.connect(self._selection.marks.rate)
        self.preview.titles.titled.connect(self._selection.marks.title)
        self.preview.titles.captioned.connect(self._selection.marks.caption)
        self.preview.tags_wanted.connect(self._selection.tags.tags.trigger)
        self.line.skips_requested.connect(self.dialogs.show_skipped)
        self.line.models_requested.connect(self.dialogs.show_models)
        self.folders.welcomed.connect(self.top.field.setFocus)

    def _connect_parts(self) -> None:
        services = self._services
        self._viewing = ViewingActions(self, self.grid, self.pages, services)
        self._viewing.stand_in(self._menus.photo, self._menus.copy, self._menus.view)
        self._open_with = OpenWithActions(self, self.grid, self._photo_actions, services)
        self._open_with.stand_in(self._menus)
        self.libraries = LibraryMenu(services.connecting, self.dialogs.show_connect, self)
        self.libraries.stand_in(self._menus.main)
        self.groups.stand_in(self._menus.photo, self._menus.similar, self._menus.view, self._menus.equal_cells)
        services.messages.speak_over(self)
        services.messages.noticed.connect(self.photos.banners.show_notice)
        services.messages.withdrawn.connect(self.photos.banners.withdraw)
        services.library_tasks.counted.connect(self._on_counted)
        services.library_tasks.warmed.connect(self._on_warmed)
        services.changes.changed.connect(self._on_changed)
        services.changes.told.connect(self.undo_line.tell)
        services.search.answered.connect(self._on_answered)
        services.search.refreshed.connect(self._on_refreshed)
        services.search.waited.connect(self._on_waited)

    def _catch_up(self) -> None:
        """Show what the services already know: this may be a second window in another language."""
        search = self._services.search
        self._question.show_text(search.text)
        self.photos.header.likely.show_choice(search.likely_from, by_date=search.by_date)
        if self._services.library_tasks.status is not None:
            self._on_counted(self._services.library_tasks.status)
            self.photos.header.folders.show_folder(search.query.folder)
            self._services.search.look()
        self.top.field.setFocus()

    def _make_picture_questions(self) -> PictureQuestions:
        services = self._services
        pictures = PictureQuestions(
            self.top.field, self.top.chips, self._question, services.question_pictures, services.messages
        )
        pictures.asked.connect(self.pages.return_to_photos)
        self.folders.take_pictures = pictures.take
        self.preview.part_chosen.connect(pictures.ask_with_part)
        return pictures

    def _make_navigator(self) -> Navigator:
        navigator = Navigator(self._services, self)
        navigator.raised.connect(self._come_forward)
        navigator.folder_shown.connect(self._on_folder_shown)
        navigator.photo_shown.connect(self.pages.show_large)
        return navigator

    # From outside

    def _come_forward(self) -> None:
        self.show()  # out of the tray
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def _on_folder_shown(self, folder: Path) -> None:
        self._question.show_text("")
        self.pages.return_to_photos()
        self.photos.header.folders.show_folder(folder)

    # From the library

    def _on_counted(self, status: Status) -> None:
        self.line.show_status(status)
        self.splitter.sidebar.show_status(status)
        self.photos.show_status(status)
        if not status.roots and self.pages.shows(self._main) and not self.welcome.folders():
            self.pages.show_welcome()

    def _on_warmed(self) -> None:
        self._warm = True

    def _on_answered(self, results: Results) -> None:
        self.photos.show_results(results, again=False)
        self._show_question()
        self.photos.header.show_notes(self._services.search.notes)
        self._picture_questions.follow(self._services.search.query)
        if self.pages.shows(self.preview):
            self.pages.return_to_photos()

    def _on_refreshed(self, results: Results) -> None:
        self.photos.show_results(results, again=True)
        if self.pages.shows(self.preview):
            self.preview.follow()

    def _on_changed(self) -> None:
        """Show what the user says of photos now; an answer that depends on it is asked for again."""
        self.grid.renew_marks()
        self.preview.renew_marks()
        self._services.overview.look()
        if asks_of_the_user(self._services.search.query):
            self._services.search.look_again()

    def _on_waited(self, waiting: bool) -> None:
        if waiting and self._services.search.query.terms:
            loading = self.tr("The model is loading; the answer comes in a moment…")
            self.photos.header.show_waiting(self.tr("Searching…") if self._warm else loading)

    # From the user

    def _add_fact(self) -> None:
        self._focus_search()
        self._question.add_fact()

    def _focus_search(self) -> None:
        self.pages.return_to_photos()
        self.top.field.focus_all()

    def _on_example_asked(self, text: str) -> None:
        self.pages.return_to_photos()
        self._question.ask(text)

    def _on_place_chosen(self, place: Fact) -> None:
        self.pages.return_to_photos()
        self._question.exchange_fact(place)

    def _look_like(self, content_id: int | None) -> None:
        if content_id is not None:
            self._picture_questions.look_like([PhotoLike(content_id)], alone=True)

    def _ask(self, text: str) -> None:
        """Ask a question of all folders, as if it were typed."""
        self.photos.header.folders.show_folder(None)
        self._services.search.look_in(None)
        self._question.ask(text)

    def _show_question(self) -> None:
        """Tell what is beside the photos what they are."""
        search = self._services.search
        if search.query.like is None:
            self.splitter.sidebar.show_question(search.text, search.query.folder)
        self._selection.albums.show_question(search.text)

    def _show_everything(self) -> None:
        self.photos.header.folders.show_folder(None)
        self.top.field.clear()
        self._services.search.type("")
        self._services.search.look_in(None)

    def _on_menu_requested(self, point: QPoint) -> None:
        if self.grid.selected_ids():
            self._menus.photo.popup(point)

    # What a window is told

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif asks_with_pictures(self._services.search.query):
            self._picture_questions.back()
        elif len(self.grid.selection) > 1:
            self.grid.choose_none()
        elif self.top.field.text():
            self.top.field.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._services.preferences.geometry = self.saveGeometry()
        for dialog in self.findChildren(QDialog):
            dialog.close()  # none stays behind without its window
        super().closeEvent(event)

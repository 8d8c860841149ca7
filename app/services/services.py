"""What a window is made of that outlives it: when the language changes, a new window is put over the same parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.look.theme import Theme
from app.services.applications import Applications
from app.services.changes import Changes
from app.services.connecting import Connecting
from app.services.doctor import Doctor
from app.services.duplicates import Duplicates
from app.services.example_questions import ExampleQuestions
from app.services.exporting import PhotoExports
from app.services.facets import Facets
from app.services.first_folders import FirstFolders
from app.services.indexing import Indexing
from app.services.library_tasks import LibraryTasks
from app.services.messages import Messages
from app.services.model_tasks import ModelTasks
from app.services.offers import Offers
from app.services.open_requests import OpenRequests
from app.services.overview import Overview
from app.services.photo_details import PhotoDetails
from app.services.places import Places
from app.services.preferences import Preferences
from app.services.printing import PhotoPrints
from app.services.question_pictures import QuestionPictures
from app.services.saved_searches import RecentSearches
from app.services.search import Search
from app.services.server_watch import ServerWatch
from app.services.session_start import SessionStart
from app.services.sidecars import SidecarWriting
from app.services.storage import Storage
from app.services.tray import Tray
from app.services.update_check import UpdateCheck
from app.text.language import Language

AsksLibrary: TypeAlias = (
    PhotoDetails
    | Changes
    | PhotoExports
    | PhotoPrints
    | ExampleQuestions
    | SidecarWriting
    | Overview
    | Search
    | Facets
    | Offers
    | Places
    | Duplicates
    | QuestionPictures
    | RecentSearches
    | ModelTasks
    | ServerWatch
)
"""A service that asks the library, once it is open."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything `app.startup` makes before the window."""

    library_tasks: LibraryTasks
    first_folders: FirstFolders
    open_requests: OpenRequests
    search: Search
    facets: Facets
    offers: Offers
    places: Places
    duplicates: Duplicates
    question_pictures: QuestionPictures
    recent_searches: RecentSearches
    indexing: Indexing
    details: PhotoDetails
    changes: Changes
    exports: PhotoExports
    prints: PhotoPrints
    applications: Applications
    examples: ExampleQuestions
    model_tasks: ModelTasks
    doctor: Doctor
    messages: Messages
    overview: Overview
    session_start: SessionStart
    sidecars: SidecarWriting
    storage: Storage
    connecting: Connecting
    server_watch: ServerWatch
    update_check: UpdateCheck
    tray: Tray
    theme: Theme
    language: Language
    preferences: Preferences

    @property
    def asking(self) -> tuple[AsksLibrary, ...]:
        """Those that ask the library, and need nothing else to begin."""
        return (
            self.details,
            self.changes,
            self.exports,
            self.prints,
            self.examples,
            self.sidecars,
            self.overview,
            self.search,
            self.facets,
            self.offers,
            self.places,
            self.duplicates,
            self.question_pictures,
            self.recent_searches,
            self.model_tasks,
            self.server_watch,
        )

"""What a window is made of that outlives it: when the language changes, a new window is put over the same parts."""

from __future__ import annotations

from dataclasses import dataclass

from app.look.theme import Theme
from app.program.open_requests import Arrivals
from app.services.doctor import Examination
from app.services.indexing import Indexing
from app.services.library_tasks import Shelf
from app.services.messages import Messages
from app.services.model_tasks import Stock
from app.services.photo_details import Details
from app.services.preferences import Preferences
from app.services.search import Searching
from app.services.update_check import Newer
from app.text.language import Language


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything `app.startup` makes before the window."""

    shelf: Shelf
    arrivals: Arrivals
    searching: Searching
    indexing: Indexing
    details: Details
    stock: Stock
    examination: Examination
    messages: Messages
    newer: Newer
    theme: Theme
    language: Language
    preferences: Preferences

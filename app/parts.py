"""What a window is made of that outlives it: when the language changes, a new window is put over the same parts."""

from __future__ import annotations

from dataclasses import dataclass

from app.program.open_requests import Arrivals
from app.details import Details
from app.examination import Examination
from app.indexing import Indexing
from app.language import Language
from app.look.theme import Theme
from app.messages import Messages
from app.services.model_tasks import Stock
from app.newer import Newer
from app.preferences import Preferences
from app.searching import Searching
from app.shelf import Shelf


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

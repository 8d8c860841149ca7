"""What a screen reader is told of the photo that is shown large."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from app.grid.cells import stars
from app.text import formatting
from core.photo import Photo
from core.user_records import Marks


def tell(page: QWidget, photo: Photo | None, marks: Marks, place: str) -> None:
    """Have a page say which photo it shows, which of how many that is, and what was said of it."""
    said = formatting.spoken_marks(marks, stars(photo, marks))
    date = "" if photo is None else formatting.date(photo.facts.taken_at)
    page.setAccessibleName("" if photo is None else photo.place.path.name)
    page.setAccessibleDescription(", ".join(filter(None, (place, date, said))))
    QAccessible.updateAccessibility(QAccessibleEvent(page, QAccessible.Event.NameChanged))
    QAccessible.updateAccessibility(QAccessibleEvent(page, QAccessible.Event.DescriptionChanged))

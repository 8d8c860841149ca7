"""How dialogs are laid out: one size for each kind of them, and the space around what they show.

The sizes are in pixels where text has its usual size; `wide` and `roomy` make them follow larger text.
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout

QUESTION_WIDTH = 380
"""Of one field, or a list of names: the longest example that a field shows while it is empty, and some room to type."""
FORM_WIDTH = 560
"""Of fields with their names beside them: a path or an address of about sixty letters is seen whole."""
TEXT_WIDTH = 420
"""Of a paragraph: some sixty letters a line, which the eye finds back from to the next."""
LIST_HEIGHT = 400
"""Of a list of some ten names between a field and buttons; a longer one scrolls."""
READING_SIZE = 760, 620
"""Of a text to read: lines of a report of a hundred letters, or examples with what they mean beside them."""
PAGE_SIZE = 860, 640
"""Of a page with a table, a preview or cards: a path of fifty letters beside three columns of facts."""

BETWEEN_PARTS = 12
"""From one part of a dialog to the next."""
BETWEEN_GROUPS = 18
"""From what is chosen to the buttons, where there is more than one thing to choose."""


def dialog_column(dialog: QDialog, between: int = BETWEEN_PARTS) -> QVBoxLayout:
    """Return the column that a dialog shows its parts in. Around them is more space than between them."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 18)
    column.setSpacing(between)
    return column


def page_column(dialog: QDialog) -> QVBoxLayout:
    """Return the column of a dialog that is filled by a page: its tabs and tables have space of their own."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 14, 20, 16)
    column.setSpacing(BETWEEN_PARTS)
    return column

"""Says of every photo in the answer on screen why it is there: on hover, in the large view, to a screen reader."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.grid.view import Grid
from app.services.photo_details import PhotoDetails
from app.services.search import Search
from app.text import matches
from app.text.matches import Evidence
from core.results import Reason, Results


class Reasons(QObject):
    """Follows the answers, and has the lines of text fetched that hits were found for."""

    def __init__(self, grid: Grid, details: PhotoDetails, search: Search) -> None:
        super().__init__(grid)
        self._grid = grid
        self._details = details
        self._results: Results | None = None
        self._rows: dict[int, int] | None = None
        self._lines: Mapping[int, str] = {}
        grid.why = self.why
        search.answered.connect(self._on_answered)
        search.refreshed.connect(self._on_answered)

    def why(self, content_id: int) -> str:
        """Say why a photo is in the answer on screen; in a listing all are there for the same reason."""
        results = self._results
        if results is None or results.scores is None:
            return ""
        if self._rows is None:
            self._rows = {number: row for row, number in enumerate(results.ids.tolist())}
        row = self._rows.get(content_id)
        if row is None:
            return ""
        line = self._lines.get(content_id, "")
        evidence = Evidence(results.query, self._grid.photo_of(content_id), line)
        return matches.why(results.groups(row, row + 1)[0].hit, results.likely_from, evidence)

    def _on_answered(self, results: Results) -> None:
        self._results, self._rows, self._lines = results, None, {}
        read = [content_id for content_id, reasons in results.row_reasons.items() if Reason.TEXT in reasons]
        if read:
            self._details.lines(read, results.query.words, lambda lines: self._on_lines(results, lines))

    def _on_lines(self, results: Results, lines: Mapping[int, str]) -> None:
        if results is self._results:
            self._lines = lines

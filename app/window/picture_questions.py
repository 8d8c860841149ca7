"""Questions with pictures: pasted, dropped on the bar, a photo of the grid or a part of one; and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QPixmap

from app.services.messages import Messages
from app.services.question_pictures import (
    PhotoPart,
    QuestionPictures,
    holds_picture,
    picture_data,
    picture_files,
)
from app.window.chips import PICTURE_SIDE, ChipRow, ShowPicture
from app.window.question import Question
from app.window.search_field import SearchField
from core.query import PhotoLike, PictureLike, Query, Term
from core.query.editing import asks_with_pictures, extended, without_pictures
from core.query.parser import MOST_TERMS, parse

MOST_GIVEN = MOST_TERMS // 2
"""Pictures taken of those that are pasted or dropped at once."""


class PictureQuestions(QObject):
    """Puts pictures into the question.

    Signals:
        asked: the photos of a new question are wanted, whatever page is shown.
    """

    asked = Signal()

    def __init__(
        self, field: SearchField, chips: ChipRow, question: Question, pictures: QuestionPictures, messages: Messages
    ) -> None:
        super().__init__(field)
        self._field = field
        self._question = question
        self._pictures = pictures
        self._messages = messages
        self._before: list[str] = []
        field.given.connect(self.take)
        field.leave = self._leave
        chips.picture_of = self._want

    def paste(self) -> None:
        """Ask with the picture in the clipboard, or with the text that is there."""
        given = QGuiApplication.clipboard().mimeData()
        if not self.take(given):
            text = " ".join(given.text().split())
            if text:
                self._leap(text)
            else:
                self._messages.say(self.tr("There is no picture and no text in the clipboard."))

    def take(self, given: QMimeData) -> bool:
        """Ask with the pictures that were copied or dragged; return whether there are any."""
        files = picture_files(given)
        data = picture_data(given) if not files and holds_picture(given) else None
        if files:
            self.look_like([PictureLike(path) for path in files[:MOST_GIVEN]])
        elif data is not None:
            self._pictures.keep(*data, self._on_kept)
        return bool(files) or data is not None

    def ask_with_part(self, part: PhotoPart) -> None:
        """Ask for photos that look like a part of one."""
        self._pictures.cut(part, self._on_kept)

    def look_like(self, subjects: Sequence[PhotoLike | PictureLike], *, alone: bool = False) -> None:
        """Ask for photos like these, in the place of the pictures asked with before; `alone` without other words."""
        text = "" if alone else without_pictures(self._field.text())
        for subject in subjects:
            text = extended(text, Term(subject))
        self._leap(text)

    def back(self) -> None:
        """Ask again what was asked before the pictures, or without them."""
        self._question.ask(self._before.pop() if self._before else without_pictures(self._field.text()))

    def _leave(self) -> bool:
        pictures = asks_with_pictures(parse(self._field.text()).query)
        if pictures:
            self.back()
        return pictures

    def follow(self, query: Query) -> None:
        """Forget the way back where a question without pictures was asked."""
        if not asks_with_pictures(query):
            self._before.clear()

    def _on_kept(self, picture: Path) -> None:
        self.look_like([PictureLike(picture)])

    def _leap(self, text: str) -> None:
        if text != self._field.text():
            self._before.append(self._field.text())
        self.asked.emit()
        self._question.ask(text)

    def _want(self, subject: PhotoLike | PictureLike, show: ShowPicture) -> None:
        ratio = self._field.devicePixelRatioF()
        side = round(PICTURE_SIDE * ratio)
        self._pictures.want(subject, 2 * side, lambda image: show(QPixmap.fromImage(image)))

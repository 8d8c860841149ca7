"""Moving pictures in the large view: frame after frame, each decoded off the interface's thread when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QPixmap

from app.look.theme import Theme
from app.services.photo_details import PhotoDetails
from app.viewer.canvas import Canvas
from core.photo import Photo

if TYPE_CHECKING:
    from core.decode.job import Animation

MOVING = frozenset({"GIF", "WEBP", "PNG"})
"""Formats whose pictures may move."""


class Player(QObject):
    """Plays one picture at a time on a canvas, over and over, until it is held or another photo comes."""

    def __init__(self, canvas: Canvas, details: PhotoDetails, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._details = details
        self._theme = theme
        self._content_id: int | None = None
        self._animation: Animation | None = None
        self._number = 0
        self._held = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)

    @property
    def ready(self) -> bool:
        """Whether there is a picture that moves, or would if it were not held."""
        return self._animation is not None

    @property
    def playing(self) -> bool:
        return self._animation is not None and not self._held

    def begin(self, photo: Photo | None, long_side: int) -> None:
        """Play a photo if it moves; one that plays already goes on."""
        moves = photo is not None and (photo.facts.format or "").upper() in MOVING
        if photo is None or not moves or photo.content_id == self._content_id:
            return
        self.stop()
        self._content_id = content_id = photo.content_id
        self._details.animation(content_id, long_side, lambda animation: self._on_animation(content_id, animation))

    def stop(self) -> None:
        """Forget the picture."""
        self._timer.stop()
        self._content_id, self._animation, self._number, self._held = None, None, 0, False

    def toggle(self) -> None:
        """Hold what plays, or go on."""
        self._held = not self._held
        if self.playing:
            self._ask()
        else:
            self._timer.stop()

    def _on_animation(self, content_id: int, animation: Animation | None) -> None:
        if content_id != self._content_id or animation is None or len(animation.frames) < 2:
            return
        self._animation = animation
        self._held = self._theme.still  # until the user wants to see it move
        if self.playing:
            self._timer.start(animation.milliseconds[0])

    def _ask(self) -> None:
        content_id, animation = self._content_id, self._animation
        if content_id is None or animation is None or self._held:
            return
        self._number = (self._number + 1) % len(animation.frames)
        jpeg = animation.frames[self._number]
        self._details.frame(content_id, jpeg, lambda image: self._on_frame(animation, image))

    def _on_frame(self, animation: Animation, image: QImage) -> None:
        if animation is self._animation and self.playing:
            self._canvas.show_frame(QPixmap.fromImage(image))
            self._timer.start(animation.milliseconds[self._number])

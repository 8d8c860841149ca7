"""What can be done with the selected photos. The grid, the preview, the menus and the keys all come here."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from app.grid.view import Grid
from app.services import desktop
from app.services.messages import Messages
from app.services.photo_details import PhotoDetails
from app.window.sidebar_entries import CHOSEN_PHOTOS
from core.photo import Photo

CLIPBOARD_SIDE = 4096
MANY = 20
DRAG_SIDE = 128
BESIDE_POINTER = QPoint(-14, -14)


class PhotoActions(QObject):
    """Opens, shows, copies and drags photos. Their files are looked up in a queue, then used."""

    def __init__(self, grid: Grid, details: PhotoDetails, messages: Messages) -> None:
        super().__init__(grid)
        self._grid = grid
        self._details = details
        self._messages = messages
        self._dragging = False
        grid.dragged.connect(self._on_dragged)

    def open_outside(self) -> None:
        self._details.photos(self._grid.selected_ids()[:MANY], self._on_open_outside)

    def reveal(self) -> None:
        self._details.photos(self._grid.selected_ids()[:1], self._on_reveal)

    def copy_paths(self) -> None:
        self._details.photos(self._grid.selected_ids(), self._on_copy_paths)

    def copy(self) -> None:
        """Copy the files; of a single photo the picture too, for programs that take no files."""
        self._details.photos(self._grid.selected_ids(), self._on_copy)

    def open_photo(self, photo: Photo) -> None:
        self._on_open_outside([photo])

    def reveal_photo(self, photo: Photo) -> None:
        self._on_reveal([photo])

    def within_reach(self, photos: list[Photo]) -> list[Photo]:
        """Return the photos whose files can be used now; say so if there are none."""
        near = [photo for photo in photos if not photo.offline]
        if photos and not near:
            self._messages.say(
                self.tr("{name} is on a drive that is not connected now.").format(name=photos[0].place.path.name)
            )
        return near

    def _on_open_outside(self, photos: list[Photo]) -> None:
        for photo in self.within_reach(photos):
            if not desktop.open_outside(photo.place.path):
                self._messages.say(self.tr("No program was found that opens this photo."))
                return

    def _on_reveal(self, photos: list[Photo]) -> None:
        for photo in self.within_reach(photos):
            desktop.reveal(photo.place.path, self._on_no_file_manager)

    def _on_no_file_manager(self) -> None:
        self._messages.say(self.tr("No file manager was found to show this photo in."))

    def _on_copy_paths(self, photos: list[Photo]) -> None:
        if photos:
            QGuiApplication.clipboard().setText("\n".join(str(photo.place.path) for photo in photos))

    def _on_copy(self, photos: list[Photo]) -> None:
        near = self.within_reach(photos)
        if not near:
            return
        QGuiApplication.clipboard().setMimeData(mime(near))
        if len(near) == 1:

            def done(image: QImage) -> None:
                if not image.isNull():
                    QGuiApplication.clipboard().setMimeData(mime(near, image))

            self._details.image(near[0].content_id, CLIPBOARD_SIDE, done)

    def _on_dragged(self) -> None:
        if not self._dragging:
            self._dragging = True
            self._details.photos(self._grid.selected_ids(), self._drag)

    def _drag(self, photos: list[Photo]) -> None:
        """Drag the files out, or onto the sidebar, if the button is still down now that they are known."""
        self._dragging = False
        near = [photo for photo in photos if not photo.offline]
        if not photos or not QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            return
        drag = QDrag(self._grid)
        data = mime(near)
        data.setData(CHOSEN_PHOTOS, QByteArray(b"1"))
        drag.setMimeData(data)
        picture = thumbnail(self._grid.picture_of(photos[0].content_id))
        if not picture.isNull():
            drag.setPixmap(picture)
            drag.setHotSpot(BESIDE_POINTER)  # what they are dropped on stays in sight
        drag.exec(Qt.DropAction.CopyAction)


def mime(photos: list[Photo], image: QImage | None = None) -> QMimeData:
    """Return photos as other programs take them: as files, and as a picture if one is given."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo.place.path)) for photo in photos])
    if image is not None:
        data.setImageData(image)
    return data


def thumbnail(picture: QPixmap) -> QPixmap:
    """Return a picture at the size it is dragged with."""
    if picture.isNull():
        return picture
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(DRAG_SIDE, DRAG_SIDE, keep, smooth)

"""Icons: one-colour SVG drawings, painted in whatever colour the place they stand in has."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.paths import resources

INK = b"#000000"
"""The colour our icon files are drawn in; it is the one that is replaced."""

_DRAWINGS_KEPT, _IMAGES_KEPT = 64, 512
"""Files of icons, of which there are fewer; and those in every colour and size that a window shows in both themes."""


@lru_cache(maxsize=_DRAWINGS_KEPT)
def _drawing(name: str) -> bytes:
    return (resources() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=_IMAGES_KEPT)
def _painted(name: str, colour: str, pixels: int) -> QImage:
    """Return a drawing in a colour. An image, not a pixmap: what is kept here outlives the application."""
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(INK, colour.encode())))
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return image


def picture(name: str, colour: QColor, side: int, *, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a pixmap of `side` logical pixels on a screen of this device pixel ratio."""
    pixmap = QPixmap.fromImage(_painted(name, colour.name(), round(side * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon(name: str, palette: QPalette, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return an icon in the palette's colours, greyed when disabled, sharp up to triple density."""
    result = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Normal),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        for pixels in (20, 40, 60):
            result.addPixmap(QPixmap.fromImage(_painted(name, palette.color(group, role).name(), pixels)), mode)
    return result


def app_icon() -> QIcon:
    """Return the program's own icon."""
    result = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256, 512):
        result.addFile(str(resources() / "icons" / f"recollect-{side}.png"))
    return result

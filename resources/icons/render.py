"""Render recollect.svg to the sizes that systems and installers ask for. Run it after changing the drawing.

python resources/icons/render.py
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def rendered(side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(HERE / "recollect.svg")).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def main() -> None:
    application = QGuiApplication(["render", "-platform", "offscreen"])
    for side in SIZES:
        rendered(side).save(str(HERE / f"recollect-{side}.png"))
    # Pillow writes several sizes into one file; Qt's own writers put in a single one.
    from PIL import Image

    largest = Image.open(HERE / "recollect-512.png")
    largest.save(HERE / "recollect.ico", sizes=[(side, side) for side in SIZES if side <= 256])
    rest = [Image.open(HERE / f"recollect-{side}.png") for side in SIZES]
    largest.save(HERE / "recollect.icns", append_images=rest)
    application.quit()


if __name__ == "__main__":
    main()

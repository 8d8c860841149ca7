"""What is asked of single photos: nothing waits for something slow, and why something is not there is told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.services.photo_details import PhotoDetails
from core.errors import RecollectError
from core.messages import file_reasons
from core.photo import Photo
from tests.app.fake_library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(5)


def test_a_picture_to_copy_that_is_slow_holds_up_nothing(
    qtbot: QtBot, details: PhotoDetails, library: FakeLibrary
) -> None:
    details.open(library)
    gate = library.hold("preview")
    images: list[QImage] = []
    photos: list[list[Photo]] = []
    details.image(1, 4096, images.append)
    details.photos([2], photos.append)
    qtbot.waitUntil(lambda: len(photos) == 1)
    assert images == []
    gate.set()
    qtbot.waitUntil(lambda: len(images) == 1)


def test_why_there_is_no_preview_is_told(qtbot: QtBot, details: PhotoDetails, library: FakeLibrary) -> None:
    details.open(library)
    error = RecollectError(file_reasons.TRUNCATED())
    library.fails["preview"] = error
    with qtbot.waitSignal(details.unreadable) as told:
        details.want_preview(3, 800)
    assert told.args == [3, error]


@pytest.mark.parametrize("error", [RecollectError(file_reasons.TRUNCATED()), ValueError("a mistake of ours")])
def test_why_there_is_no_picture_to_copy_is_told(
    qtbot: QtBot, details: PhotoDetails, library: FakeLibrary, error: Exception
) -> None:
    details.open(library)
    library.fails["preview"] = error
    with qtbot.waitSignal(details.failed) as told:
        details.image(3, 800, lambda _: None)
    assert told.args == [error]

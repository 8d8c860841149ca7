"""`recollect index --watch` misses nothing between its first look and the watch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from core.cli import main
from core.events import Control, Event
from core.library import Library
from tests.core.tiny_model import make_tiny_model


def test_a_photo_that_comes_during_the_first_look_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photos, library = tmp_path / "photos", tmp_path / "library"
    photos.mkdir()
    Image.effect_noise((300, 200), 60).convert("RGB").save(photos / "there.jpg")
    with Library.open(library, model=str(make_tiny_model(tmp_path / "tiny"))) as made:
        made.add_root(photos)
    index, runs = Library.index, list[tuple[int, ...] | None]()

    def index_while_a_photo_comes(
        self: Library, control: Control, *, root_ids: tuple[int, ...] | None = None
    ) -> Iterator[Event]:
        yield from index(self, control, root_ids=root_ids)
        runs.append(root_ids)
        if len(runs) == 1:
            Image.effect_noise((200, 300), 90).convert("RGB").save(photos / "came.jpg")
        else:
            control.stop()

    monkeypatch.setattr(Library, "index", index_while_a_photo_comes)
    assert main(["--library", str(library), "index", "--watch"]) == 0
    assert runs == [None, (1,)]
    with Library.open(library) as made:
        assert made.status().indexed == 2

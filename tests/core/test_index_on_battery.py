"""`recollect index` waits for the mains if asked, by the command or by this computer's setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from PIL import Image

from core import indexing_settings
from core.cli import main
from core.indexing_settings import HoursWatch
from core.library import Library
from core.setting_names import INDEXING_HOURS, PAUSE_ON_BATTERY
from tests.core.tiny_model import make_tiny_model
from tests.laptop import Laptop, make_laptop

Index = Callable[..., int]


@pytest.fixture
def laptop(monkeypatch: pytest.MonkeyPatch) -> Laptop:
    return make_laptop(monkeypatch, plugged=False)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Return what runs `index` on a library with one photo, with more options."""
    photos, library = tmp_path / "photos", tmp_path / "library"
    photos.mkdir()
    Image.effect_noise((300, 200), 60).convert("RGB").save(photos / "one.jpg")
    model = make_tiny_model(tmp_path / "tiny")
    with Library.open(library, model=str(model)) as made:
        made.add_root(photos)

    def run(*options: str, setting: bool = False) -> int:
        with Library.open(library) as made:
            made.machine_settings.set(PAUSE_ON_BATTERY, setting)
        return main(["--library", str(library), "index", *options])

    return run


@pytest.mark.parametrize(("options", "setting"), [(["--pause-on-battery"], False), ([], True)])
def test_it_waits_until_plugged_in(
    index: Index, laptop: Laptop, capsys: pytest.CaptureFixture[str], options: list[str], setting: bool
) -> None:
    laptop.plugs_in_at = 20
    assert index(*options, setting=setting) == 0
    said = capsys.readouterr().err
    assert said.index("Paused: on battery") < said.index("Plugged in again") < said.index("1 photos made searchable")


@pytest.mark.parametrize(("options", "setting"), [(["--no-pause-on-battery"], True), ([], False)])
def test_it_does_not_wait_unasked(
    index: Index, laptop: Laptop, capsys: pytest.CaptureFixture[str], options: list[str], setting: bool
) -> None:
    assert index(*options, setting=setting) == 0
    assert "battery" not in capsys.readouterr().err


def test_it_waits_for_the_hours_of_the_window(
    index: Index, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HoursWatch.__init__, "__kwdefaults__", {"every": 0.02})
    moments = iter([datetime(2026, 11, 26, 12)] * 20)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # pyright: ignore[reportIncompatibleMethodOverride]
            return next(moments, datetime(2026, 11, 26, 23))

    monkeypatch.setattr(indexing_settings, "datetime", Clock)
    with Library.open(tmp_path / "library") as library:
        library.machine_settings.set(INDEXING_HOURS, "22:00-07:00")
    assert index() == 0
    said = capsys.readouterr().err
    assert "indexed at 22:00-07:00" in said
    assert said.index("Paused: photos") < said.index("It is time") < said.index("1 photos made searchable")
    assert index("--at-any-time") == 0
    assert "Paused" not in capsys.readouterr().err

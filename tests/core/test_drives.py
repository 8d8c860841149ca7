"""Asking a drive has a limit, whatever the drive does."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import drives
from core.drives import Look, answered, is_file, require_answers, resolved, while_answering
from core.errors import DriveSilent
from core.paths import LibraryPaths
from core.store import Store

PATH = Path("/drive/photos")


@pytest.fixture
def asleep() -> Iterator[threading.Event]:
    """What a drive waits for that does not answer; it does in the end, so that no thread is left."""
    event = threading.Event()
    yield event
    event.set()


def test_an_answer_is_given_on() -> None:
    assert answered(lambda: 7, PATH) == 7
    with pytest.raises(FileNotFoundError):
        answered(PATH.stat, PATH)


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_links_in_a_circle_lead_no_further(tmp_path: Path) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    assert resolved(circle) == circle and resolved(circle / "inside") == circle / "inside"


def test_a_drive_that_says_itself_that_it_takes_too_long_has_answered() -> None:
    def look() -> None:
        raise OSError(errno.ETIMEDOUT, "Connection timed out")

    with pytest.raises(TimeoutError):
        answered(look, PATH)


def test_no_answer_is_told_with_the_name_of_the_place(asleep: threading.Event) -> None:
    with pytest.raises(DriveSilent, match="does not answer") as told:
        answered(asleep.wait, PATH, 0.01)
    assert str(PATH) in told.value.title


def test_while_a_drive_is_silent_it_is_not_asked_again(asleep: threading.Event) -> None:
    asked: list[float] = []

    def look() -> bool:
        asked.append(time.monotonic())
        return asleep.wait()

    repeated = Look(look, PATH)
    for _ in range(3):
        with pytest.raises(DriveSilent):
            repeated.answer(0.01)
    assert len(asked) == 1
    asleep.set()
    assert repeated.answer() and repeated.answer()
    assert len(asked) == 2


def test_a_silent_drive_holds_no_file_and_its_paths_stay_as_they_are(
    asleep: threading.Event, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "is_file", lambda _path: asleep.wait())
    monkeypatch.setattr(Path, "resolve", lambda _path: asleep.wait())
    monkeypatch.setattr(Path, "exists", lambda _path: asleep.wait())
    assert not is_file(tmp_path, 0.01)
    assert resolved(tmp_path, 0.01) == tmp_path
    monkeypatch.setattr(drives, "answered", lambda look, path: answered(look, path, 0.01))
    with pytest.raises(DriveSilent):
        require_answers([tmp_path / "photo.jpg"])


def test_a_listing_goes_on_for_as_long_as_there_is_a_sign(asleep: threading.Event) -> None:
    def steps() -> Iterator[int]:
        yield 1
        asleep.wait()
        yield 2

    begun = time.monotonic()
    seen: list[int | None] = []
    for step in while_answering(steps(), PATH, lambda: time.monotonic(), 0.01):
        seen.append(step)
        if step is None:
            asleep.set()
    assert [step for step in seen if step is not None] == [1, 2] and None in seen
    assert time.monotonic() - begun < 10


def test_a_listing_without_a_sign_ends(asleep: threading.Event) -> None:
    def steps() -> Iterator[int]:
        yield 1
        asleep.wait()

    listing = while_answering(steps(), PATH, lambda: 0.0, 0.01)
    assert next(listing) == 1
    with pytest.raises(DriveSilent):
        list(listing)


def test_a_listing_fails_as_its_steps_do() -> None:
    def steps() -> Iterator[int]:
        yield 1
        raise PermissionError

    with pytest.raises(PermissionError):
        list(while_answering(steps(), PATH, lambda: 0.0))


def test_a_folder_is_added_beside_one_that_does_not_answer(
    asleep: threading.Event, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    silent, other = tmp_path / "silent", tmp_path / "other"
    silent.mkdir()
    other.mkdir()
    resolve = Path.resolve

    def of(path: Path) -> Path:
        return path if path == silent and asleep.wait() else resolve(path)

    with Store.open(LibraryPaths(tmp_path / "library")) as store:
        store.add_root(silent)
        monkeypatch.setattr(Path, "resolve", of)
        monkeypatch.setattr("core.store.folders.resolved", lambda path: resolved(path, 0.05))
        assert [root.path for root in (store.add_root(other), *store.roots())] == [other, silent, other]

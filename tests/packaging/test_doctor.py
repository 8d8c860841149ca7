"""The report for a bug report: complete, and silent about its owner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.doctor import Report, Tried, anonymous, examine
from core.library import Library
from core.paths import LibraryPaths


def probe() -> Tried:
    return Tried("Processor (test), 32-bit", "no CUDA driver", "the system refuses")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home folder of somebody called zoe."""
    folder = tmp_path / "zoe"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "zoe")
    return folder


def _report(folder: Path) -> Report:
    return examine(folder, probe=probe)


def test_a_library_that_is_not_there_is_not_made(home: Path) -> None:
    folder = home / "library"
    report = _report(folder)
    assert not report.library.exists
    assert not folder.exists()


def test_the_report_tells_versions_codecs_and_device(home: Path) -> None:
    report = _report(home / "library")
    assert report.version == report.as_json()["version"] != "not installed"
    assert report.packages["torch"] != "not installed"
    assert report.codecs["JPEG"] and report.codecs["HEIF"]
    assert "no CUDA driver" in report.as_text()
    assert "decoders are not: the system refuses" in report.as_text()


def test_the_report_counts_and_names_no_photo_and_no_person(home: Path) -> None:
    photos = home / "Pictures" / "secret wedding"
    photos.mkdir(parents=True)
    folder = home / "library"
    with Library.open(folder) as library:
        library.add_root(photos)
    report = _report(folder)
    assert (report.library.folders, report.library.problems) == (1, ())
    told = report.as_text() + json.dumps(report.as_json())
    for private in ("zoe", "secret", "wedding", str(home)):
        assert private not in told
    assert report.library.path == str(Path("~") / "library")


def test_the_report_says_where_the_log_is(home: Path) -> None:
    report = _report(home / "library")
    log = LibraryPaths(home / "library").log
    assert report.log == str(Path("~") / log.relative_to(home)) and report.log in report.as_text()


def test_a_damaged_library_is_said_to_be_so(home: Path) -> None:
    folder = home / "library"
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(b"not a database" * 100)
    report = _report(folder)
    assert report.library.error and report.library.error in report.as_text()
    assert str(home) not in report.library.error


def test_the_users_name_is_blotted_out_of_other_paths(home: Path) -> None:
    assert anonymous("/media/zoe/Photos") == "/media/USER/Photos"
    assert anonymous(f"{home}/x") == "~/x"
    assert anonymous("nothing private: zoefish") == "nothing private: zoefish"

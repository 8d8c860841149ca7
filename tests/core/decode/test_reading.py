"""Files that are no files, and files that change under one's hands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from core.decode.job import Refused
from core.decode.reading import read, refusal
from core.messages import CATALOGUE, file_reasons, title
from core.photo import fingerprint

LIMIT = 1_000_000

posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no such thing on Windows")


def test_reads_bytes_stamp_and_identity(tmp_path: Path) -> None:
    path = tmp_path / "ünï 'quoted\" 照片.jpg" if sys.platform != "win32" else tmp_path / "ünï 照片.jpg"
    path.write_bytes(b"abc" * 1000)
    contents = read(path, LIMIT)
    status = path.stat()
    assert contents.data == b"abc" * 1000
    assert (contents.size, contents.mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert contents.fingerprint == fingerprint(b"abc" * 1000)


def _refused(path: Path, limit: int = LIMIT) -> Refused:
    with pytest.raises(Refused) as caught:
        read(path, limit)
    return caught.value


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    refused = _refused(tmp_path / "a.jpg")
    assert refused.reason == file_reasons.EMPTY() and not refused.transient


def test_folder_named_like_a_photo(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    assert _refused(tmp_path / "a.jpg").reason == file_reasons.FOLDER()


def test_file_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x" * 3_000_000)
    refused = _refused(tmp_path / "a.jpg", 2 * 1024**2)
    assert refused.reason == file_reasons.TOO_LARGE(size=3, limit=2) and not refused.transient
    assert refused.stamp == (3_000_000, (tmp_path / "a.jpg").stat().st_mtime_ns)


def test_vanished_file(tmp_path: Path) -> None:
    refused = _refused(tmp_path / "a.jpg")
    assert refused.reason == file_reasons.NOT_THERE() and refused.transient


@posix
def test_fifo_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    assert _refused(tmp_path / "a.jpg").reason == file_reasons.NOT_ORDINARY()


@posix
def test_links(tmp_path: Path) -> None:
    (tmp_path / "real.jpg").write_bytes(b"x")
    (tmp_path / "good.jpg").symlink_to(tmp_path / "real.jpg")
    (tmp_path / "dangling.jpg").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    assert read(tmp_path / "good.jpg", LIMIT).data == b"x"
    assert _refused(tmp_path / "dangling.jpg").reason == file_reasons.NOT_THERE()
    assert _refused(tmp_path / "loop.jpg").reason == file_reasons.LINK_CIRCLE()


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    path.chmod(0)
    refused = _refused(path)
    assert refused.reason == file_reasons.NOT_ALLOWED() and refused.transient


@pytest.mark.parametrize("number", [1, 5, 13, 28, 999])
def test_every_complaint_of_the_system_is_a_sentence_and_may_pass(number: int) -> None:
    refused = refusal(OSError(number, "x"))
    assert refused.transient and refused.reason.code in CATALOGUE and "Errno" not in title(refused.reason)


def test_names_no_system_allows(tmp_path: Path) -> None:
    assert _refused(tmp_path / "a\0b.jpg").transient
    assert _refused(tmp_path / ("x" * 5000)).transient


def test_a_file_that_grows_is_tried_again_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x" * 1000)
    ordinary = os.read

    def growing(handle: int, count: int) -> bytes:
        data = ordinary(handle, count)
        with path.open("ab") as file:
            file.write(b"more")
        return data

    monkeypatch.setattr(os, "read", growing)
    refused = _refused(path)
    assert refused.reason == file_reasons.CHANGING() and refused.transient

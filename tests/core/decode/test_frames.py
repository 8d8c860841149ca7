"""The frames of moving pictures, and what they may cost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from core.decode import frames
from core.decode.job import Animation, DecodeLimits, FramesJob
from core.decode.reading import Contents, read


def written(folder: Path, suffix: str, count: int) -> Path:
    path = folder / f"moving.{suffix}"
    images = [Image.new("RGB", (60, 40), (20 * number, 250 - 20 * number, 0)) for number in range(count)]
    images[0].save(path, save_all=True, append_images=images[1:], duration=[120, *[0] * (count - 1)][:count], loop=0)
    return path


def played(path: Path) -> Animation:
    limits = DecodeLimits()
    contents: Contents = read(path, limits.file_bytes)
    return frames.frames_of(FramesJob(1, path, 30), contents, limits)


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_every_frame_comes_with_its_time(tmp_path: Path, suffix: str) -> None:
    animation = played(written(tmp_path, suffix, 5))
    assert len(animation.frames) == len(animation.milliseconds) == 5
    assert animation.milliseconds[:2] == (120, 100)
    with Image.open(BytesIO(animation.frames[4])) as last:
        assert last.size == (30, 20) and abs(last.convert("RGB").getpixel((5, 5))[0] - 80) < 12  # type: ignore[index]


def test_what_does_not_move_has_no_frames(tmp_path: Path) -> None:
    assert played(written(tmp_path, "gif", 1)).frames == ()


def test_a_long_one_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MOST_FRAMES", 3)
    assert len(played(written(tmp_path, "gif", 9)).frames) == 3
    monkeypatch.setattr(frames, "MOST_BYTES", 1)
    assert len(played(written(tmp_path, "gif", 9)).frames) == 1


def test_a_damaged_end_leaves_what_came_before(tmp_path: Path) -> None:
    path = written(tmp_path, "gif", 9)
    path.write_bytes(path.read_bytes()[:-120])
    assert 1 <= len(played(path).frames) <= 9

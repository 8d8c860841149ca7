"""The pool the library uses, with real decoders in real processes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from core.decode import (
    SUPPORTED_SUFFIXES,
    Decoded,
    DecodeJob,
    DecodeLimits,
    DecodePool,
    FactsRead,
    PreviewError,
    PreviewPool,
    Recognised,
    Result,
    Unreadable,
    preview,
    workers,
)
from core.errors import RecollectError
from core.messages import CATALOGUE, file_reasons, title
from core.photo import fingerprint
from tests.core.decode.making import LIMITS, SPEC, difference, encoded, photo, rendered, samples, written


@pytest.fixture(scope="module")
def pool() -> Iterator[DecodePool]:
    with DecodePool(SPEC, workers=2, limits=LIMITS) as pool:
        yield pool


def decode(pool: DecodePool, paths: Iterable[Path], known: frozenset[bytes] = frozenset()) -> list[Result]:
    """Return the results of some files, in their order."""
    jobs = [DecodeJob(token, path, known) for token, path in enumerate(paths)]
    results: dict[int, Result] = {}
    waiting = jobs[::-1]
    while len(results) < len(jobs):
        while waiting and pool.has_room:
            pool.submit(waiting.pop())
        result = pool.take(60)
        assert result is not None and not isinstance(result, FactsRead)
        results[result.token] = result
    return [results[job.token] for job in jobs]


def test_one_read_gives_everything(pool: DecodePool, tmp_path: Path) -> None:
    data = encoded(photo(1500, 1000), "JPEG", quality=90)
    path = written(tmp_path, "a.jpg", data)
    (result,) = decode(pool, [path])
    assert isinstance(result, Decoded)
    assert result.fingerprint == fingerprint(data)
    assert (result.size, result.mtime_ns) == (len(data), path.stat().st_mtime_ns)
    assert result.pixels.shape == (224, 224, 3) and result.pixels.dtype == np.uint8
    assert (result.facts.width, result.facts.height, result.facts.format) == (1500, 1000, "JPEG")
    thumbnail = rendered(result.thumbnail)
    assert thumbnail.size == (512, 341)
    assert difference(thumbnail, photo(1500, 1000).resize((512, 341), Image.Resampling.LANCZOS)) < 5


def test_small_pictures_are_not_blown_up(pool: DecodePool, tmp_path: Path) -> None:
    (result,) = decode(pool, [written(tmp_path, "a.png", encoded(photo(40, 30), "PNG"))])
    assert isinstance(result, Decoded) and rendered(result.thumbnail).size == (40, 30)


@pytest.mark.parametrize("others", [0, 500])
def test_a_known_file_is_only_recognised(pool: DecodePool, tmp_path: Path, others: int) -> None:
    data = encoded(photo(), "JPEG")
    path = written(tmp_path, "a.jpg", data)
    known = frozenset([fingerprint(data), *(fingerprint(str(number).encode()) for number in range(others))])
    (result,) = decode(pool, [path], known)
    assert result == Recognised(0, fingerprint(data), len(data), path.stat().st_mtime_ns)


def test_damage_never_moves_results_to_other_photos(pool: DecodePool, tmp_path: Path) -> None:
    paths = [
        written(tmp_path, f"{n}.jpg", b"\xff\xd8junk" if n % 3 == 0 else encoded(photo(60 + n, 50, n), "JPEG"))
        for n in range(40)
    ]
    for number, result in enumerate(decode(pool, paths)):
        assert isinstance(result, Unreadable if number % 3 == 0 else Decoded)
        if isinstance(result, Decoded):
            assert result.facts.width == 60 + number
            assert result.fingerprint == fingerprint(paths[number].read_bytes())


@pytest.mark.parametrize("folder", ["formats", "hostile", "orientation", "exif"])
def test_every_sample_is_decoded_or_named(pool: DecodePool, folder: str) -> None:
    (first, *_) = parameters = samples(folder)
    if first.marks:
        pytest.skip(first.marks[0].kwargs["reason"])
    paths: list[Path] = [parameter.values[0] for parameter in parameters]
    for path, result in zip(paths, decode(pool, paths), strict=True):
        assert result.size == path.stat().st_size, path
        if isinstance(result, Unreadable):
            assert not result.transient and result.reason.code in CATALOGUE, path
            assert "crash" not in result.reason.code and "Error" not in title(result.reason), path
            assert folder in ("formats", "hostile"), path
        else:
            assert isinstance(result, Decoded) and result.pixels.shape == (224, 224, 3), path


@pytest.mark.parametrize("scene", ["Landscape", "Portrait"])
def test_the_eight_orientations_look_alike(pool: DecodePool, scene: str) -> None:
    paths = [parameter.values[0] for parameter in samples("orientation") if scene in str(parameter.values[0])]
    if not paths:
        pytest.skip("the shared samples are not on this machine")
    pixels = [result.pixels for result in decode(pool, paths) if isinstance(result, Decoded)]
    assert len(pixels) == 9
    # photographed once, saved nine times with another number painted on: nearly the same, not the same
    assert max(difference(one, pixels[0]) for one in pixels) < 8


def test_limits_are_kept_in_the_worker(tmp_path: Path) -> None:
    limits = DecodeLimits(file_bytes=300_000, pixels=90_000, seconds=20)
    many = written(tmp_path, "many.png", encoded(Image.new("L", (400, 300)), "PNG"))
    heavy = written(tmp_path, "heavy.jpg", b"x" * 400_000)
    with DecodePool(SPEC, workers=1, limits=limits) as pool:
        pixels, size = decode(pool, [many, heavy])
    assert isinstance(pixels, Unreadable) and pixels.reason.code == "picture_too_many_pixels" and not pixels.transient
    assert isinstance(size, Unreadable) and size.reason.code == "file_too_large" and not size.transient


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot bound a process's memory")
def test_memory_is_bounded(tmp_path: Path) -> None:
    path = written(tmp_path, "a.png", encoded(Image.new("RGB", (12_000, 12_000)), "PNG", compress_level=1))
    with DecodePool(SPEC, workers=1, limits=DecodeLimits(memory_bytes=300 * 1024**2)) as pool:
        (result,) = decode(pool, [path])
    assert isinstance(result, Unreadable) and result.reason == file_reasons.NEEDS_MEMORY(limit=0.3)


def test_memory_stays_flat(pool: DecodePool, tmp_path: Path) -> None:
    paths = [written(tmp_path, f"{n}.jpg", encoded(photo(900, 700, n), "JPEG")) for n in range(20)]

    def held() -> int:
        workers = [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]
        return sum(worker.memory_info().rss for worker in workers)

    decode(pool, paths * 3)
    before = held()
    decode(pool, paths * 25)
    assert held() - before < 40 * 1024**2


def test_previews_are_large_and_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    image = photo(1600, 1200)
    path = written(tmp_path, "a.jpg", encoded(image, "JPEG", quality=95, exif=exif))
    shown = rendered(preview(path, 1000))
    assert shown.size == (750, 1000)
    upright = image.transpose(Image.Transpose.ROTATE_270).resize(shown.size, Image.Resampling.LANCZOS)
    assert difference(shown, upright) < 4


def test_a_preview_that_fails_says_why(tmp_path: Path) -> None:
    with PreviewPool(LIMITS) as previews:
        with pytest.raises(PreviewError, match="no longer there"):
            previews.preview(tmp_path / "a.jpg", 1000)
        assert previews.preview(written(tmp_path, "b.png", encoded(photo(), "PNG")), 300)


def test_previews_come_again_once_a_worker_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.png", encoded(photo(), "PNG"))

    def no_process(*_: object) -> None:
        raise OSError(errno.EAGAIN, "no process to be had")

    with PreviewPool(LIMITS) as previews:
        monkeypatch.setattr(workers, "WorkerHandle", no_process)
        with pytest.raises(RecollectError, match="cannot be started"):
            previews.preview(path, 300)
        monkeypatch.undo()
        assert previews.preview(path, 300)


def test_workers_import_nothing_heavy() -> None:
    probe = (
        "import sys; import core.decode, core.decode.worker; early = set(sys.modules); import core.decode.decoder\n"
        "heavy = {'torch', 'open_clip', 'PySide6', 'sqlite3', 'rawpy', 'pi_heif', 'pillow_jxl'}\n"
        "print(sorted(heavy & set(sys.modules)), sorted({'numpy', 'PIL'} & early))"
    )
    # Where coverage is measured, that itself is imported in every process of ours.
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-c", probe]
    output = subprocess.run(command, capture_output=True, text=True, check=True, env=unmeasured)
    assert output.stdout.split("\n")[0] == "[] []"


def test_suffixes_are_lower_case_with_a_dot() -> None:
    assert {".jpg", ".heic", ".nef", ".png", ".jxl"} <= SUPPORTED_SUFFIXES
    assert all(suffix[0] == "." and suffix == suffix.lower() for suffix in SUPPORTED_SUFFIXES)

    assert not {".mp4", ".mov", ".pdf", ".eps", ".svg"} & SUPPORTED_SUFFIXES

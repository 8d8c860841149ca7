"""What a library takes on the disk, each part for itself, and what is given back."""

from __future__ import annotations

from pathlib import Path

from core.maintenance.usage import clear_caches, usage
from core.models import converted_folder
from core.paths import LibraryPaths


def write(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))


def library(folder: Path) -> LibraryPaths:
    """Return a library whose parts have sizes that cannot be mixed up."""
    layout = LibraryPaths(folder)
    write(layout.database, 1000)
    write(layout.database.with_name("library.sqlite-wal"), 500)
    write(layout.thumbnails, 20_000)
    write(layout.user_data, 7)
    write(layout.copies / "user-2026-11-25.sqlite", 3)
    write(layout.models / "mine" / "model.safetensors", 300_000)
    write(converted_folder(layout.models) / "mine.onnx", 4_000_000)
    write(layout.log / "app.log", 50)
    write(layout.settings, 11)
    return layout


def test_each_part_is_counted_once(tmp_path: Path) -> None:
    found = usage(library(tmp_path), vectors=600)
    assert (found.facts, found.vectors) == (900, 600)
    assert (found.thumbnails, found.user_data, found.models, found.converted) == (20_000, 10, 300_000, 4_000_000)
    assert (found.logs, found.other) == (50, 11)
    assert found.total == sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())


def test_a_second_name_of_weights_beside_a_network_takes_nothing(tmp_path: Path) -> None:
    layout = library(tmp_path)
    (converted_folder(layout.models) / "model.safetensors").hardlink_to(layout.models / "mine" / "model.safetensors")
    found = usage(layout)
    assert (found.models, found.converted) == (300_000, 4_000_000)
    assert clear_caches(layout) == 4_000_000 and usage(layout).models == 300_000


def test_vectors_are_no_more_than_their_file(tmp_path: Path) -> None:
    found = usage(library(tmp_path), vectors=10**9)
    assert (found.facts, found.vectors) == (0, 1500)
    empty = usage(LibraryPaths(tmp_path / "none"), vectors=10**9)
    assert empty.total == 0


def test_what_is_made_again_is_given_back_and_nothing_else(tmp_path: Path) -> None:
    layout = library(tmp_path)
    before = usage(layout)
    assert clear_caches(layout) == 4_000_000
    after = usage(layout)
    assert after.converted == 0 and after.total == before.total - 4_000_000

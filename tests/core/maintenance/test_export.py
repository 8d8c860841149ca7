"""Vectors and facts in files that other programs read."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from core.cli import main
from core.errors import LibraryError
from core.maintenance.export import FACTS_HEADER, export_facts, export_vectors
from core.paths import LibraryPaths
from core.photo import Facts
from core.store import Batch, Store
from core.user_data import UserData
from tests.core.store.conftest import embedded, identity, stamp, unit

ODD = "=cmd, “quoted”\n\udcff.jpg"


@pytest.fixture
def layout(tmp_path: Path) -> LibraryPaths:
    made, photos = LibraryPaths(tmp_path / "library"), tmp_path / "photos"
    photos.mkdir()
    with Store.open(made) as store:
        root = store.add_root(photos)
        facts = Facts(width=40, taken_at="2024-05-17T18:03:55", camera="Canon, R5", keywords=("dog", "hill"))
        files = (stamp(root, "b/1.jpg"), stamp(root, ODD))
        store.record(Batch("m", (embedded(1, *files, facts=facts), embedded(2, stamp(root, "2.jpg")))))
    user_data = UserData.open(made, write=True)
    user_data.favourites.add([identity(1)])
    user_data.tags.add("sea", [identity(1)])
    user_data.tags.add("car", [identity(1)])
    user_data.close()
    return made


def test_vectors_come_with_the_photos_they_are_of(layout: LibraryPaths, tmp_path: Path) -> None:
    assert export_vectors(layout, "m", tmp_path / "out.npz") == 2
    with np.load(tmp_path / "out.npz", allow_pickle=False) as read:
        found = {one.tobytes(): vector for one, vector in zip(read["fingerprints"], read["vectors"], strict=True)}
        assert str(read["model"]) == "m" and list(read["parts"]) == [0, 0]
    assert set(found) == {identity(1), identity(2)}
    np.testing.assert_allclose(found[identity(2)], unit(2), atol=1e-3)
    assert export_vectors(layout, "unknown", tmp_path / "none.npz") == 0


def test_facts_are_a_row_a_file(layout: LibraryPaths, tmp_path: Path) -> None:
    assert export_facts(layout, tmp_path / "out.csv") == 3
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == FACTS_HEADER
    one = next(row for row in rows if row["path"].endswith("1.jpg"))
    assert one["fingerprint"] == identity(1).hex() and one["camera"] == "Canon, R5" and one["width"] == "40"
    assert one["keywords"] == "dog; hill"
    assert (one["favourite"], one["user_rating"], one["tags"]) == ("1", "", "car; sea")
    assert sum("quoted" in row["path"] for row in rows) == 1


def test_captions_are_a_row_a_file_that_has_any(layout: LibraryPaths, tmp_path: Path) -> None:
    assert main(["--library", str(layout.folder), "export", "captions", str(tmp_path / "out.csv")]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 and {row["keywords"] for row in rows} == {"dog; hill"}
    assert {row["fingerprint"] for row in rows} == {identity(1).hex()}


def test_nothing_is_overwritten(layout: LibraryPaths, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photo")
    for export in (lambda: export_facts(layout, photo), lambda: export_vectors(layout, "m", photo)):
        with pytest.raises(LibraryError, match="already"):
            export()
    assert photo.read_bytes() == b"a photo" and not list(tmp_path.glob("*.part"))


def test_the_commands_write_them(layout: LibraryPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--library", str(layout.folder), "export"]
    assert main([*command, "facts", str(tmp_path / "a.csv")]) == 0
    assert main([*command, "vectors", str(tmp_path / "a.npz")]) == 0
    said = capsys.readouterr().err
    assert "Wrote 3 rows" in said and "Wrote 0 vectors" in said


def test_a_folder_that_is_not_there_is_named(
    layout: LibraryPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for what in ("vectors", "facts", "captions"):
        assert main(["--library", str(layout.folder), "export", what, str(tmp_path / "none/x.csv")]) == 1
        said = capsys.readouterr().err
        assert f"There is no folder “{tmp_path / 'none'}”. " in said.replace("\n", " ") and ".part" not in said


def test_a_name_too_long_is_refused_with_advice(
    layout: LibraryPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for what in (["export", "facts"], ["export", "vectors"], ["backup"], ["move"]):
        assert main(["--library", str(layout.folder), *what, str(tmp_path / ("n" * 300))]) == 1
        title, advice = capsys.readouterr().err.strip().splitlines()
        assert title.startswith("recollect: ") and advice


def test_what_a_killed_export_left_is_removed_by_the_next(layout: LibraryPaths, tmp_path: Path) -> None:
    left = tmp_path / ".recollect-export-abcdefgh"
    (left / "files").mkdir(parents=True)
    (left / "files" / "export").write_bytes(b"half")
    (left / "lock").touch()
    before = {path.name for path in tmp_path.iterdir()} - {left.name}
    export_facts(layout, tmp_path / "out.csv")
    assert {path.name for path in tmp_path.iterdir()} == before | {"out.csv"}

"""The training photos are read with their captions as the data folder has them."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "starter_model" / "manifest.py"


@pytest.fixture(name="manifest")
def _manifest(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("starter_manifest", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def write_lines(path: Path, *items: Mapping[str, object]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(item) + "\n" for item in items)


def test_captions_of_a_manifest_without_photos_replace_those_of_the_files_it_names(
    manifest: ModuleType, tmp_path: Path
) -> None:
    folder = tmp_path / "starter"
    folder.mkdir()
    write_lines(
        folder / "coco.jsonl.gz",
        {"file": "coco/0.webp", "captions": ["a photo with a sink"], "split": "train", "labels": ["sink"]},
        {"file": "coco/1.webp", "captions": ["a bus"], "split": "val"},
    )
    zipfile.ZipFile(folder / "coco.zip", "w").close()
    write_lines(folder / "better.jsonl.gz", {"file": "coco/0.webp", "captions": ["two cooks in a kitchen"]})

    rows = manifest.read_rows(tmp_path)

    assert [(row.source, row.file, row.captions) for row in rows] == [
        ("coco", "coco/0.webp", ("two cooks in a kitchen",)),
        ("coco", "coco/1.webp", ("a bus",)),
    ]
    assert rows[0].labels == ("sink",)


def test_captions_that_a_model_wrote_describe_the_photo_and_templates_do_not(
    manifest: ModuleType, tmp_path: Path
) -> None:
    folder = tmp_path / "starter"
    folder.mkdir()
    seen = {"by": "model, looking at the photo; labels: human boxes"}
    write_lines(
        folder / "street.jsonl.gz",
        {"file": "street/0.webp", "captions": ["a rider on a horse"], "split": "train", **seen},
        {"file": "street/1.webp", "captions": ["a photo of a pie"], "split": "train", "by": "class -> template"},
        {"file": "street/2.webp", "captions": ["a photo of a tree"], "split": "train"},
    )
    write_lines(folder / "better.jsonl.gz", {"file": "street/2.webp", "captions": ["a fir in the snow"], **seen})
    zipfile.ZipFile(folder / "street.zip", "w").close()

    rows = manifest.read_rows(tmp_path)

    assert [row.described for row in rows] == [True, False, True]
    assert not any(row.human for row in rows)

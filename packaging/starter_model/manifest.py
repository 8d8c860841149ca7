"""The training photos and their words, read from the data folder's manifests.

Kept apart from the cache so that every step agrees on the order of the photos: row i of each cached array
is row i of `read_rows`.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BY_MODEL = "model, looking at the photo"  # how a manifest's `by` begins where a language model wrote the captions


@dataclass(frozen=True)
class Row:
    """One photo of `starter/`: where it lies, what people or labels say about it, which split it is in.

    `by_model` marks captions that a language model wrote looking at the photo: good for training, never for a figure.
    """

    source: str
    file: str
    split: str
    captions: tuple[str, ...]
    captions_zh: tuple[str, ...]
    labels: tuple[str, ...]
    src: str = ""
    by_model: bool = False

    @property
    def human(self) -> bool:
        """True where the captions were written by people (five of them), not made from a label."""
        return self.source == "flickr8k" or (self.source == "coco" and len(self.captions) >= 5)

    @property
    def described(self) -> bool:
        """True where the captions say what can be seen in the photo, whoever wrote them."""
        return self.human or self.by_model

    @property
    def trainable(self) -> bool:
        """Photos of `dev` and `val` are measured on and never trained on, `coco` val least of all."""
        return self.split in ("train", "other")


def read_rows(data: Path) -> list[Row]:
    """All photos of `data/starter`, manifests in alphabetical order, lines in file order.

    A manifest without an archive lists no photos of its own: its captions replace those of the files it names.
    """
    manifests = sorted((data / "starter").glob("*.jsonl.gz"))
    own = [path for path in manifests if path.with_name(_source(path) + ".zip").exists()]
    better = {item["file"]: item for path in manifests if path not in own for item in _lines(path)}
    return [_row(_source(path), item, better) for path in own for item in _lines(path)]


def _row(source: str, item: dict[str, Any], better: dict[str, dict[str, Any]]) -> Row:
    said = better.get(item["file"], item)
    return Row(
        source,
        item["file"],
        item["split"],
        tuple(said["captions"]),
        tuple(item.get("captions_zh", ())),
        tuple(item.get("labels", ())),
        item.get("src", ""),
        said.get("by", "").startswith(BY_MODEL),
    )


def _source(manifest: Path) -> str:
    return manifest.name.removesuffix(".jsonl.gz")


def _lines(manifest: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(manifest, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class Photos:
    """Opens the photo bytes of a row; one zip handle per source, one instance per process."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "starter"
        self._zips: dict[str, zipfile.ZipFile] = {}

    def read(self, row: Row) -> bytes:
        """The encoded WebP of one photo."""
        if row.source not in self._zips:
            self._zips[row.source] = zipfile.ZipFile(self._folder / f"{row.source}.zip")
        return self._zips[row.source].read(row.file)

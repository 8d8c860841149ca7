"""A library of an earlier program opens, keeps everything, embeds nothing again and answers as it did then.

`data/old_library/README.md` tells what is kept there. Each test works on a copy of it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.encoder.protocol import Encoder
from core.events import Control, Finished
from core.library import Library
from core.models import STARTER, ModelFolder, Tower, find_model
from core.query import Query, described, similar_to
from core.results import Results
from tests.core.fakes import FakeEncoder

DATA = Path(__file__).parent / "data" / "old_library"
ANSWERS: dict[str, Any] = json.loads((DATA / "answers.json").read_text(encoding="utf-8"))
NAME, DIGEST = ANSWERS["model"].split("@")


class RememberedEncoder(FakeEncoder):
    """Knows the vectors of the kept queries, puts other words anywhere, and knows no picture."""

    def __init__(self, model: ModelFolder, tower: Tower) -> None:
        super().__init__(model.key)
        self.dimension = model.dimension
        self.pixels = model.pixels
        self.failure = AssertionError("a photo was embedded again")

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(ANSWERS["searches"].get(text)) for text in texts])

    def _vector(self, kept: dict[str, str] | None) -> NDArray[np.float32]:
        if kept is None:
            return np.eye(1, self.dimension, dtype=np.float32)[0]
        return np.frombuffer(base64.b64decode(kept["vector"]), "<f4").astype(np.float32)


def remembered(model: ModelFolder, tower: Tower) -> Encoder:
    return RememberedEncoder(model, tower)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the library, with a model that has the old one's key: the built-in one may be another by now."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for file in DATA.glob("*.sqlite"):
        shutil.copy(file, folder)
    config = {"model_cfg": {"embed_dim": 256, "vision_cfg": {"image_size": 16}, "text_cfg": {}}}
    model = folder / "models" / NAME
    model.mkdir(parents=True)
    (model / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    (model / "open_clip_model.safetensors").touch()
    monkeypatch.setattr("core.models.folder._digest", lambda *_: DIGEST)
    return folder


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder, make_encoder=remembered) as library:
        yield library


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """The photos' own bytes, beside the library, where and when it never saw them."""
    return Path(shutil.copytree(DATA / "photos", tmp_path / "photos"))


def ranked(results: Results) -> list[tuple[int, Any]]:
    """Return the photos by their likeness: those that have the words in their names stand before others since then."""
    hits = sorted(results.hits, key=lambda hit: -(hit.score or 0))
    return [(hit.content_id, pytest.approx(hit.score, abs=1e-4)) for hit in hits]


def expected(hits: list[list[Any]]) -> list[tuple[int, float]]:
    return [(content_id, score) for content_id, score in hits]


def indexed(library: Library) -> Finished:
    *_, last = library.index(Control())
    assert isinstance(last, Finished)
    return last


def test_every_photo_is_known_as_before(library: Library) -> None:
    assert len(ANSWERS["photos"]) == 12
    for name, then in ANSWERS["photos"].items():
        photo = library.photo(int(name))
        assert photo is not None
        assert photo.fingerprint.hex() == then["fingerprint"]
        assert [place.relative_path for place in photo.places] == then["files"]
        now = asdict(photo.facts)
        assert {key: now[key] for key in then["facts"]} == then["facts"]
        assert hashlib.sha256(library.thumbnail(int(name)) or b"").hexdigest() == then["thumbnail"]
    status = library.status()
    assert (status.photos, status.indexed, status.skipped, status.pending) == (12, 12, 1, 0)
    assert [file.path.name for file in library.skipped()] == ANSWERS["skipped"]
    assert {key: library.setting(key) for key in ANSWERS["settings"]} == ANSWERS["settings"]
    assert library.check() == []


def test_the_same_photos_are_found_in_the_same_order(library: Library) -> None:
    for text, then in ANSWERS["searches"].items():
        assert ranked(library.find(described(text))) == expected(then["hits"]), text
    for name, hits in ANSWERS["similar"].items():
        assert ranked(library.find(similar_to(int(name)))) == expected(hits), name
    assert library.find(Query()).ids.tolist() == ANSWERS["latest"]


def test_nothing_is_embedded_again(library: Library, photos: Path) -> None:
    library.add_root(photos)
    done = indexed(library)
    assert (done.embedded, done.linked, done.removed) == (0, 13, 0)
    assert indexed(library).linked == 0
    test_the_same_photos_are_found_in_the_same_order(library)
    sea = photos / "sea"
    for text, then in ANSWERS["searches"].items():
        assert ranked(library.find(described(text, sea))) == expected(then["hits_in_sea"]), text
    assert library.find(Query().looking_in(sea)).ids.tolist() == ANSWERS["latest_in_sea"]


def test_it_survives_that_its_old_folder_is_removed(library: Library, photos: Path) -> None:
    (old,) = library.roots()
    library.add_root(photos)
    indexed(library)
    library.remove_root(old.root_id)
    assert library.status().photos == library.status().indexed == 12
    test_the_same_photos_are_found_in_the_same_order(library)


def test_who_only_reads_finds_it_too(folder: Path) -> None:
    with Library.open(folder, write=False, make_encoder=remembered) as reader:
        test_the_same_photos_are_found_in_the_same_order(reader)


@pytest.mark.slow
def test_the_model_it_was_made_with_ranks_as_it_did(tmp_path: Path) -> None:
    model = find_model(STARTER, tmp_path)
    if model.key != ANSWERS["model"]:
        pytest.skip("the built-in model is another one by now")
    for file in DATA.glob("*.sqlite"):
        shutil.copy(file, tmp_path)
    with Library.open(tmp_path) as library:
        for text, then in ANSWERS["searches"].items():
            found = {hit.content_id: hit.score for hit in library.find(described(text)).hits}
            assert found == {content_id: pytest.approx(score, abs=0.01) for content_id, score in then["hits"]}

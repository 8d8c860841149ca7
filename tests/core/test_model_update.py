"""A better built-in model: the version before it answers until the new one has seen every photo."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core import paths
from core.calibrating import store_calibration, stored_calibration
from core.encoder.backend_cache import BackendChoice, machine_for, recall, remember
from core.encoder.in_process import InProcessEncoder
from core.encoder.ready_towers import weights_of
from core.errors import ModelError
from core.events import Note
from core.library import Library
from core.likelihood import Calibration
from core.messages import engine_messages
from core.models import STARTER, ModelFolder, earlier_model, find_model, installed_models, read_model_folder
from core.models.folder import CONFIG, VECTORS_OF
from core.paths import LibraryPaths
from core.query import described
from core.store import Store
from tests.core.test_library import COLOURS, Crayons, index, make_model, names, paint

EARLIER = paths.resources() / "models" / "earlier"


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Resources with a built-in model of three numbers."""
    folder = tmp_path / "resources"
    folder.mkdir()
    shutil.copy(paths.resources() / "models.toml", folder)
    make_model(folder / "models" / STARTER)
    monkeypatch.setattr(paths, "resources", lambda: folder)
    return folder


@pytest.fixture
def library(resources: Path, tmp_path: Path, crayons: Crayons) -> Iterator[Library]:
    for colour in COLOURS:
        paint(tmp_path / "photos" / f"{colour}.png", colour)
    with Library.open(tmp_path / "library", make_encoder=crayons) as library:
        library.add_root(tmp_path / "photos")
        index(library)
        yield library


@pytest.fixture
def crayons() -> Crayons:
    return Crayons()


def update(resources: Path, tmp_path: Path, *, keep: bool = True) -> tuple[str, str]:
    """Replace the built-in model; return the keys of the old and the new one."""
    old = find_model(STARTER, tmp_path)
    if keep:
        aside = resources / "models" / "earlier" / old.key
        aside.mkdir(parents=True)
        (aside / "open_clip_config.json").write_text(json.dumps(dict(old.config)), encoding="utf-8")
        (aside / "texts.onnx").write_bytes(b"a tower")
    old.weights.write_bytes(b"other weights")
    new = find_model(STARTER, tmp_path)
    assert new.key != old.key
    return old.key, new.key


def test_the_old_version_answers_until_the_new_one_has_seen_every_photo(
    library: Library, resources: Path, tmp_path: Path, crayons: Crayons
) -> None:
    library.close()
    old, new = update(resources, tmp_path)
    with Library.open(library.folder, make_encoder=crayons) as updated:
        assert updated.find(described("red")).model == old
        assert names(updated, "red")[0] == "red.png"
        assert updated.status().pending == len(COLOURS)
        events = index(updated)
        assert [event.message for event in events if isinstance(event, Note)] == [engine_messages.MODEL_BETTER()]
        assert updated.find(described("red")).model == new and names(updated, "red")[0] == "red.png"
        assert updated.models.usage(STARTER).photos == len(COLOURS), "the old vectors are of no use any more"


def test_it_is_told_once_and_the_new_version_stays(
    library: Library, resources: Path, tmp_path: Path, crayons: Crayons
) -> None:
    library.close()
    _, new = update(resources, tmp_path)
    with Library.open(library.folder, make_encoder=crayons) as updated:
        index(updated)
        paint(tmp_path / "photos" / "another.png", "green", (60, 60))
        assert not [event for event in index(updated) if isinstance(event, Note)]
        assert updated.find(described("green")).model == new
        assert updated.models.usage(STARTER).photos == len(COLOURS) + 1


def test_without_its_towers_the_new_version_answers_with_what_it_has(
    library: Library, resources: Path, tmp_path: Path, crayons: Crayons
) -> None:
    library.close()
    _, new = update(resources, tmp_path, keep=False)
    with Library.open(library.folder, make_encoder=crayons) as updated:
        assert updated.find(described("red")).model == new
        assert not [event for event in index(updated) if isinstance(event, Note)]
        assert names(updated, "red")[0] == "red.png"


def test_a_version_that_shares_vectors_embeds_nothing_again(
    library: Library, resources: Path, tmp_path: Path, crayons: Crayons
) -> None:
    library.close()
    old = find_model(STARTER, tmp_path)
    shared = {**old.config, "recollect": {VECTORS_OF: old.key.rpartition("@")[2]}}
    (old.path / CONFIG).write_text(json.dumps(shared), encoding="utf-8")
    new = find_model(STARTER, tmp_path)
    assert new.key == old.key and new.build != old.build
    assert is_other_build(old, new, tmp_path / "cache")
    before = crayons.pictures
    with Library.open(library.folder, make_encoder=crayons) as updated:
        assert updated.status().pending == 0
        assert not [event for event in index(updated) if isinstance(event, Note)]
        assert updated.find(described("red")).model == old.key and names(updated, "red")[0] == "red.png"
    assert crayons.pictures == before


def test_what_was_fitted_for_the_vectors_serves_until_a_version_has_its_own(resources: Path, tmp_path: Path) -> None:
    other, own = Calibration(10.0, -5.0, 0.1), Calibration(12.0, -6.0, 0.1)
    model = replace(find_model(STARTER, tmp_path), build=f"{STARTER}@0123456789ab")
    with Store.open(LibraryPaths(tmp_path / "library")) as store:
        assert stored_calibration(store, model) is None
        store_calibration(store, model.key, other)
        assert stored_calibration(store, model) == other
        store_calibration(store, model.build, own)
        assert stored_calibration(store, model) == own


def is_other_build(old: ModelFolder, new: ModelFolder, cache: Path) -> bool:
    """Tell whether nothing that was converted of one version, or chosen for it, is taken for the other's."""
    remember(BackendChoice("torch", (), 1.0, 1.0, (1.0,), machine_for(old, "cpu")), old, "texts", cache)
    assert recall(old, "texts", cache, "cpu") is not None
    return recall(new, "texts", cache, "cpu") is None and weights_of(old) != weights_of(new)


@pytest.mark.parametrize("shared", ["../x", "", 12, "0123456789abc", ["0123456789ab"]])
def test_what_is_no_digest_is_shared_with_nothing(shared: object, tmp_path: Path) -> None:
    folder = make_model(tmp_path / STARTER)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    (folder / CONFIG).write_text(json.dumps({**config, "recollect": {VECTORS_OF: shared}}), encoding="utf-8")
    with pytest.raises(ModelError):
        read_model_folder(folder)


def test_another_model_of_the_same_name_keeps_its_vectors(library: Library, tmp_path: Path, crayons: Crayons) -> None:
    one, other = make_model(tmp_path / "one" / "pastels"), make_model(tmp_path / "other" / "pastels")
    (other / "open_clip_model.safetensors").write_bytes(b"other weights")
    library.models.use(str(one))
    index(library)
    library.models.use(str(other))
    index(library)
    before = crayons.pictures
    library.models.use(str(one))
    index(library)
    assert crayons.pictures == before, "going back costs nothing"


def test_a_new_library_is_told_nothing(library: Library) -> None:
    assert not [event for event in index(library) if isinstance(event, Note)]


@pytest.mark.parametrize("key", ["", "no digest", f"{STARTER}@0123", "../models@x", f"{STARTER}@../{STARTER}"])
def test_what_did_not_come_along_is_none(key: str) -> None:
    assert earlier_model(key) is None


def test_what_came_along_runs_without_torch_and_is_no_model_to_choose(tmp_path: Path) -> None:
    folders = sorted(folder.name for folder in EARLIER.iterdir())
    assert folders
    for name in folders:
        model = earlier_model(name)
        assert model is not None and model.key == name
        assert model.path not in [one.path for one in installed_models(EARLIER)]
        encoder = InProcessEncoder(model, "texts", tmp_path)
        assert encoder.encode_texts(["a dog"]).shape == (1, model.dimension)
        encoder.close()

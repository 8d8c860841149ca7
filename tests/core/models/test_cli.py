"""The `models` commands, on a library of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from core.cli import models as commands
from core.cli.session import Session
from core.encoder.benchmark import Speed, known_speed
from core.errors import ModelError, ModelMissing, RecollectError
from core.events import Control
from core.messages import OTHER, engine_messages
from core.models import STARTER, ModelFolder, find_model
from core.paths import LibraryPaths
from core.setting_names import HUB_MIRROR
from tests.core.models.folders import model_files, write_model
from tests.core.models.hub_server import COMMIT, FakeHub, serving
from tests.core.tiny_model import make_tiny_model

Run = Callable[..., Result]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def run(library: Path) -> Run:
    def run(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(
            commands.models,
            [str(argument) for argument in arguments],
            obj=Session(LibraryPaths(library)),
            standalone_mode=False,
        )
        if result.exception is not None:
            raise result.exception
        return result

    return run


def rows(run: Run) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(run("list", "--json").stdout)}


def test_the_list_shows_what_is_offered_and_what_is_here(run: Run, tmp_path: Path) -> None:
    run("import", write_model(tmp_path / "mine"))
    listed = rows(run)
    assert listed[STARTER]["in_use"]
    assert listed["siglip2-base-32"]["coco_recall@1"] == 47.2
    assert not listed["siglip2-base-32"]["installed"]
    assert (listed["mine"]["installed"], listed["mine"]["resolution"]) == (True, 64)
    assert (listed["mine"]["repository"], listed["mine"]["revision"]) == ("", None)
    assert listed["siglip2-base-32"]["repository"] == "timm/ViT-B-32-SigLIP2-256"
    assert listed["siglip2-base-32"]["revision"] is None, "pinned when it is fetched"
    text = run().stdout
    assert f"* {STARTER}" in text
    assert "Chinese" in text
    assert json.loads(run("--json").stdout) == json.loads(run("list", "--json").stdout)


def test_listing_creates_no_library(run: Run, library: Path) -> None:
    run("list")
    assert not library.exists()


def test_using_is_remembered_and_removing_is_refused_meanwhile(run: Run, tmp_path: Path, library: Path) -> None:
    run("import", write_model(tmp_path / "mine"))
    run("import", write_model(tmp_path / "other", seed=1))
    used = json.loads(run("use", "mine", "--json").stdout)
    assert used["key"] == find_model("mine", library / "models").key
    assert [name for name, row in rows(run).items() if row["in_use"]] == ["mine"]
    with pytest.raises(ModelError, match="in use"):
        run("remove", "mine")
    run("use", "other")
    run("remove", "mine")
    assert "mine" not in rows(run)
    with pytest.raises(ModelMissing):
        run("use", "mine")


def test_getting_shows_progress_on_standard_error_only(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = replace(commands.find_entry("datacomp-base-32"), repository="someone/small")
    monkeypatch.setattr(commands, "find_entry", lambda name: entry)  # type: ignore[misc]
    with serving(FakeHub({"someone/small": model_files()})) as hub:
        result = run("get", "datacomp-base-32", "--mirror", hub.url, "--json")
    assert json.loads(result.stdout)["name"] == "datacomp-base-32"
    assert "to fetch" in result.stderr
    row = rows(run)["datacomp-base-32"]
    assert row["installed"]
    assert (row["repository"], row["revision"]) == ("someone/small", COMMIT), "what was fetched can be told"


def test_the_mirror_of_the_settings_is_used(run: Run, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.library import Library

    with Library.open(library) as opened:
        opened.machine_settings.set(HUB_MIRROR, "http://127.0.0.1:9")
    with pytest.raises(RecollectError, match="could not be reached"):
        run("get", "datacomp-base-32")


def test_what_is_not_offered_is_told(run: Run) -> None:
    with pytest.raises(ModelMissing, match="no model “nothing”"):
        run("get", "nothing")


def test_models_move_to_another_folder(run: Run, tmp_path: Path) -> None:
    run("import", write_model(tmp_path / "mine"))
    run("move", tmp_path / "elsewhere")
    assert rows(run)["mine"]["path"] == str(tmp_path / "elsewhere" / "mine")


def test_the_speed_here_is_measured_and_shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[dict[str, Any]] = []

    def measured(model: Any, **options: Any) -> Speed:
        calls.append(options)
        return Speed(model.name, model.key, OTHER(text="A device"), 95.4, 12.0, (engine_messages.NO_FASTER(),))

    monkeypatch.setattr(commands, "measure_speed", measured)
    run("import", write_model(tmp_path / "mine"))
    result = run("benchmark", "mine", "--device", "cpu")
    assert "95.4 photos/s" in result.stdout
    assert "no faster here" in result.stderr
    assert calls[0]["device"] == "cpu"
    told = json.loads(run("benchmark", "mine", "--json").stdout)
    assert (told["milliseconds_per_query"], told["device"]) == (12.0, "A device")
    assert (told["notes"], told["note_codes"]) == (["no faster here"], ["engine_no_faster"])


def test_a_real_measurement_is_remembered(tmp_path: Path) -> None:
    from core.encoder.benchmark import measure_speed

    model = find_model(str(make_tiny_model(tmp_path / "tiny")), tmp_path)
    speed = measure_speed(model, cache=tmp_path / "converted", device="cpu", backend="torch", seconds=0.2)
    assert speed.photos_per_second > 0
    assert speed.milliseconds_per_query > 0
    assert speed.seconds_for(1000) == pytest.approx(1000 / speed.photos_per_second)
    assert known_speed(model, tmp_path / "converted") == speed
    assert known_speed(model, tmp_path / "nothing") is None


def test_vectors_are_forgotten_with_the_model_or_without_it(run: Run, tmp_path: Path, library: Path) -> None:
    from core.photo import Facts, fingerprint
    from core.store import Batch, Embedded, FileStamp, Store

    run("import", write_model(tmp_path / "mine"))
    run("import", write_model(tmp_path / "other", seed=1))
    (tmp_path / "photos").mkdir()

    def fill() -> None:
        vector = np.eye(8, dtype=np.float32)[0]
        with Store.open(LibraryPaths(library)) as store:
            root = store.add_root(tmp_path / "photos") if not store.roots() else store.roots()[0]
            file = FileStamp(root.root_id, "a.jpg", 1, 1)
            photo = Embedded(fingerprint(b"a"), Facts(), b"", vector, (file,))
            for name in ("mine", "other"):
                store.record(Batch(find_model(name, library / "models").key, (photo,)))

    def known() -> list[str]:
        with Store.open(LibraryPaths(library), write=False) as store:
            return [key.partition("@")[0] for key in store.model_keys()]

    fill()
    assert json.loads(run("forget", "mine", "--json").stdout)["name"] == "mine"
    assert known() == ["other"]
    fill()
    run("use", "other")
    with pytest.raises(ModelError, match="in use"):
        run("forget", "other")
    result = run("remove", "mine", "--vectors")
    assert "smaller" in result.stderr
    assert known() == ["other"] and "mine" not in rows(run)
    assert "no vectors of nothing" in run("forget", "nothing").stderr


@pytest.mark.parametrize(("works", "words"), [(True, "is prepared"), (False, "could not be prepared")])
def test_a_model_is_prepared_when_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, works: bool, words: str
) -> None:
    run("import", write_model(tmp_path / "mine"))
    asked: list[tuple[str, str]] = []

    def prepare(model: ModelFolder, tower: str, cache: Path, control: Control) -> bool:
        asked.append((model.name, tower))
        return works

    monkeypatch.setattr(commands, "prepare_tower", prepare)
    result = run("prepare", "mine")
    assert words in result.stderr
    assert asked[0] == ("mine", "images") and len(asked) == (2 if works else 1)

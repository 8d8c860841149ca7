"""Fetching survives the network: whatever breaks, a half download is never taken for a model."""

from __future__ import annotations

import errno
import json
import shutil
import socket
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.errors import DiskFull, ModelError
from core.events import Control
from core.models import CatalogueEntry, find_model, installed_models
from core.models.fetch import (
    ORIGIN,
    Checking,
    Fetched,
    FetchEvent,
    Fetching,
    FetchNote,
    FetchPlanned,
    FetchStopped,
    fetch_model,
)
from core.models.folder import CONFIG, PROBE
from core.models.hub import Network
from tests.core.models.folders import model_files
from tests.core.models.hub_server import COMMIT, FakeHub, serving

WEIGHTS = "open_clip_model.safetensors"

ENTRY = CatalogueEntry(
    name="small",
    title={"en": "Small"},
    advice={"en": "For tests."},
    languages=("en",),
    licence="MIT",
    commercial=True,
    source="recollect",
    repository="someone/small",
)


@pytest.fixture
def hub() -> Generator[FakeHub, None, None]:
    with serving(FakeHub({"someone/small": model_files()})) as hub:
        yield hub


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def every_chunk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.models.fetch.TELL_EVERY", 0.0)


def fetch(hub: FakeHub, models: Path, control: Control | None = None, **network: Any) -> list[FetchEvent]:
    settings = replace(Network(endpoint=hub.url, timeout=30.0, attempts=3, patience=0.01), **network)
    return list(fetch_model(ENTRY, models, network=settings, control=control))


def others(models: Path) -> list[str]:
    """Return what is in the models folder besides models."""
    return [path.name for path in models.iterdir() if path.suffix == ".partial"]


def test_a_fetched_model_is_complete_and_says_where_it_came_from(hub: FakeHub, models: Path) -> None:
    events = fetch(hub, models)

    assert isinstance(events[0], FetchPlanned)
    served = hub.repositories["someone/small"]
    assert events[0].total == len(served[WEIGHTS]) + len(served["open_clip_config.json"])
    assert events[0].present == 0
    assert isinstance(events[-1], Fetched)
    assert find_model("small", models) == events[-1].model
    assert (models / "small" / WEIGHTS).read_bytes() == served[WEIGHTS]
    assert sorted(path.name for path in (models / "small").iterdir()) == [
        "open_clip_config.json",
        WEIGHTS,
        ORIGIN,
    ]
    origin = json.loads((models / "small" / ORIGIN).read_text())
    assert (origin["repository"], origin["commit"]) == ("someone/small", COMMIT)
    assert origin["sources"] == {"someone/small": COMMIT}
    assert others(models) == []


def test_every_file_is_asked_for_at_the_commit_found_at_the_start(hub: FakeHub, models: Path) -> None:
    fetch(hub, models)
    assert all(f"/resolve/{COMMIT}/" in path for path, _ in hub.requested if "/api/" not in path)


def test_no_token_is_sent(hub: FakeHub, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_not_to_be_sent")
    fetch(hub, models)
    assert set(hub.tokens) == {""}


def test_a_model_that_is_here_is_not_fetched_again(hub: FakeHub, models: Path) -> None:
    fetch(hub, models)
    hub.requested.clear()
    assert [type(event) for event in fetch(hub, models)] == [Fetched]
    assert hub.requested == []


def test_a_dropped_connection_goes_on_where_it_was(hub: FakeHub, models: Path) -> None:
    hub.drop_after, hub.drops = 200_000, 2
    events = fetch(hub, models)
    assert isinstance(events[-1], Fetched)
    assert sum(isinstance(event, FetchNote) for event in events) == 2
    spans = hub.asked_for(WEIGHTS)
    assert spans[0] == ""
    assert [int(span.removeprefix("bytes=")[:-1]) > 0 for span in spans[1:]] == [True, True]


def test_a_stalled_connection_goes_on_after_the_time_limit(hub: FakeHub, models: Path) -> None:
    hub.stalls = 1
    events = fetch(hub, models, timeout=3.0)
    assert isinstance(events[-1], Fetched)
    assert any(isinstance(event, FetchNote) for event in events)


def test_a_server_without_ranges_is_read_from_the_start(hub: FakeHub, models: Path) -> None:
    hub.drop_after, hub.drops, hub.ranges = 200_000, 1, False
    assert isinstance(fetch(hub, models)[-1], Fetched)
    assert (models / "small" / WEIGHTS).read_bytes() == hub.repositories["someone/small"][WEIGHTS]


def test_a_connection_that_keeps_failing_is_given_up_and_resumed_another_day(hub: FakeHub, models: Path) -> None:
    hub.drop_after, hub.drops = 0, 99
    with pytest.raises(ModelError, match="keeps failing") as caught:
        fetch(hub, models)
    assert "mirror" in caught.value.advice
    assert installed_models(models) == installed_models(models / "nothing")

    hub.drop_after, hub.drops = 150_000, 1
    fetch(hub, models)
    assert (models / "small" / WEIGHTS).is_file()


@pytest.mark.usefixtures("every_chunk_is_told")
def test_stopping_keeps_what_has_come_and_the_next_fetch_asks_for_the_rest(hub: FakeHub, models: Path) -> None:
    hub.repositories["someone/small"] = model_files(8192)
    control = Control()
    network = Network(endpoint=hub.url, timeout=30.0)
    events: list[FetchEvent] = []
    for event in fetch_model(ENTRY, models, network=network, control=control):
        events.append(event)
        if isinstance(event, Fetching) and event.done > 10_000:
            control.stop()
    assert isinstance(events[-1], FetchStopped)
    assert 0 < events[-1].done < 8 << 20
    assert not any(model.name.startswith("small") for model in installed_models(models))

    planned = fetch(hub, models)[0]
    assert isinstance(planned, FetchPlanned)
    assert planned.present == events[-1].done
    assert hub.asked_for(WEIGHTS)[-1] != ""


@pytest.mark.usefixtures("every_chunk_is_told")
def test_closing_the_generator_keeps_what_has_come(hub: FakeHub, models: Path) -> None:
    hub.repositories["someone/small"] = model_files(8192)
    run = fetch_model(ENTRY, models, network=Network(endpoint=hub.url))
    for event in run:
        if isinstance(event, Fetching):
            break
    run.close()  # type: ignore[attr-defined]
    planned = fetch(hub, models)[0]
    assert isinstance(planned, FetchPlanned)
    assert planned.present > 0


def test_a_wrong_checksum_is_thrown_away(hub: FakeHub, models: Path) -> None:
    hub.wrong = {WEIGHTS}
    with pytest.raises(ModelError, match="arrived damaged"):
        fetch(hub, models)
    assert not any(WEIGHTS in path.name for path in models.rglob("*"))

    hub.wrong = set()
    assert isinstance(fetch(hub, models)[-1], Fetched)


def test_a_wrong_small_file_is_thrown_away_too(hub: FakeHub, models: Path) -> None:
    files = model_files(hf_tokenizer_name="someone/small")
    hub.repositories["someone/small"] = {**files, "tokenizer.json": b'{"version": "1.0"}'}
    hub.wrong = {"tokenizer.json"}
    with pytest.raises(ModelError, match=r"tokenizer\.json” arrived damaged"):
        fetch(hub, models)


@pytest.mark.parametrize(
    ("status", "words"), [(404, "no model"), (401, "without signing in"), (403, "without signing in"), (410, "410")]
)
def test_refusals_are_told_in_words(hub: FakeHub, models: Path, status: int, words: str) -> None:
    hub.status = status
    with pytest.raises(ModelError, match=words) as caught:
        fetch(hub, models)
    assert caught.value.advice
    assert installed_models(models) == installed_models(models / "nothing")


def test_an_unreachable_hub_is_told_with_the_way_out(models: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = FakeHub({}, url=f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(ModelError, match="could not be reached") as caught:
            fetch(nowhere, models)
    assert "mirror" in caught.value.advice
    assert "folder" in caught.value.advice


def test_an_address_that_is_none_is_told(models: Path) -> None:
    with pytest.raises(ModelError, match="address"):
        fetch(FakeHub({}, url="mirror.example"), models)


def test_a_repository_without_safe_weights_is_refused(hub: FakeHub, models: Path) -> None:
    files = hub.repositories["someone/small"]
    files["model.safetensors"] = files.pop(WEIGHTS)  # on a hub this is another program's layout
    with pytest.raises(ModelError, match="safetensors"):
        fetch(hub, models)


def test_a_repository_of_another_kind_is_refused(hub: FakeHub, models: Path) -> None:
    del hub.repositories["someone/small"]["open_clip_config.json"]
    with pytest.raises(ModelError, match="not an open_clip model"):
        fetch(hub, models)


def test_a_tokenizer_of_another_repository_is_fetched_with_it(hub: FakeHub, models: Path) -> None:
    hub.repositories["someone/small"] = model_files(hf_tokenizer_name="someone/words")
    hub.repositories["someone/words"] = {"tokenizer.json": b"{}", "sentencepiece.model": b"unwanted"}
    assert isinstance(fetch(hub, models)[-1], Fetched)
    assert (models / "small" / "tokenizer.json").is_file()
    assert not (models / "small" / "sentencepiece.model").exists()


def test_towers_published_as_onnx_are_fetched_with_what_they_need_alone(hub: FakeHub, models: Path) -> None:
    config = json.loads(hub.repositories["someone/small"]["open_clip_config.json"])
    wanted = {
        "config.json": json.dumps(config["model_cfg"]).encode(),
        "textual/model.onnx": b"words" * 1000,
        "textual/model.onnx.data": b"weights" * 100_000,
        "textual/tokenizer.json": b"{}",
        "visual/model.onnx": b"pictures" * 1000,
        "visual/preprocess_cfg.json": json.dumps(config["preprocess_cfg"]).encode(),
    }
    others = dict.fromkeys(
        ("README.md", "textual/merges.txt", "visual/model.armnn", "visual/rknpu/a/model.rknn"), b"no"
    )
    hub.repositories["someone/small"] = {**wanted, **others}
    hub.drop_after, hub.drops = 300_000, 1
    entry = replace(ENTRY, probe={"images": (0.6, 0.8)})
    settings = Network(endpoint=hub.url, timeout=30.0, attempts=3, patience=0.01)
    model = next(e.model for e in fetch_model(entry, models, network=settings) if isinstance(e, Fetched))
    assert (model.layout, model.name, model.dimension) == ("onnx", "small", config["model_cfg"]["embed_dim"])
    files = {file.relative_to(model.path).as_posix(): file for file in model.path.rglob("*") if file.is_file()}
    assert json.loads(files.pop(PROBE).read_text()) == {"images": [0.6, 0.8]}
    assert set(json.loads(files.pop(ORIGIN).read_text())["files"]) == set(wanted)
    assert {name: file.read_bytes() for name, file in files.items()} == wanted
    assert [type(event) for event in fetch(hub, models)] == [Fetched]


def test_a_disk_without_room_is_told_before_anything_comes(
    hub: FakeHub, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))  # type: ignore[misc]
    with pytest.raises(DiskFull, match="no room"):
        fetch(hub, models)
    assert hub.asked_for(WEIGHTS) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_disk_that_runs_full_keeps_the_part(hub: FakeHub, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", _raise_no_space)
    with pytest.raises(DiskFull, match="ran full"):
        fetch(hub, models)
    monkeypatch.undo()
    assert others(models) == ["small.partial"]
    planned = fetch(hub, models)[0]
    assert isinstance(planned, FetchPlanned)
    assert planned.present > 0


def _raise_no_space(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_version_that_changed_meanwhile_starts_over(hub: FakeHub, models: Path) -> None:
    hub.drop_after, hub.drops = 100_000, 99
    with pytest.raises(ModelError):
        fetch(hub, models, attempts=1)
    hub.drops = 0
    hub.repositories["someone/small"] = model_files(seed=1)
    planned, *_, last = fetch(hub, models)
    assert isinstance(planned, FetchPlanned)
    assert planned.present < 100_000
    assert isinstance(last, Fetched)


def test_a_second_fetch_of_the_same_model_is_refused_meanwhile(hub: FakeHub, models: Path) -> None:
    first = fetch_model(ENTRY, models, network=Network(endpoint=hub.url))
    next(first)
    with pytest.raises(ModelError, match="being fetched already"):
        fetch(hub, models)
    assert isinstance(list(first)[-1], Fetched)


def test_a_partial_folder_is_no_model_under_any_name(hub: FakeHub, models: Path) -> None:
    fetch(hub, models)
    (models / "small").rename(models / "small.partial")
    assert not any(model.name.startswith("small") for model in installed_models(models))
    for name in ("small", "small.partial", str(models / "small.partial")):
        with pytest.raises(ModelError):
            find_model(name, models)


def test_a_proxy_is_used_for_the_fetch_and_not_after_it(hub: FakeHub, models: Path) -> None:
    events = list(
        fetch_model(ENTRY, models, network=Network(endpoint="http://hub.invalid", proxy=hub.url, timeout=30.0))
    )
    assert isinstance(events[-1], Fetched)
    with pytest.raises(ModelError, match="could not be reached"):
        fetch(FakeHub({}, url="http://hub.invalid"), models / "elsewhere", attempts=1)


def test_a_proxy_address_that_is_none_is_told(hub: FakeHub, models: Path) -> None:
    with pytest.raises(ModelError, match="proxy"):
        fetch(hub, models, proxy="ftp://nonsense")


def test_progress_ends_with_the_check_of_every_file(hub: FakeHub, models: Path) -> None:
    checked = [event.file for event in fetch(hub, models) if isinstance(event, Checking)]
    assert checked == ["open_clip_config.json", WEIGHTS]


def test_what_turns_out_to_need_torch_is_not_fetched_whole(
    hub: FakeHub, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.models.runnable.has_torch", lambda: False)
    monkeypatch.setattr("tests.core.models.test_fetch.ENTRY", replace(ENTRY, bundled_network=True))
    with pytest.raises(ModelError, match="full Recollect"):
        fetch(hub, models)
    assert hub.asked_for(CONFIG) and not hub.asked_for(WEIGHTS)
    assert installed_models(models) == installed_models(models / "nothing")

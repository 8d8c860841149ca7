"""What others wrote is read without an exception but ours, whatever it is. More of it: RECOLLECT_FUZZ=100000."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import random
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.decode.iptc import iptc_facts, photoshop_resource
from core.decode.xmp import xmp_facts
from core.errors import LibraryError, ModelError
from core.messages import sentence
from core.messages.message import unpacked_message
from core.models.catalogue import CatalogueEntry, read_catalogue
from core.models.folder import CONFIG, WEIGHTS, read_model_folder
from core.models.locate import LOCATION, find_model, installed_models
from core.paths import resources
from core.photo import Facts
from core.query.parser import parse
from core.shared.places import Place, Places
from tests.core.decode.test_written_facts import PACKET
from tests.core.tiny_model import CONFIG as TINY
from tests.torture.fuzz import fuzz
from tests.torture.mutations import mutants
from tests.torture.random_choices import chance

EXAMPLES = int(os.environ.get("RECOLLECT_FUZZ", "40"))
often = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NUMBERS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    NUMBERS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
)
SEEDS = st.integers(0, 1 << 32)
DEEP = "[" * 100_000


@st.composite
def configurations(draw: st.DrawFn) -> str:
    """Draw a model's configuration in which some values are others."""
    config: dict[str, Any] = copy.deepcopy(TINY)
    for _ in range(draw(st.integers(1, 3))):
        place = config
        while True:
            name = draw(st.sampled_from(sorted(place)))
            if not isinstance(place[name], dict) or not place[name] or draw(st.booleans()):
                break
            place = place[name]
        place[name] = draw(VALUES)
    return json.dumps(config)


def changed(original: bytes, seed: int) -> bytes:
    return next(mutants([("", original)], random.Random(seed)))[1]


@often
@given(configurations() | st.text() | VALUES.map(json.dumps))
@example(DEEP)
@example(json.dumps({**TINY, "model_cfg": {**TINY["model_cfg"], "embed_dim": float("inf")}}))
@example(json.dumps({**TINY, "model_cfg": {**TINY["model_cfg"], "embed_dim": 10**12}}))
@example(json.dumps({**TINY, "model_cfg": {**TINY["model_cfg"], "text_cfg": []}}))
@example(json.dumps({**TINY, "preprocess_cfg": [1]}))
def test_a_model_configuration_is_understood_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / CONFIG).write_text(text, encoding="utf-8", errors="surrogatepass")
        (folder / WEIGHTS[0]).write_bytes(b"weights")
        with contextlib.suppress(ModelError):
            model = read_model_folder(folder)
            assert 0 < model.dimension <= 1 << 16 and 0 < model.context_length <= 1 << 16


@often
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"/" + b"x" * 300)
@example(b"/" + b"x/" * 5000)
def test_a_note_of_where_the_models_are_is_followed_or_ignored(note: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        models = Path(name)
        (models / LOCATION).write_bytes(note)
        assert installed_models(models)
        assert find_model("recollect-starter", models)


@pytest.mark.parametrize("name", ["x" * 300, "\0", "\ud800", "~no such user/x", "x/" * 5000])
def test_no_name_of_a_model_is_more_than_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError):
        find_model(name, tmp_path)


@often
@given(SEEDS)
def test_the_list_of_models_is_read_or_refused(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "models.toml"
        file.write_bytes(changed((resources() / "models.toml").read_bytes(), seed))
        with contextlib.suppress(KeyError, TypeError, ValueError):
            assert all(isinstance(entry, CatalogueEntry) for entry in read_catalogue(file))


@pytest.mark.parametrize("text", ["model = {a = 1}", "model = 1", "[[model]]\ntitle = 5"])
def test_a_list_of_models_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "models.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_catalogue(file)


@often
@given(SEEDS.map(lambda seed: changed(PACKET, seed)) | st.binary(max_size=200))
@example(b"<a>" * 10_000)
@example(b"\xff\xfe" + "<x:xmpmeta".encode("utf-16-le") * 3)
def test_what_lies_beside_a_photo_never_costs_the_photo(packet: bytes) -> None:
    assert isinstance(xmp_facts(packet), Facts)
    assert isinstance(iptc_facts(packet), Facts)
    photoshop_resource(packet, 0x0404)


@often
@given(st.text(max_size=200))
@example("(" * 5000)
@example("-" * 5000)
@example('"' * 4999)
@example("year:" + "9" * 5000)
def test_any_question_is_one(typed: str) -> None:
    assert parse(typed).query is not None


HERE = str(Path("x").absolute())
PLACES = json.dumps(
    {
        "3f0c1d4e-0000-4000-8000-000000000001": {
            "path": str(Path("photos").absolute()),
            "device": 64,
            "offline": "folder_not_here",
            "fields": '{"folder": "x", "reason": {"code": "other", "fields": {"text": "y"}}}',
            "mounts": {"drive": 7},
        }
    }
)
ENTRIES = st.dictionaries(
    st.sampled_from(["path", "device", "offline", "fields", "mounts", "more"]), VALUES | st.just(HERE)
)


@often
@given(
    SEEDS.map(lambda seed: changed(PLACES.encode(), seed))
    | st.binary(max_size=200)
    | (VALUES | st.dictionaries(st.text(max_size=9), ENTRIES, max_size=3)).map(lambda value: json.dumps(value).encode())
)
@example(b"")
@example(DEEP[:10_000].encode())
@example(b'{"a": ' * 10_000)
@example(json.dumps({"a": {"path": "/x", "offline": "a", "fields": '{"a":' * 900 + "1" + "}" * 900}}).encode())
@example(b"[" + b" " * 5_000_000 + b"]")
@example(b'{"a": {"path": "/x", "device": ' + b"9" * 5000 + b"}}")
@example(b'{"a": {"path": 5}, "b": {"path": "x"}, "c": {"path": "/\\ud800"}, "": {"path": "/x"}, "\\u0000": {}}')
def test_a_file_of_places_is_understood_or_ignored(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "storages.json"
        file.write_bytes(content)
        places = Places(file)
        told = json.loads(places.told())
        assert told.keys() == {"", *places.known()} and "\\u0000" not in places.told()
        assert all(Path(place.path).is_absolute() for place in places.known().values())
        assert all(
            sentence(unpacked_message(place.offline or "other", place.fields)) for place in places.known().values()
        )
        places.put("mine", Place(HERE))
        assert Places(file).known() == places.known() and "mine" in places.known()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_of_places_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "storages.json"
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    else:
        file.symlink_to("/dev/zero")
    places = Places(tmp_path / "storages.json")
    assert places.known() == {}
    places.put("mine", Place("/x"))
    assert Places(tmp_path / "storages.json").known() == {"mine": Place("/x")}


def test_places_that_cannot_be_written_are_told_in_a_sentence_and_count(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the place of a folder")
    places = Places(tmp_path / "file" / "storages.json")
    with pytest.raises(LibraryError):
        places.put("mine", Place("/x"))
    assert places.known() == {"mine": Place("/x")}


@pytest.mark.slow
def test_changed_pictures_get_an_answer_each(tmp_path: Path) -> None:
    done = fuzz(tmp_path, max(60, EXAMPLES), chance())
    assert done.decoded and done.answers and not done.down


def test_what_is_changed_differs() -> None:
    original = bytes(range(256)) * 4
    assert len(set(islice(mutants([(".jpg", original)], random.Random(1)), 50))) > 40

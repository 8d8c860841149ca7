"""What the window asks of core about models, on a real library and a models folder without weights worth the name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.model_gateway import ModelGateway
from app.services.model_info import Cost, Learned
from core.encoder.benchmark import Speed
from core.errors import ModelError, ModelMissing
from core.library import Library
from core.library_models import LibraryModels
from core.messages import OTHER
from core.models import STARTER, ModelFolder, converted_folder
from core.models.folder import CONFIG, WEIGHTS, read_model_folder
from core.paths import LibraryPaths, resources

OWN = "own"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def model_of(library: Library) -> ModelFolder:
    """Put a small model folder into the library's models."""
    folder = LibraryPaths(library.folder).models / OWN
    folder.mkdir(parents=True)
    config = json.loads((resources() / "models" / STARTER / CONFIG).read_text(encoding="utf-8"))
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    (folder / WEIGHTS[0]).write_bytes(b"weights")
    return read_model_folder(folder)


def test_the_list_then_what_is_only_here(library: Library) -> None:
    own = model_of(library)
    offers = {offer.name: offer for offer in ModelGateway().offers(library, "en")}
    assert next(iter(offers)) == STARTER and list(offers)[-1] == OWN
    assert offers[STARTER].installed and offers[STARTER].in_use and not offers[STARTER].removable
    assert offers[OWN].installed and offers[OWN].removable and not offers[OWN].in_use
    assert offers[OWN].size == sum(file.stat().st_size for file in own.path.iterdir())
    fetched = offers["siglip2-base-32"]
    assert not fetched.installed and fetched.size == 1_507_424_264
    assert sum(offer.advised for offer in offers.values()) == 1


def test_the_old_model_answers_after_a_switch(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LibraryModels, "require_words", lambda *_: None)  # which the folder of this test has not
    model_of(library)
    library.set_setting("model_answering", STARTER)
    ModelGateway().use(library, OWN)
    offers = {offer.name: offer for offer in ModelGateway().offers(library, "en")}
    assert offers[OWN].in_use and offers[STARTER].answering and not offers[OWN].answering
    ModelGateway().use(library, STARTER)
    assert not any(offer.answering for offer in ModelGateway().offers(library, "en"))


def test_what_a_model_costs_is_told_without_loading_it(library: Library) -> None:
    own = model_of(library)
    assert ModelGateway().cost(library, OWN) == Cost(0, None)
    remembered = converted_folder(LibraryPaths(library.folder).models) / own.build
    remembered.mkdir(parents=True)
    speed = Speed(OWN, own.build, OTHER(text="Processor"), 95.0, 10.0)
    (remembered / "speed.json").write_text(json.dumps(speed.as_json()))
    assert ModelGateway().cost(library, OWN) == Cost(0, 0.0)
    offer = next(offer for offer in ModelGateway().offers(library, "en") if offer.name == OWN)
    assert (offer.photos_per_second, offer.device) == (95.0, OTHER(text="Processor"))


def test_a_model_that_is_not_here_cannot_be_used(library: Library) -> None:
    with pytest.raises(ModelMissing):
        ModelGateway().use(library, "siglip2-base-32")
    assert library.setting("model") is None


def test_a_choice_replaces_the_model_given_at_the_start(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", model=STARTER) as library:
        model_of(library)
        ModelGateway().use(library, OWN)
        assert library.setting("model") == OWN
        assert library.status().model == OWN


def test_the_models_folder_moves_and_its_models_are_found(library: Library, tmp_path: Path) -> None:
    model_of(library)
    ModelGateway().use(library, OWN)
    assert ModelGateway().folder(library) == LibraryPaths(library.folder).models
    ModelGateway().move(library, tmp_path / "elsewhere")
    assert ModelGateway().folder(library) == tmp_path / "elsewhere"
    assert library.status().model == OWN
    assert (tmp_path / "elsewhere" / OWN / CONFIG).is_file()


def test_a_model_in_use_is_not_forgotten(library: Library) -> None:
    model_of(library)
    ModelGateway().use(library, OWN)
    with pytest.raises(ModelError, match="in use"):
        ModelGateway().remove(library, OWN, forget=True)
    assert ModelGateway().learned(library, OWN) == Learned(0, 0)


def test_import_and_remove(library: Library, tmp_path: Path) -> None:
    gateway = ModelGateway()
    assert gateway.take_in(library, resources() / "models" / STARTER, "", "mine") == "mine"
    assert "mine" in [offer.name for offer in gateway.offers(library, "en")]
    gateway.remove(library, "mine", forget=True)
    assert "mine" not in [offer.name for offer in gateway.offers(library, "en")]


def test_mirror_and_proxy(library: Library) -> None:
    assert ModelGateway().network(library) == ("", "")
    ModelGateway().set_network(library, "https://mirror.example", "http://proxy:1")
    assert ModelGateway().network(library) == ("https://mirror.example", "http://proxy:1")

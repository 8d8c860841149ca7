"""The list of models on offer: complete, honest about licences, and with advice that fits the user."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ModelMissing
from core.languages import in_language
from core.models import STARTER, CatalogueEntry, find_entry, model_titles, read_catalogue, recommend
from core.models.catalogue import SOURCES
from core.models.install import architectures

FETCHED = [entry for entry in read_catalogue() if not entry.built_in]
OPEN_LICENCES = {"MIT", "Apache-2.0"}


def test_the_starter_is_first_and_built_in() -> None:
    first = read_catalogue()[0]
    assert (first.name, first.built_in, first.repository) == (STARTER, True, "")
    assert [entry.built_in for entry in read_catalogue()].count(True) == 1


@pytest.mark.parametrize("entry", read_catalogue(), ids=lambda entry: entry.name)
def test_every_entry_speaks_both_languages_and_names_its_source(entry: CatalogueEntry) -> None:
    for language in ("en", "zh"):
        assert entry.title[language]
        assert entry.advice[language]
    assert entry.source in SOURCES
    assert entry.licence in OPEN_LICENCES
    assert entry.commercial


@pytest.mark.parametrize("entry", FETCHED, ids=lambda entry: entry.name)
def test_every_fetched_entry_can_be_fetched_and_weighed(entry: CatalogueEntry) -> None:
    assert entry.repository.count("/") == 1
    assert entry.revision
    assert entry.architecture in architectures()
    assert 500e6 < entry.download_bytes < 5e9
    assert entry.download_bytes < entry.memory_bytes
    assert entry.dimension in (512, 768, 1024, 1152)
    assert entry.resolution in (224, 256, 336, 384)
    assert entry.coco_recall is not None


def test_names_are_unique_and_could_be_folders() -> None:
    names = [entry.name for entry in read_catalogue()]
    assert len(set(names)) == len(names)
    assert all(Path(name).name == name and name == name.lower() for name in names)


@pytest.mark.parametrize(
    ("language", "gpu", "expected"),
    [
        ("en", False, "siglip2-base-32"),
        ("en_GB", True, "siglip2-so400m-16"),
        ("de", False, "siglip2-base-32"),
        ("zh_CN", False, "xlm-roberta-base-32"),
        ("zh-Hant", True, "xlm-roberta-base-32"),
    ],
)
def test_advice_follows_language_and_device(language: str, gpu: bool, expected: str) -> None:
    assert recommend(language, gpu=gpu).name == expected


def test_words_fall_back_to_english() -> None:
    entry = read_catalogue()[0]
    assert entry.title_in("fr") == entry.title["en"]
    assert entry.title_in("zh_CN") == entry.title["zh"]
    assert entry.understands("zh") and not entry.understands("fr")


def test_a_model_is_called_by_its_title_and_one_off_the_list_has_none() -> None:
    titles = model_titles(STARTER)
    assert in_language(titles, "zh_CN") != in_language(titles, "en") == find_entry(STARTER).title["en"]
    assert not model_titles("a model of my own")


def test_an_entry_is_found_by_any_of_its_names() -> None:
    by_name = find_entry("siglip2-base-16")
    assert find_entry("vit-b-16-siglip2-256") is by_name
    assert find_entry("timm/ViT-B-16-SigLIP2-256") is by_name
    for unknown in ("", "nothing"):
        with pytest.raises(ModelMissing, match="list has no"):
            find_entry(unknown)


def test_a_misspelt_field_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text('[[model]]\nname = "x"\nlicense = "MIT"\n')
    with pytest.raises(ValueError, match="license"):
        read_catalogue(file)

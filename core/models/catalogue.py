"""The models Recollect offers, and which of them suits whom.

The list is a file, `resources/models.toml`, so that a figure or a sentence can be corrected without touching code.
Models whose licence forbids ordinary use are not in it: a user who may use one adds it from a folder.
"""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from core import paths
from core.errors import ModelMissing
from core.languages import code_of, in_language
from core.messages import model_errors

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "openclip": "open_clip 3.3, docs/openclip_retrieval_results.csv",
        "bigvision": "google-research/big_vision, README_siglip2.md",
        "perception": "facebookresearch/perception_models, README.md",
        "recollect": "measured by Recollect",
    }
)
"""Where the published figures of the list come from, by the short name the list uses."""

EVERY_LANGUAGE = "*"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model that is offered.

    Attributes:
        name: what the user types and what its folder is called.
        title, advice: in plain words, by interface language ("en", "zh").
        architecture, tag: how open_clip calls it.
        repository, revision: where it is fetched from; empty for the built-in one.
        download_bytes: about how much is fetched; the exact size is known before a fetch starts.
        memory_bytes: about what it takes with both towers loaded.
        dimension: numbers in a vector; resolution: pixels along a side of its pictures.
        languages: ISO 639-1 codes it understands well, the best first; "*" stands for about a hundred.
        licence: SPDX identifier; commercial: whether it allows commercial use.
        coco_recall, flickr_recall, chinese_recall: text-to-image recall@1 in percent, None where not published.
        source: key of `SOURCES`.
        gpu: too slow to be a pleasure without a graphics card.
        built_in: comes with the program.
        onnx: published as ONNX towers, which run without torch (`core.models.onnx_layout`).
        bundled_network: its networks come with the program (`core.models.networks`): its weights run without torch.
        probe: of published ONNX towers ("images", "texts"), the vector torch gives for the first of the probe.
    """

    name: str
    title: Mapping[str, str]
    advice: Mapping[str, str]
    languages: tuple[str, ...]
    licence: str
    commercial: bool
    source: str
    architecture: str = ""
    tag: str = ""
    repository: str = ""
    revision: str = "main"
    download_bytes: int = 0
    memory_bytes: int = 0
    dimension: int = 0
    resolution: int = 0
    coco_recall: float | None = None
    flickr_recall: float | None = None
    chinese_recall: float | None = None
    gpu: bool = field(default=False)
    built_in: bool = field(default=False)
    onnx: bool = field(default=False)
    bundled_network: bool = field(default=False)
    probe: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def title_in(self, language: str) -> str:
        """Return its title in an interface language ("zh_CN", "en"), else in English."""
        return in_language(self.title, language)

    def advice_in(self, language: str) -> str:
        """Return its advice in an interface language, else in English."""
        return in_language(self.advice, language)

    def understands(self, language: str) -> bool:
        """Tell whether descriptions in that language find photos."""
        return code_of(language) in self.languages or EVERY_LANGUAGE in self.languages


def read_catalogue(file: Path | None = None) -> tuple[CatalogueEntry, ...]:
    """Return the models on offer, in the order they are shown; `file` replaces the list that comes with the program.

    Raises:
        KeyError, TypeError, ValueError: if the list is not written as it should be.
    """
    return _read(file or paths.resources() / "models.toml")


def model_titles(name: str) -> Mapping[str, str]:
    """Return the titles of a model by interface language; none if the list does not have it."""
    return next((entry.title for entry in read_catalogue() if entry.name == name), {})


def find_entry(name: str, catalogue: tuple[CatalogueEntry, ...] | None = None) -> CatalogueEntry:
    """Return the entry of that name, open_clip architecture or hub repository.

    Raises:
        ModelMissing: if the list has none.
    """
    entries = read_catalogue() if catalogue is None else catalogue
    for entry in entries:
        if name and name.lower() in (entry.name.lower(), entry.architecture.lower(), entry.repository.lower()):
            return entry
    raise ModelMissing(model_errors.NOT_LISTED(name=name, names=", ".join(entry.name for entry in entries)))


def recommend(language: str, *, gpu: bool, catalogue: tuple[CatalogueEntry, ...] | None = None) -> CatalogueEntry:
    """Return the model to advise to a user who types in `language`, on a machine with or without a graphics card.

    The figure that decides is recall in that language, as far as it was published: in Chinese the model trained
    with XLM-R beats every SigLIP 2 (immich's table, Crossmodal-3600); elsewhere COCO recall decides. Without a
    graphics card only models of patch size 32 index at a pleasant speed.
    """
    entries = read_catalogue() if catalogue is None else catalogue
    fetched = [entry for entry in entries if not entry.built_in and entry.understands(language)]
    code = code_of(language)
    preferred = [entry for entry in fetched if entry.languages[0] == code != "en"]
    quick = [entry for entry in fetched if gpu or entry.architecture.startswith(("ViT-B-32", "xlm-roberta-base"))]
    # Many languages also when the interface is English: photos are searched for by families, not by one person.
    broad = [entry for entry in quick if EVERY_LANGUAGE in entry.languages]
    choice = preferred or broad or quick or fetched or list(entries)
    return max(choice, key=lambda entry: entry.coco_recall or 0.0)


@functools.cache
def _read(file: Path) -> tuple[CatalogueEntry, ...]:
    with file.open("rb") as stream:
        tables = _tables(tomllib.load(stream)["model"])
    known = {item.name for item in dataclasses.fields(CatalogueEntry)}
    for table in tables:
        if unknown := table.keys() - known:
            raise ValueError(f"{file.name}: {table.get('name')} has unknown fields: {', '.join(sorted(unknown))}")
    return tuple(_entry(table) for table in tables)


def _tables(listed: object) -> list[dict[str, Any]]:
    tables = cast("list[object]", listed) if isinstance(listed, list) else []
    if not tables or not all(isinstance(table, dict) for table in tables):
        raise TypeError("no list of models")
    return cast("list[dict[str, Any]]", tables)


def _entry(table: dict[str, Any]) -> CatalogueEntry:
    fields = dict(table)
    fields["title"] = MappingProxyType(fields["title"])
    fields["advice"] = MappingProxyType(fields["advice"])
    fields["languages"] = tuple(fields["languages"])
    probe = fields.get("probe", {})
    fields["probe"] = MappingProxyType({tower: tuple(map(float, vector)) for tower, vector in probe.items()})
    return CatalogueEntry(**fields)

"""What the window asks of core about models. Every method is slow and belongs in a queue; `ModelTasks` sees to that.

Core is imported inside: none of it is needed before the dialog is opened. A fake stands in for this in tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.model_info import Cost, Learned, ModelInfo, Step
from core.errors import ModelError
from core.events import Control
from core.paths import LibraryPaths
from core.setting_names import ANSWERING_MODEL, HUB_MIRROR, HUB_PROXY, WANTED_MODEL

if TYPE_CHECKING:
    from core.library import Library
    from core.models import CatalogueEntry, ModelFolder
    from core.models.fetch import FetchEvent


class ModelGateway:
    """Reads the list and the models folder; fetches, imports, measures and removes."""

    def offers(self, library: Library, language: str) -> tuple[ModelInfo, ...]:
        """Return the models on offer in the order of the list, then those that are only on this computer."""
        from core.encoder.processor import has_nvidia_driver
        from core.models import installed_models, read_catalogue, recommend

        installed = {model.name: model for model in installed_models(_models(library))}
        outside = _outside(library)
        if outside is not None:
            installed.setdefault(outside.name, outside)
        entries = {entry.name: entry for entry in read_catalogue()}
        advised = recommend(language, gpu=has_nvidia_driver()).name
        in_use = library.status().model
        answering = Path(str(library.setting(ANSWERING_MODEL, None) or in_use)).name
        offers = [_offer(name, entries.get(name), installed.get(name), library) for name in entries | installed]
        return tuple(
            replace(
                offer,
                in_use=offer.name == in_use,
                answering=offer.installed and offer.name == answering != in_use,
                advised=offer.name == advised and offer.runs_here,
            )
            for offer in offers
        )

    def fetch(self, library: Library, name: str, control: Control) -> Iterator[Step]:
        """Fetch a model of the list: the one thing here that uses the network."""
        from core.models import find_entry
        from core.models.fetch import fetch_model
        from core.models.hub import Network

        step = Step("asking")
        yield step
        endpoint, proxy = self.network(library)
        network = Network(endpoint=endpoint, proxy=proxy)
        for event in fetch_model(find_entry(name), _models(library), network=network, control=control):
            step = _step(event, step)
            yield step

    def cost(self, library: Library, name: str) -> Cost:
        """Return what using a model would mean; nothing is changed or loaded to find out."""
        from core.encoder.benchmark import known_speed
        from core.library import Library
        from core.models import converted_folder, find_model

        # A second look at the same library, through the other model: its vectors of an earlier time still count.
        with Library.open(library.folder, model=name, write=False) as other:
            pending = other.status().pending
        speed = known_speed(find_model(name, _models(library)), converted_folder(_models(library)))
        return Cost(pending, speed.seconds_for(pending) if speed else None)

    def use(self, library: Library, name: str) -> None:
        """Let the library embed with a model from now on; the next indexing does."""
        library.models.use(name)

    def take_in(self, library: Library, source: Path, architecture: str, name: str) -> str:
        """Import a model and return what it is called."""
        from core.models.install import import_model

        return import_model(source, _models(library), architecture=architecture, name=name).name

    def learned(self, library: Library, name: str) -> Learned:
        """Return what would be forgotten with a model."""
        return Learned(*library.models.usage(name))

    def remove(self, library: Library, name: str, *, forget: bool) -> None:
        """Remove a model's files; and what it found in the photos, if it is to be forgotten."""
        from core.models.install import remove_model

        if forget:
            library.models.forget_vectors(name)
        remove_model(name, _models(library))

    def folder(self, library: Library) -> Path:
        """Return where the models lie."""
        from core.models import models_folder

        return models_folder(_models(library))

    def move(self, library: Library, target: Path) -> None:
        library.move_models(target)

    def measure(self, library: Library, name: str) -> None:
        """Measure how fast a model is here; the figure is remembered beside it."""
        from core.encoder.benchmark import measure_speed
        from core.models import converted_folder, find_model

        folder = _models(library)
        measure_speed(find_model(name, folder), cache=converted_folder(folder))

    def network(self, library: Library) -> tuple[str, str]:
        """Return the addresses of mirror and proxy; empty for the usual way."""
        return library.machine_settings.text(HUB_MIRROR), library.machine_settings.text(HUB_PROXY)

    def set_network(self, library: Library, mirror: str, proxy: str) -> None:
        library.machine_settings.set(HUB_MIRROR, mirror)
        library.machine_settings.set(HUB_PROXY, proxy)

    def architectures(self) -> tuple[str, ...]:
        """Return the names of the architectures a checkpoint file can be of."""
        from core.models.install import architectures

        return architectures()


def _models(library: Library) -> Path:
    return LibraryPaths(library.folder).models


def _outside(library: Library) -> ModelFolder | None:
    """Return the model in use if it is known by its folder's path."""
    from core.models import find_model

    named = str(library.setting(WANTED_MODEL, None) or "")
    try:
        return find_model(named, _models(library)) if Path(named).is_absolute() else None
    except ModelError:
        return None


def _offer(name: str, entry: CatalogueEntry | None, model: ModelFolder | None, library: Library) -> ModelInfo:
    from core.encoder.benchmark import known_speed
    from core.models import converted_folder, runs_here
    from core.models.catalogue import SOURCES
    from core.models.locate import models_folder

    folder = _models(library)
    speed = known_speed(model, converted_folder(folder)) if model else None
    return ModelInfo(
        name=name,
        entry=entry,
        size=_bytes_in(model.path) if model else entry.download_bytes if entry else 0,
        installed=model is not None,
        removable=model is not None and model.path.parent == models_folder(folder),
        photos_per_second=speed.photos_per_second if speed else None,
        notes=speed.notes if speed else (),
        device=speed.device if speed else None,
        source=SOURCES.get(entry.source, "") if entry else "",
        runs_here=runs_here(model or entry),
    )


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _step(event: FetchEvent, before: Step) -> Step:
    from core.models.fetch import Checking, Fetching, FetchNote, FetchPlanned

    match event:
        case FetchPlanned():
            return Step("fetching", event.present, event.total)
        case Fetching():
            return Step("fetching", event.done, event.total, event.per_second, event.seconds_left)
        case FetchNote():
            return replace(before, note=event.message)
        case Checking():
            return replace(before, phase="checking", note=None)
        case _:
            return before

"""Models without files or network: the list is the real one, all else happens in memory, as a test wants it to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.services.model_gateway import ModelGateway
from app.services.model_info import Cost, Learned, ModelInfo, Step
from core.errors import ModelError
from core.events import Control
from core.library import Library
from core.messages import model_errors
from core.models import STARTER, read_catalogue, runs_here
from core.models.catalogue import SOURCES
from core.setting_names import WANTED_MODEL

TOTAL = 1_500_000_000


class FakeGateway(ModelGateway):
    """Attributes:
    here: names of the models on this computer, with their size.
    steps: what a fetch tells; it then waits for `gate` and for the test to stop it or let it end.
    fails: by the name of a method, what it raises.
    calls: what was done, in order.
    """

    def __init__(self) -> None:
        self.here = {STARTER: 9_000_000}
        self.speeds: dict[str, float] = {}
        self.steps = [Step("fetching", 600_000_000, TOTAL, 12_000_000, 75.0)]
        self.gate = threading.Event()
        self.gate.set()
        self.fails: dict[str, Exception] = {}
        self.calls: list[tuple[str, ...]] = []
        self.value = Cost(52_000, 2400.0)
        self.knowledge = Learned(0, 0)
        self.place = Path("/library/models")
        self.addresses = ("", "")

    def offers(self, library: Library, language: str) -> tuple[ModelInfo, ...]:
        in_use = str(library.setting(WANTED_MODEL, STARTER))
        entries = {entry.name: entry for entry in read_catalogue()}
        return tuple(
            ModelInfo(
                name,
                entries.get(name),
                size=self.here.get(name) or entries[name].download_bytes,
                installed=name in self.here,
                removable=name in self.here and name != STARTER,
                in_use=name == in_use,
                advised=name == "siglip2-base-32",
                photos_per_second=self.speeds.get(name),
                source=SOURCES[entries[name].source] if name in entries else "",
                runs_here=runs_here(entries.get(name)),
            )
            for name in [*entries, *(name for name in self.here if name not in entries)]
        )

    def fetch(self, library: Library, name: str, control: Control) -> Iterator[Step]:
        self._call("fetch", name)
        yield Step("asking")
        yield from self.steps
        while not self.gate.wait(0.01):
            if control.stopped:
                return
        if "fetch late" in self.fails:
            raise self.fails["fetch late"]
        self.here[name] = TOTAL
        yield replace(self.steps[-1], phase="checking")

    def cost(self, library: Library, name: str) -> Cost:
        self._call("cost", name)
        return self.value

    def use(self, library: Library, name: str) -> None:
        self._call("use", name)
        library.set_setting(WANTED_MODEL, name)

    def take_in(self, library: Library, source: Path, architecture: str, name: str) -> str:
        self._call("take_in", str(source), architecture, name)
        self.here[name or source.name] = 5_000_000
        return name or source.name

    def learned(self, library: Library, name: str) -> Learned:
        return self.knowledge

    def remove(self, library: Library, name: str, *, forget: bool) -> None:
        self._call("remove", name, *(["forget"] if forget else []))
        del self.here[name]

    def folder(self, library: Library) -> Path:
        return self.place

    def move(self, library: Library, target: Path) -> None:
        self._call("move", str(target))
        self.place = target

    def measure(self, library: Library, name: str) -> None:
        self.gate.wait(10)
        self._call("measure", name)
        self.speeds[name] = 95.2

    def network(self, library: Library) -> tuple[str, str]:
        return self.addresses

    def set_network(self, library: Library, mirror: str, proxy: str) -> None:
        self.addresses = (mirror, proxy)

    def architectures(self) -> tuple[str, ...]:
        return ("ViT-B-16", "ViT-B-32")

    def _call(self, *call: str) -> None:
        self.calls.append(call)
        if call[0] in self.fails:
            raise self.fails[call[0]]


UNREACHABLE = ModelError(model_errors.HUB_UNREACHABLE(repository="x/y", error="no route"))

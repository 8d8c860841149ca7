"""The models as the window sees them: the list, what is being fetched or measured, and what went wrong.

It outlives the dialog: a model goes on arriving while its dialog is closed and the window changes its language.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QLocale, QObject, Signal

from app.services.jobs import Relay
from app.services.model_gateway import ModelGateway
from app.services.model_info import ModelInfo, Step
from app.services.operations import LibraryQueue, Operation
from core.errors import RecollectError
from core.events import Control

if TYPE_CHECKING:
    from core.library import Library

Answer = TypeVar("Answer")


class ModelTasks(QObject):
    """Does what the dialog asks for, off the interface's thread, one download and one measurement at a time.

    Signals:
        listed: the offers, a tuple of `ModelInfo`.
        changed: something about this model (name) is other now: its step, its trouble, being measured.
        chosen: another model (name) is in use, so that indexing has to begin again.
        costed: what using a model (name) means, a `Cost`.
        weighed: what a model (name) found in the photos, a `Learned`.
        placed: where the models lie, a path.
        moved: the models lie elsewhere now, so that indexing has to take them from there.
        taken_in: what an import ended in, an exception or None.
        failed: something ended in this exception.
    """

    listed = Signal(object)
    changed = Signal(str)
    chosen = Signal(str)
    costed = Signal(str, object)
    weighed = Signal(str, object)
    placed = Signal(object)
    moved = Signal()
    taken_in = Signal(object)
    failed = Signal(object)

    def __init__(self, gateway: ModelGateway) -> None:
        super().__init__()
        self._gateway = gateway
        self._steps: dict[str, Step] = {}
        self._controls: dict[str, Control] = {}
        self._measured: set[str] = set()
        self._troubles: dict[str, RecollectError] = {}
        self.offers: tuple[ModelInfo, ...] = ()
        self._tasks = LibraryQueue("models")
        self._fetching = LibraryQueue("fetching")
        self._measuring = LibraryQueue("measuring")
        self._relay = Relay()
        self._relay.told.connect(self._on_told)
        self._queues = (self._fetching, self._measuring, self._tasks)
        for queue in self._queues:
            queue.failed.connect(self.failed)

    def open(self, library: Library) -> None:
        for queue in self._queues:
            queue.open(library)

    def stop(self, deadline: float) -> bool:
        """End the downloads, which keep what they have, and the queues."""
        for control in self._controls.values():
            control.stop()
        return all([queue.stop(deadline) for queue in self._queues])

    # What is known

    def step(self, name: str) -> Step | None:
        """Return how far getting a model is, or None if that is not under way."""
        return self._steps.get(name)

    def trouble(self, name: str) -> RecollectError | None:
        """Return what ended the last thing done with a model."""
        return self._troubles.get(name)

    def is_measuring(self, name: str) -> bool:
        return name in self._measured

    # What is asked for

    def look(self) -> None:
        """Read the list and the models folder again; `listed` follows."""
        self._ask(lambda library: self._gateway.offers(library, QLocale().name()), self._on_listed)

    def get(self, name: str) -> None:
        """Fetch a model, after those that are being fetched."""
        if name in self._steps:
            return
        control = self._controls[name] = Control()
        self._troubles.pop(name, None)

        def work(library: Library) -> None:
            steps = iter(()) if control.stopped else self._gateway.fetch(library, name, control)
            for step in steps:
                self._relay.on_event((name, step))

        self._on_told((name, Step("waiting")), fresh=True)
        self._fetching.run(
            Operation(work, lambda _: self._on_fetched(name), lambda error: self._on_fetched(name, error))
        )

    def cancel(self, name: str) -> None:
        """Stop fetching a model; what has arrived stays for the next time."""
        if name in self._controls:
            self._controls[name].stop()

    def cost(self, name: str) -> None:
        """Ask what using a model would mean; `costed` follows."""
        self._ask(lambda library: self._gateway.cost(library, name), lambda cost: self.costed.emit(name, cost), name)

    def use(self, name: str) -> None:
        self._ask(lambda library: self._gateway.use(library, name), lambda _: self._on_used(name), name)

    def weigh(self, name: str) -> None:
        """Ask what would be forgotten with a model; `weighed` follows."""
        self._ask(lambda library: self._gateway.learned(library, name), lambda it: self.weighed.emit(name, it), name)

    def remove(self, name: str, *, forget: bool) -> None:
        self._ask(lambda library: self._gateway.remove(library, name, forget=forget), lambda _: self.look(), name)

    def place(self) -> None:
        """Ask where the models lie; `placed` follows."""
        self._ask(self._gateway.folder, self.placed.emit)

    def move(self, target: Path) -> None:
        """Move the models into another folder."""
        self._ask(lambda library: self._gateway.move(library, target), lambda _: self._on_moved())

    def take_in(self, source: Path, architecture: str, name: str) -> None:
        """Import a model; `taken_in` follows."""

        def done(_: str) -> None:
            self.taken_in.emit(None)
            self.look()

        def failed(error: Exception) -> None:
            self.taken_in.emit(error)
            self.failed.emit(error)

        self._tasks.run(
            Operation(lambda library: self._gateway.take_in(library, source, architecture, name), done, failed)
        )

    def measure(self, name: str) -> None:
        """Measure how fast a model is here."""
        if name in self._measured:
            return
        self._measured.add(name)
        self._troubles.pop(name, None)
        self.changed.emit(name)
        self._measuring.run(
            Operation(
                lambda library: self._gateway.measure(library, name),
                lambda _: self._on_measured(name),
                lambda error: self._on_measured(name, error),
            )
        )

    def network(self, done: Callable[[tuple[str, str]], None]) -> None:
        """Ask for the addresses of mirror and proxy."""
        self._ask(self._gateway.network, done)

    def set_network(self, mirror: str, proxy: str) -> None:
        self._ask(lambda library: self._gateway.set_network(library, mirror, proxy), lambda _: None)

    def architectures(self, done: Callable[[tuple[str, ...]], None]) -> None:
        self._ask(lambda _: self._gateway.architectures(), done)

    # What comes back

    def _ask(self, work: Callable[[Library], Answer], done: Callable[[Answer], None], name: str = "") -> None:
        """Have a task done; with a name, what it fails in is told of that model, too."""
        if self._troubles.pop(name, None) is not None:
            self.changed.emit(name)
        self._tasks.run(Operation(work, done, lambda error: self._fail(name, error)))

    def _fail(self, name: str, error: Exception) -> None:
        if name and isinstance(error, RecollectError):
            self._troubles[name] = error
            self.changed.emit(name)
        self.failed.emit(error)

    def _on_listed(self, offers: tuple[ModelInfo, ...]) -> None:
        self.offers = offers
        self.listed.emit(offers)

    def _on_told(self, told: tuple[str, Step], *, fresh: bool = False) -> None:
        name, step = told
        if fresh or name in self._steps:  # the last steps may come after the end
            self._steps[name] = step
            self.changed.emit(name)

    def _on_fetched(self, name: str, error: Exception | None = None) -> None:
        del self._steps[name], self._controls[name]
        if error is not None:
            self._fail(name, error)
        self.changed.emit(name)
        self.look()

    def _on_measured(self, name: str, error: Exception | None = None) -> None:
        self._measured.discard(name)
        if error is not None:
            self._fail(name, error)
        self.changed.emit(name)
        self.look()

    def _on_moved(self) -> None:
        self.moved.emit()
        self.place()
        self.look()

    def _on_used(self, name: str) -> None:
        self.chosen.emit(name)
        self.look()

"""What the dialog knows of a model: values that cross from the queues to the interface's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from core.messages import Message
    from core.models import CatalogueEntry


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model of the list or one on this computer, or both.

    Attributes:
        name: what its folder is called.
        entry: what the list says of it; None for one that was imported.
        size: bytes on this computer, or about how many are to be fetched.
        installed: it can be used at once.
        removable: its files are in the library's models folder, so they may be deleted.
        in_use: indexing embeds with it.
        answering: searches are still answered by it, until the one in use has seen every photo.
        advised: the one to recommend on this computer, in this language.
        photos_per_second: as measured here; None if it never was.
        device: what it was measured on; notes: faster ways that are not used there, and why.
        source: who published its figures.
        runs_here: this installation can run it; the light one cannot run those that need torch.
    """

    name: str
    entry: CatalogueEntry | None = None
    size: int = 0
    installed: bool = False
    removable: bool = False
    in_use: bool = False
    answering: bool = False
    advised: bool = False
    photos_per_second: float | None = None
    device: Message | None = None
    notes: tuple[Message, ...] = ()
    source: str = ""
    runs_here: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """How far getting a model is, in bytes. `note` is something to know that stops nothing."""

    phase: Literal["waiting", "asking", "fetching", "checking"]
    done: int = 0
    total: int = 0
    per_second: float = 0.0
    seconds_left: float | None = None
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model found in the photos: of how many, and the bytes that takes in the library."""

    photos: int
    size: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What using a model means: photos it has yet to see, and how long that takes (None: never measured here)."""

    pending: int
    seconds: float | None

"""The two forms the program is built in: with torch, and without it."""

from __future__ import annotations

from dataclasses import dataclass

from contents import ROOT

ENVIRONMENT = "RECOLLECT_EDITION"
"""Variable that tells recollect.spec, which takes no arguments, what it builds."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A form of the program.

    Attributes:
        name: as `build.py --edition` takes it.
        package: what it is called where both may lie: its folder in dist/, its Debian package, its archives.
        about: what makes it different, as its package says.
    """

    name: str
    package: str
    about: str

    @property
    def has_torch(self) -> bool:
        return self.name == "full"


FULL = Edition("full", "recollect", "It runs any model, on graphics cards as well.")
LIGHT = Edition(
    "light",
    "recollect-light",
    "This is the light one: it runs the built-in model and models published as ONNX, on the processor, in less than"
    " half the space. The package recollect runs any model, on graphics cards as well.",
)
EDITIONS = {edition.name: edition for edition in (FULL, LIGHT)}

PROGRAM = {edition: ROOT / "dist" / edition.package for edition in EDITIONS.values()}
"""Where each is frozen to."""

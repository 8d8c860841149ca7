"""What the project says of itself, from the one place where it says it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from contents import ROOT

APP_ID = "io.github.recollect.Recollect"
"""Name in reverse-domain form for AppStream, Flatpak and macOS. Whoever publishes owns a domain and sets it here."""

MAINTAINER = "Recollect contributors <recollect@users.noreply.github.com>"
COPYRIGHT = "Copyright 2026 the Recollect contributors"


@dataclass(frozen=True, slots=True)
class Release:
    """One heading of the changelog. `date` is empty for what is not released yet."""

    version: str
    date: str
    notes: str


@dataclass(frozen=True, slots=True)
class Project:
    """Name, version and summary as pyproject.toml gives them."""

    name: str
    version: str
    summary: str
    licence: str


def project() -> Project:
    """Read pyproject.toml."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Project(table["name"], table["version"], table["description"], table["license"])


def releases() -> tuple[Release, ...]:
    """Return the changelog's sections, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?[ \t]*$", re.MULTILINE)
    found = list(heading.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        Release(match["version"], match["date"] or "", text[match.end() : end].strip())
        for match, end in zip(found, ends, strict=True)
    )


def notes(version: str) -> str:
    """Return what the changelog says of a version.

    Raises:
        LookupError: if it says nothing, which must stop a release.
    """
    for release in releases():
        if release.version == version and release.notes:
            return release.notes
    raise LookupError(f"CHANGELOG.md has no notes under “## [{version}]”")

"""Which version of the program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Return the installed version, or "?" for a copy that was never installed."""
    try:
        return version("recollect")
    except PackageNotFoundError:
        return "?"

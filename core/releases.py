"""Is there a newer version? Asked only where the user turned that on, in a program that was built to know where.

The address is that of a releases API in GitHub's form; it lies beside the program's other resources, written by
`packaging/build.py`. What comes back is a number and the page to open: nothing is downloaded.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from core.paths import resources

TIMEOUT_SECONDS = 5.0
_LARGEST = 1_000_000
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Release:
    """A published version and the page that tells of it."""

    version: str
    page: str


def releases_address(folder: Path | None = None) -> str:
    """Return where this program asks, or an empty string if it does not know: a checkout never does."""
    try:
        address = ((folder or resources()) / "releases.txt").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return address if urlsplit(address).scheme in _WEB else ""


def newer_release(address: str, version: str, *, proxy: str = "", timeout: float = TIMEOUT_SECONDS) -> Release | None:
    """Ask for the newest release and return it if it is newer than `version`.

    Args:
        proxy: address of a proxy; empty for the system's.

    Raises:
        OSError, ValueError: if there is no answer, or none that can be understood.
    """
    import urllib.error
    import urllib.request  # late: a window that never asks does not wait for it

    request = urllib.request.Request(address, headers={"User-Agent": f"Recollect/{version}"})
    ways = [urllib.request.ProxyHandler({"http": proxy, "https": proxy})] if proxy else []
    try:
        with urllib.request.build_opener(*ways).open(request, timeout=timeout) as answer:
            said = json.loads(answer.read(_LARGEST))
    except urllib.error.HTTPError as refusal:  # which holds the connection until it is closed
        refusal.close()
        raise
    found = _release(said, urlsplit(address).scheme)
    return found if numbers(found.version) > numbers(version) else None


def _release(said: Any, scheme: str) -> Release:
    fields = cast("dict[str, object]", said if isinstance(said, dict) else {})
    tag, page = fields.get("tag_name"), fields.get("html_url")
    if not isinstance(tag, str) or not isinstance(page, str) or urlsplit(page).scheme != scheme:
        raise ValueError("the answer names no release")
    return Release(tag.removeprefix("v"), page)


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers that compare, "1.2.0" equal to "1.2".

    Raises:
        ValueError: if it is none, or one before its release ("1.2rc1").
    """
    if not re.fullmatch(r"\d+(\.\d+)*", version):
        raise ValueError(f"“{version}” is not the number of a release")
    found = [int(part) for part in version.split(".")]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)

"""Facts beside a photo: XMP in a file of its own, as raw developers and archives write it.

    photo.nef.xmp   darktable, digiKam: for this file alone
    photo.xmp       Lightroom, Bridge: for the file of this name, unless it says that it is for another suffix

What a sidecar says was said later than what is in the photo, and counts in its place, fact by fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.decode.facts import merged
from core.decode.job import Refused
from core.decode.reading import read
from core.decode.xmp import LARGEST, properties, sidecar_suffix, xmp_facts
from core.photo import SIDECAR_SUFFIX, Facts

_SPELLINGS = (SIDECAR_SUFFIX, SIDECAR_SUFFIX.upper())


def sidecar_facts(photo: Path, *others: Path) -> Facts:
    """Return what lies beside a photo's file, or beside other files that hold the same photo."""
    return merged(Facts(), *(facts for path in (photo, *others) for facts in _beside(path)))


def _beside(photo: Path) -> Iterator[Facts]:
    own = (photo.with_name(photo.name + suffix) for suffix in _SPELLINGS)
    shared = (photo.with_suffix(suffix) for suffix in _SPELLINGS)
    for path, of_any_suffix in (*((one, False) for one in own), *((one, True) for one in shared)):
        try:
            packet = read(path, LARGEST).data
        except (Refused, ValueError):
            continue
        suffix = sidecar_suffix(properties(packet)) if of_any_suffix else None
        if suffix is None or suffix == photo.suffix[1:].casefold():
            yield xmp_facts(packet)

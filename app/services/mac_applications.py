"""The programs of a Mac, and which of them open what: each says it in its Info.plist."""

from __future__ import annotations

import plistlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from app.services.program import Program

FOLDERS = (Path("/Applications"), Path("/Applications/Utilities"), Path("/System/Applications"))
_OURS = ("Recollect", "Recollect Light")
_IDENTIFIERS = {
    **dict.fromkeys(("jpg", "jpeg"), "public.jpeg"),
    **dict.fromkeys(("tif", "tiff"), "public.tiff"),
    **dict.fromkeys(("heic", "hif"), "public.heic"),
    "heif": "public.heif",
    "avif": "public.avif",
    "png": "public.png",
    "gif": "com.compuserve.gif",
    "bmp": "com.microsoft.bmp",
    "webp": "org.webmproject.webp",
    "psd": "com.adobe.photoshop-image",
    "jxl": "public.jpeg-xl",
    "jp2": "public.jpeg-2000",
}


def programs(suffixes: Sequence[str], folders: Iterable[Path] | None = None) -> tuple[list[Program], list[Program]]:
    """Return the programs that open files with all these endings, and the others, by name."""
    endings = {suffix.lstrip(".").lower() for suffix in suffixes}
    fitting: list[Program] = []
    others: list[Program] = []
    for bundle in _bundles(folders or (*FOLDERS, Path.home() / "Applications")):
        said = _read(bundle)
        if said is None or bundle.stem in _OURS:
            continue
        takes = endings and all(_takes(said, ending) for ending in endings)
        (fitting if takes else others).append(_program(bundle, said))
    return sorted(fitting, key=_by_name), sorted(others, key=_by_name)


def _by_name(program: Program) -> str:
    return program.name.casefold()


def _bundles(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        try:
            yield from sorted(path for path in folder.iterdir() if path.suffix == ".app")
        except OSError:
            continue


def _read(bundle: Path) -> dict[str, object] | None:
    try:
        with (bundle / "Contents" / "Info.plist").open("rb") as file:
            said: object = plistlib.load(file)
    except (OSError, ValueError, plistlib.InvalidFileException):
        return None
    return cast("dict[str, object]", said) if isinstance(said, dict) else None


def _program(bundle: Path, said: dict[str, object]) -> Program:
    name = said.get("CFBundleDisplayName") or said.get("CFBundleName") or bundle.stem
    named = str(said.get("CFBundleIconFile") or "")
    icon = bundle / "Contents" / "Resources" / (named if named.endswith(".icns") else f"{named}.icns")
    words = ("open", "-a", str(bundle).replace("%", "%%"), "%F")
    return Program(str(bundle), str(name), words, str(icon) if named else "")


def _takes(said: dict[str, object], ending: str) -> bool:
    identifiers = {_IDENTIFIERS.get(ending, "public.camera-raw-image"), "public.image"}
    return any(
        ending in (one.lower() for one in _texts(kind, "CFBundleTypeExtensions"))
        or not identifiers.isdisjoint(_texts(kind, "LSItemContentTypes"))
        for kind in _kinds(said)
        if kind.get("CFBundleTypeRole") != "None" and kind.get("LSHandlerRank") != "None"
    )


def _kinds(said: dict[str, object]) -> list[dict[str, object]]:
    return [cast("dict[str, object]", kind) for kind in _list(said, "CFBundleDocumentTypes") if isinstance(kind, dict)]


def _texts(kind: dict[str, object], key: str) -> list[str]:
    return list(map(str, _list(kind, key)))


def _list(said: dict[str, object], key: str) -> list[object]:
    values = said.get(key)
    return cast("list[object]", values) if isinstance(values, list) else []

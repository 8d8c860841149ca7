"""Who made what the built program consists of: versions, licence texts, and a bill of materials (CycloneDX).

Everything is derived from the files that PyInstaller really collected, so that the notices cannot say less.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from project import COPYRIGHT, project

_LICENCE_NAMES = ("licen", "copying", "notice", "authors")
_HERE = Path(__file__).resolve().parent
_FIELDS = ("Metadata-Version", "Name", "Version", "Summary", "License", "License-Expression", "Requires-Python")


@dataclass(frozen=True, slots=True)
class Part:
    """One package in the program."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def write(folder: Path, sources: Iterable[Path]) -> list[tuple[str, Path]]:
    """Write the notices for the collected files; return (place in the program, file)."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    files = list(sources)
    found = sorted(_python_packages(files), key=lambda distribution: distribution.name.lower())
    parts = [_python(), *map(_part, found), *_networks(), *_tables(), *_system_packages(files)]
    placed = [*_short_metadata(folder / "metadata", found)]
    placed += _licences(folder / "licences", parts)
    placed.append(("licences/sbom.cdx.json", _bill(folder / "sbom.cdx.json", parts)))
    return placed


def windows_version(folder: Path, name: str) -> str:
    """Write the version resource of a Windows program and return its path."""
    recollect = project()
    numbers = (*(int(part) for part in recollect.version.split(".")[:3]), 0)
    strings = {
        "CompanyName": "Recollect contributors",
        "FileDescription": "Recollect",
        "FileVersion": recollect.version,
        "InternalName": name,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Recollect",
        "ProductVersion": recollect.version,
    }
    table = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    path = folder / f"{name}-version.txt"
    path.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),"
        f" kids=[StringFileInfo([StringTable('040904B0', [{table}])]),"
        " VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        encoding="utf-8",
    )
    return str(path)


def _python_packages(files: Iterable[Path]) -> list[metadata.Distribution]:
    """Return the installed packages that own any of these files."""
    owners: dict[Path, metadata.Distribution] = {}
    for distribution in metadata.distributions():
        for file in distribution.files or ():
            owners[Path(str(distribution.locate_file(file))).resolve()] = distribution
    found = {id(owners[path]): owners[path] for file in files if (path := file.resolve()) in owners}
    # Recollect itself is installed as a link to its checkout, so none of its files is listed.
    own = metadata.distribution("recollect")
    return [own, *(each for each in found.values() if each.name.lower() != "recollect")]


def _part(distribution: metadata.Distribution) -> Part:
    about = distribution.metadata
    stated = [about[field] for field in ("License-Expression", "License") if field in about]
    licence = next(iter(stated), "")
    if not licence or "\n" in licence:
        classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
        licence = ", ".join(line.rpartition(" :: ")[2] for line in classifiers) or "see text"
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if ".dist-info" in str(file) and file.name.lower().startswith(_LICENCE_NAMES)
    ]
    if distribution.name.lower() in ("pyside6_essentials", "shiboken6"):  # their wheels name it and lack the text
        texts = [_HERE / "licences" / "LGPL-3.0.txt", _HERE / "licences" / "GPL-3.0.txt"]
    return Part(
        "pypi", distribution.name, distribution.version, licence, tuple(path for path in texts if path.is_file())
    )


def _python() -> Part:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    debian = Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright")
    texts = tuple(path for path in (text, debian) if path.is_file())[:1]
    return Part("generic", "python", platform.python_version(), "PSF-2.0", texts)


def _networks() -> Iterator[Part]:
    """Return the networks of others among the program's resources."""
    models, licence = _HERE.parent / "resources" / "models", _HERE.parent / "LICENSE"
    yield Part("generic", "PP-OCRv6-small", "3.7.0", "Apache-2.0", (models / "text-reader" / "NOTICE.md", licence))
    starter = models / "recollect-starter" / "NOTICE.md"
    yield Part("generic", "EfficientNet-lite1", "2020-03", "Apache-2.0", (starter, licence))


def _tables() -> Iterator[Part]:
    """Return the data of others among the program's resources."""
    text = _HERE.parent / "resources" / "places" / "NOTICE.md"
    yield Part("generic", "GeoNames", "2026-07", "CC-BY-4.0", (text,))
    yield Part("generic", "Unicode-CLDR", "48.2", "Unicode-3.0", (text,))


def _system_packages(files: Iterable[Path]) -> Iterator[Part]:
    """Return the Debian packages whose libraries were copied into the program."""
    if not shutil.which("dpkg-query"):
        return
    prefixes = tuple(str(Path(prefix).resolve()) + "/" for prefix in (sys.prefix, sys.base_prefix) if prefix != "/usr")
    outside = {file.resolve() for file in files if ".so" in file.name}
    candidates = [path for path in outside if not str(path).startswith(prefixes)]
    for name in sorted({owner for path in candidates if (owner := _owner(path))}):
        version = _output("dpkg-query", "-W", "-f=${Version}", name)
        text = Path("/usr/share/doc") / name / "copyright"
        yield Part("deb", name, version, "see text", (text,) if text.is_file() else ())


def _owner(path: Path) -> str:
    # Debian 12 lists what lies in /usr/lib partly under /lib.
    for spelling in (str(path), str(path).removeprefix("/usr")):
        if line := _output("dpkg-query", "-S", spelling):
            return line.splitlines()[0].partition(":")[0]
    return ""


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _short_metadata(folder: Path, found: Iterable[metadata.Distribution]) -> Iterator[tuple[str, Path]]:
    """Write what `importlib.metadata.version` needs, without install paths and without long descriptions."""
    for distribution in found:
        name = f"{distribution.name.replace('-', '_')}-{distribution.version}.dist-info"
        (folder / name).mkdir(parents=True)
        path = folder / name / "METADATA"
        about = distribution.metadata
        lines = [f"{field}: {about[field]}" for field in _FIELDS if field in about and "\n" not in about[field]]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield f"{name}/METADATA", path


def _licences(folder: Path, parts: Iterable[Part]) -> list[tuple[str, Path]]:
    placed: list[tuple[str, Path]] = []
    folder.mkdir()
    lines = ["Recollect is built from these parts. Their licence texts lie in the folders of the same names.", ""]
    for part in parts:
        lines.append(f"{part.name} {part.version}: {' '.join(part.licence.split())[:120]}")
        for number, text in enumerate(part.texts):
            name = text.name if number == 0 or text.name != part.texts[0].name else f"{number}-{text.name}"
            placed.append((f"licences/{part.name}/{name}", text))
    lines += ["", (_HERE / "licences" / "source-code.txt").read_text(encoding="utf-8")]
    path = folder / "README.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return [("licences/README.txt", path), *placed]


def _bill(path: Path, parts: Iterable[Part]) -> Path:
    """Write the bill of materials in CycloneDX 1.5."""
    recollect = project()
    components = [
        {
            "type": "library",
            "name": part.name,
            "version": part.version,
            "purl": f"pkg:{part.kind}/{'debian/' if part.kind == 'deb' else ''}{part.name.lower()}@{part.version}",
            "licenses": [{"license": {"name": " ".join(part.licence.split())[:120]}}],
        }
        for part in parts
        if part.name != recollect.name
    ]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(components))}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": recollect.name, "version": recollect.version}},
        "components": components,
    }
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return path

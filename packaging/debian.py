"""The Debian package: the program in /usr/lib/recollect, a link in /usr/bin, and the desktop's files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

import desktop_files
import elf
from contents import ROOT
from editions import EDITIONS, PROGRAM, Edition
from project import COPYRIGHT, MAINTAINER, Project, project

_OFFERED = ("fonts-noto-cjk",)
"""Recommended: without a font for it, Chinese is drawn as boxes."""

# Debian 13 and Ubuntu 24.04 renamed libraries whose interface depends on the size of time_t.
_RENAMED = {"libcups2": "libcups2 | libcups2t64", "libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}


def build_deb(edition: Edition, out: Path, work: Path) -> Path:
    """Build the package of the frozen program and return its path."""
    about = project()
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(PROGRAM[edition], tree / "usr" / "lib" / "recollect", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "recollect").symlink_to("../lib/recollect/recollect")
    desktop_files.stage(tree / "usr" / "share")
    documents = tree / "usr" / "share" / "doc" / edition.package
    desktop_files.compress(documents / "NEWS.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    (documents / "copyright").write_text(_copyright(about), encoding="utf-8")
    _permissions(tree)
    architecture = _output("dpkg", "--print-architecture")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(_control(edition, architecture, tree), encoding="utf-8")
    (tree / "DEBIAN" / "md5sums").write_text(_md5sums(tree), encoding="utf-8")
    package = out / f"{edition.package}_{about.version}_{architecture}.deb"
    # xz and not zstd: a tenth smaller, and Debian 11's dpkg reads it too.
    subprocess.run(["dpkg-deb", "-Zxz", "--root-owner-group", "--build", str(tree), str(package)], check=True)
    return package


def needed_packages(program: Path) -> list[str]:
    """Return the Debian packages that own the libraries which the program uses and does not carry.

    Raises:
        LookupError: if a library is in no package or nowhere: the package would not start.
    """
    files = list(elf.elf_files(program))
    inside = {path.name for path in program.rglob("*.so*")}
    wanted = {name for path in files for name in elf.needed(path)}
    oldest = max(map(elf.glibc, files))
    known = _system_libraries()
    found = {_package_of(known.get(name, name)) for name in wanted - inside}
    renamed = _RENAMED | {"libc6": f"libc6 (>= {oldest[0]}.{oldest[1]})"}
    return sorted(renamed.get(name, name) for name in found)


def _system_libraries() -> dict[str, str]:
    """Return where the system keeps each library, by its name."""
    pairs = re.findall(r"^\s*(\S+) \(.*\) => (\S+)$", _output("/sbin/ldconfig", "-p"), re.MULTILINE)
    return {name: str(Path(place).resolve()) for name, place in reversed(pairs)}


def _package_of(place: str) -> str:
    for spelling in (place, place.removeprefix("/usr")):
        found = _output("dpkg-query", "-S", spelling, check=False)
        if found:
            return found.splitlines()[0].partition(":")[0]
    raise LookupError(f"the program needs {place}, which is in no installed Debian package")


def _control(edition: Edition, architecture: str, tree: Path) -> str:
    about = project()
    others = ", ".join(other.package for other in EDITIONS.values() if other is not edition)
    libraries = needed_packages(tree / "usr" / "lib" / "recollect")
    kibibytes = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
    fields = {
        "Package": edition.package,
        "Version": about.version,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(kibibytes),
        "Depends": ", ".join(libraries),
        "Recommends": ", ".join(_OFFERED),
        # Both are called with one name and open one library: one takes the place of the other.
        "Conflicts": others,
        "Replaces": others,
        "Section": "graphics",
        "Priority": "optional",
        "Description": about.summary.rstrip("."),
    }
    more = textwrap.wrap(
        "Recollect watches folders of photos, understands every picture on this computer, and finds pictures from a"
        f" sentence. A small model is built in; nothing is uploaded and nothing has to be downloaded. {edition.about}",
        78,
    )
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + "".join(f" {line}\n" for line in more)


def _copyright(about: Project) -> str:
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: {about.name}\n\nFiles: *\nCopyright: {COPYRIGHT.removeprefix('Copyright ')}\n"
        f"License: {about.licence}\n On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.\n .\n"
        " The libraries the program is built from, their versions and their licences are listed in\n"
        " /usr/lib/recollect/_internal/licences/README.txt, with the texts beside it. One of them is under the GPL 3,\n"
        " and with it the built program as a whole.\n"
    )


def _permissions(tree: Path) -> None:
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runnable = path.is_dir() or (os.access(path, os.X_OK) and elf.is_elf(path))
            path.chmod(0o755 if runnable else 0o644)


def _md5sums(tree: Path) -> str:
    files = sorted(path for path in tree.rglob("*") if path.is_file() and "DEBIAN" not in path.parts)
    names = [str(path.relative_to(tree)) for path in files if not path.is_symlink()]
    return _output("md5sum", *names, folder=tree) + "\n"


def _output(*command: str, check: bool = True, folder: Path | None = None) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=check, cwd=folder).stdout.strip()

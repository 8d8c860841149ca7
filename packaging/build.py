"""Build what users download, on the system it is run on: `python packaging/build.py [folder|deb|archive|installer]`.

Both editions on Linux, elsewhere the full one; `--edition light` builds that alone (editions.py).

Needs Python 3.11 or newer and nothing else: the packages to build from are installed into build/package-venv, and
on Debian as root the programs used are installed too. Everything ends up in dist/.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import debian
import desktop_files
import elf
from contents import ROOT, is_of_edition
from editions import EDITIONS, ENVIRONMENT, FULL, PROGRAM, Edition
from project import project

WORK = ROOT / "build"
DIST = ROOT / "dist"
WINDOWS, MAC, LINUX = sys.platform == "win32", sys.platform == "darwin", sys.platform == "linux"

_TOOLS = {
    "objdump": "binutils",
    "strip": "binutils",
    "patchelf": "patchelf",
    "xz": "xz-utils",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
}
_LINKED = ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1", "libgssapi-krb5-2")
"""What Qt's plugins are linked to and stays out of the program, beside packaging/system_libraries.sh's list."""

_STRIPPED = ("libtorch_cpu.so", "libtorch_python.so", "libtorch.so", "libc10.so", "libpython3*.so*", "lib-dynload/*.so")
"""Libraries whose symbol tables are large. Those that were patched for their wheel break when stripped."""


def main() -> None:
    """Build what was asked for, by default everything this system can build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=["folder", *_installers(), "all"], default="all")
    parser.add_argument("--edition", choices=[*EDITIONS, "both"], default="both" if LINUX else FULL.name)
    options = parser.parse_args()
    wanted = ["all"] if options.what == "all" else options.what
    os.chdir(ROOT)
    DIST.mkdir(exist_ok=True)
    if LINUX:
        _install_tools()
    for edition in EDITIONS.values() if options.edition == "both" else [EDITIONS[options.edition]]:
        _build(edition, wanted)
    _report()


def _build(edition: Edition, wanted: list[str]) -> None:
    if "folder" in wanted or "all" in wanted or not PROGRAM[edition].exists():
        build_folder(edition)
    for name, build in _installers().items():
        if name in wanted or "all" in wanted:
            build(edition)


def build_folder(edition: Edition) -> None:
    """Freeze the program into its folder in dist/."""
    _make_venv(edition)
    write_address(WORK / "resources" / "releases.txt")
    os.environ[ENVIRONMENT] = edition.name
    work = WORK / f"pyinstaller-{edition.name}"
    _run(_venv_python(edition), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(DIST),
         "--workpath", str(work), str(ROOT / "packaging" / "recollect.spec"))  # fmt: skip
    if LINUX:
        _slim(PROGRAM[edition])
    bill = PROGRAM[edition] / "_internal" / "licences" / "sbom.cdx.json"
    shutil.copyfile(bill, DIST / f"{_file_name(edition)}.cdx.json")


def write_address(file: Path) -> None:
    """Write where the program is to look for newer versions, if the build was told; else leave none there."""
    address = os.environ.get("RECOLLECT_RELEASES", "").strip()
    file.unlink(missing_ok=True)
    if not address:
        return
    if not address.startswith("https://"):
        raise SystemExit("RECOLLECT_RELEASES has to begin with https://")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(address + "\n", encoding="utf-8")


def _slim(program: Path) -> None:
    """Take out of libraries what only their makers need: symbol tables, and where this machine keeps its own."""
    for pattern in _STRIPPED:
        for library in program.rglob(pattern):
            if not library.is_symlink():
                _run("strip", "--strip-unneeded", str(library))
    for library in elf.elf_files(program):
        if any(folder.startswith("/") for folder in elf.runpath(library)):
            _run("patchelf", "--remove-rpath", str(library))


def build_deb(edition: Edition) -> None:
    """Build dist/PACKAGE_VERSION_ARCHITECTURE.deb."""
    debian.build_deb(edition, DIST, WORK)


def build_archive(edition: Edition) -> None:
    """Pack the program with its desktop files, for every Linux: an archive, and one that installs itself."""
    name = _file_name(edition)
    tree = WORK / "archive" / name
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(PROGRAM[edition], tree / "recollect", symlinks=True)
    desktop_files.stage(tree / "share")
    shutil.copy(ROOT / "packaging" / "linux" / "install.sh", tree / "install.sh")
    archive = DIST / f"{name}.tar.xz"
    with archive.open("wb") as out:
        tar = subprocess.Popen(_tar(tree), stdout=subprocess.PIPE)
        subprocess.run(["xz", "-6", "-T0", "--stdout"], stdin=tar.stdout, stdout=out, check=True)
    if tar.wait():
        raise SystemExit("tar failed")
    _write_runner(archive, DIST / f"{name}.run")


def build_windows_installer(edition: Edition) -> None:
    """Build dist/PACKAGE-VERSION-setup.exe."""
    _run("makensis", "-V2", f"-DVERSION={project().version}", f"-DPROGRAM={PROGRAM[edition]}", f"-DOUT={DIST}",
         f"-DNAME={edition.package}", str(ROOT / "packaging" / "windows" / "recollect.nsi"))  # fmt: skip


def build_dmg(edition: Edition) -> None:
    """Build dist/PACKAGE-VERSION-macos-ARCHITECTURE.dmg."""
    app = DIST / ("Recollect.app" if edition is FULL else "Recollect Light.app")
    _run("sh", str(ROOT / "packaging" / "macos" / "make_dmg.sh"), str(app), str(DIST / f"{_file_name(edition)}.dmg"))


def _file_name(edition: Edition) -> str:
    return f"{edition.package}-{project().version}-{_system()}"


def _installers() -> dict[str, Callable[[Edition], None]]:
    if WINDOWS:
        return {"installer": build_windows_installer}
    if MAC:
        return {"installer": build_dmg}
    return {"deb": build_deb, "archive": build_archive}


def _make_venv(edition: Edition) -> None:
    """Install the program as users get it, without the packages for developing it, and what freezes it."""
    venv = _venv(edition)
    stamp = venv / "complete"
    sources = [ROOT / "pyproject.toml", ROOT / "constraints.txt", Path(__file__)]
    if stamp.exists() and stamp.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return
    if not venv.exists():
        _run(sys.executable, "-m", "venv", str(venv))
    pip = [_venv_python(edition), "-m", "pip"]
    options = [*shlex.split(os.environ.get("PIP_OPTIONS", "")), "-c", "constraints.txt"]
    _run(*pip, "install", "--quiet", *options, *_requirements(edition), "pyinstaller")
    _run(*pip, "install", "--quiet", "--no-deps", "-e", ".")
    _run(*pip, "uninstall", "--quiet", "--yes", "hf-xet")  # see contents.py
    if edition.has_torch:
        _refuse_cuda(_venv_python(edition))
    else:  # for its word list alone: contents.CLIP_WORDS
        _run(*pip, "install", "--quiet", "--no-deps", *options, "open_clip_torch")
    stamp.touch()


def _requirements(edition: Edition) -> list[str]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*table["dependencies"], *table["optional-dependencies"]["shared"]]  # libraries on servers: 13 MB
    return [line for line in wanted if is_of_edition(line, edition.has_torch)]


def _refuse_cuda(python: str) -> None:
    """Stop where torch came with CUDA: the program would be 5 GB instead of 0.7."""
    question = "import torch; print(torch.version.cuda or '')"
    found = subprocess.run([python, "-c", question], capture_output=True, text=True, check=True).stdout.strip()
    if found:
        raise SystemExit(
            f"pip chose a torch with CUDA {found}. Point pip to the CPU builds (see packaging/README.md), for instance"
            " with PIP_OPTIONS, remove build/package-venv, and try again."
        )


def _install_tools() -> None:
    """Install the programs and libraries used here, where that is possible without asking (Debian, as root)."""
    missing = {package for tool, package in _TOOLS.items() if not shutil.which(tool)}
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if Path(sys.base_prefix) == Path("/usr"):  # Debian keeps the library PyInstaller needs in a package of its own
        missing |= {name for name in (f"libpython{version}", f"python{version}-venv") if not _is_installed(name)}
    if not shutil.which("apt-get"):
        return
    missing |= {package for package in _LINKED if not _is_installed(package)}
    if missing and os.geteuid() == 0:
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-qq", "-y", "--no-install-recommends", *sorted(missing))
    elif missing:
        raise SystemExit(f"First: sudo apt-get install {' '.join(sorted(missing))}")
    _run("sh", "packaging/system_libraries.sh")  # the X11 libraries that go into the program


def _is_installed(package: str) -> bool:
    asked = ["dpkg-query", "-W", "-f=${Status}", package]
    return "install ok" in subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def _report() -> None:
    """Print sizes, and write the checksums of everything that can be downloaded."""
    for program in filter(Path.exists, PROGRAM.values()):
        size = sum(path.lstat().st_size for path in program.rglob("*"))
        print(f"{size / 1e6:8.1f} MB  {program.relative_to(ROOT)}")
    lines: list[str] = []
    for path in sorted(path for path in DIST.iterdir() if path.is_file() and path.name != "SHA256SUMS"):
        print(f"{path.stat().st_size / 1e6:8.1f} MB  {path.relative_to(ROOT)}")
        lines.append(f"{_sha256(path)}  {path.name}\n")
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _write_runner(archive: Path, runner: Path) -> None:
    """Write the archive behind a script that checks, unpacks and installs it."""
    script = (ROOT / "packaging" / "linux" / "unpack.sh").read_text(encoding="utf-8")
    values = {"@SHA256@": _sha256(archive), "@LINES@": str(len(script.splitlines()) + 1)}
    for name, value in values.items():
        script = script.replace(name, value)
    with runner.open("wb") as out, archive.open("rb") as payload:
        out.write(script.encode())
        shutil.copyfileobj(payload, out)
    runner.chmod(0o755)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tar(tree: Path) -> list[str]:
    owner = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name"]
    return ["tar", "-C", str(tree.parent), *owner, "-cf", "-", tree.name]


def _system() -> str:
    name = {"linux": "linux", "win32": "windows", "darwin": "macos"}[sys.platform]
    return f"{name}-{platform.machine().lower()}"


def _venv(edition: Edition) -> Path:
    return WORK / ("package-venv" if edition is FULL else f"package-venv-{edition.name}")


def _venv_python(edition: Edition) -> str:
    return str(_venv(edition) / ("Scripts/python.exe" if WINDOWS else "bin/python"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()

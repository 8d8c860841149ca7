"""The shape of the code, kept by a machine: sizes, docstrings, and documents that name what exists."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("app", "core", "packaging", "tests") for path in (ROOT / folder).rglob("*.py"))
FUNCTION_LINES, FILE_LINES = 50, 400


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= FILE_LINES
    long = [node.name for node in functions(tree) if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES]
    assert not long


@pytest.mark.parametrize("folder", ["app", "core"])
def test_every_class_says_what_it_is_before_anything_else(folder: str) -> None:
    classes = (
        (path.name, node.name, ast.get_docstring(node) or "")
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] == folder
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    headings = ("Signals:", "Attributes:", "Args:")
    assert [(file, name) for file, name, said in classes if said.startswith(headings)] == []


def test_most_functions_are_short() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] in ("app", "core")
        for node in functions(ast.parse(path.read_text(encoding="utf-8")))
    )
    assert lengths[len(lengths) * 9 // 10] <= 25


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.stat().st_size and path.name != "__init__.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_file_says_why_it_exists(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "packaging/README.md"])
def test_documents_name_what_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:app|core|packaging|resources|tests|\.github)/[\w./-]+)`", text)
    named += re.findall(r"\]\(([\w./-]+)\)", text)
    base = (ROOT / document).parent
    missing = [name for name in named if not (ROOT / name).exists() and not (base / name).exists()]
    assert not missing


def test_every_command_is_in_the_readme() -> None:
    from core.cli import recollect

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in recollect.list_commands(click.Context(recollect)) if name not in text] == []


def test_torch_and_torchvision_in_the_constraints_match() -> None:
    """Each torchvision is compiled for one torch: 0.N+15 for 2.N (torchvision's README)."""
    pins = dict(re.findall(r"^(torch|torchvision)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE))
    torch, vision = (tuple(map(int, pins[name].split("."))) for name in ("torch", "torchvision"))
    assert vision[1] == torch[1] + 15


def test_the_version_of_qt_that_breaks_python_311_is_excluded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    qt = [Requirement(line) for line in project["dependencies"] if line.startswith("PySide6")]

    def allowed(version: str, python: str) -> list[bool]:
        return [
            version in one.specifier
            for one in qt
            if one.marker is None or one.marker.evaluate({"python_version": python})
        ]

    assert allowed("6.12.0", "3.11") == [False]
    assert allowed("6.12.0", "3.12") == allowed("6.12.0", "3.14") == allowed("6.11.3", "3.11") == [True]


def test_the_checks_before_a_commit_come_from_this_computer() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "http" not in text and text.count("repo: local") == text.count("repo:")
    assert text.count("language: system") == text.count("- id:") > 0

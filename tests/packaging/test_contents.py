"""What stays in the built program and what is left out."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def contents(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module("contents")


@pytest.mark.parametrize(
    "place",
    [
        "torch/lib/libtorch_cpu.so",
        "torch/bin/torch_shm_manager",
        "torch/nn/functional.py",
        "open_clip/bpe_simple_vocab_16e6.txt.gz",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/lib/libQt6PrintSupport.so.6",
        "PySide6/QtPrintSupport.abi3.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "libxcb-cursor.so.0",
        "resources/models/recollect-starter/open_clip_config.json",
    ],
)
def test_kept(contents: ModuleType, place: str) -> None:
    assert contents.belongs(place)


@pytest.mark.parametrize(
    "place",
    [
        "torch/test/cpp/thing",
        "torch/bin/protoc",
        "torch/include/ATen/ATen.h",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt/translations/qtbase_de.qm",
        "recollect-0.1.0.dist-info/direct_url.json",
        "core/__pycache__/paths.cpython-311.pyc",
    ],
)
def test_left_out(contents: ModuleType, place: str) -> None:
    assert not contents.belongs(place)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a system's C++ library to fit")
def test_the_systems_own_libraries_are_left_to_it(contents: ModuleType) -> None:
    assert not contents.belongs("libstdc++.so.6")
    assert not contents.belongs("libglib-2.0.so.0")
    assert not contents.belongs("libcups.so.2")


def test_libraries_of_what_was_left_out_go_with_it(contents: ModuleType) -> None:
    needs = {"/q/lib1.so": ["lib2.so"], "/q/ext.so": ["lib1.so"], "/q/plugin.so": [], "/q/lib3.so": ["lib4.so"]}
    collected = [
        ("pkg/ext.so", "/q/ext.so", "EXTENSION"),
        ("lib1.so", "/q/lib1.so", "BINARY"),
        ("lib2.so", "/q/lib2.so", "BINARY"),
        ("lib3.so", "/q/lib3.so", "BINARY"),
        ("PySide6/Qt/plugins/platforms/plugin.so", "/q/plugin.so", "BINARY"),
        ("link2.so", "lib2.so", "SYMLINK"),
        ("link3.so", "lib3.so", "SYMLINK"),
    ]
    linked = contents.without_orphans(collected, lambda file: needs.get(file, []))
    kept = contents.without_dangling(linked, linked)
    assert {entry[0] for entry in kept} == {
        "pkg/ext.so",
        "lib1.so",
        "lib2.so",
        "PySide6/Qt/plugins/platforms/plugin.so",
        "link2.so",
    }


def test_the_spec_is_python_and_freezes_the_program() -> None:
    spec = (PACKAGING / "recollect.spec").read_text(encoding="utf-8")
    called = {call.func.id for call in _calls(spec) if isinstance(call.func, ast.Name)}
    assert {"Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE"} <= called


def _calls(source: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def test_nothing_excluded_is_imported_by_us(contents: ModuleType) -> None:
    root = PACKAGING.parent
    for file in [*(root / "core").rglob("*.py"), *(root / "app").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name for name in names if name in contents.EXCLUDED_MODULES}, file


def test_the_light_edition_is_built_without_torch_and_what_only_torch_needs(contents: ModuleType) -> None:
    hidden = contents.hidden_modules(has_torch=False)
    assert {"onnxruntime", "tokenizers", "rawpy"} <= set(hidden)
    assert not {name.partition(".")[0] for name in hidden} & set(contents.TORCH_PACKAGES)
    assert contents.hidden_modules(has_torch=True) == contents.HIDDEN_MODULES
    lines = ("torch>=2.4", "open_clip_torch>=3.0", "onnxruntime>=1.20", "pi-heif>=1.0; platform_machine != 'armv7l'")
    assert [line for line in lines if contents.is_of_edition(line, has_torch=False)] == list(lines[2:])
    assert all(contents.is_of_edition(line, has_torch=True) for line in lines)

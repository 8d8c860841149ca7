"""The smoke test's eye for code from outside: neither blind nor fooled by a program that is just starting."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
OUTSIDE = Path("/usr/lib/x86_64-linux-gnu/libz.so.1.2.13")


@pytest.fixture(name="smoke")
def _smoke(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module("smoke_running")


@pytest.fixture(name="running")
def _running(smoke: Any, tmp_path: Path) -> Iterator[Any]:
    """A program of the bundle, carrying a libz of its own."""
    bundle = tmp_path / "program"
    bundle.mkdir()
    (bundle / "libz.so.1").touch()
    shutil.copy(shutil.which("sleep") or "", bundle / "recollect")
    running = smoke.Running([str(bundle / "recollect"), "60"], {}, tmp_path, bundle)
    yield running
    running.kill()
    running._process.communicate()


def load(monkeypatch: pytest.MonkeyPatch, smoke: Any, *libraries: Path) -> None:
    monkeypatch.setattr(smoke, "_mapped", lambda pid: set(libraries))


def test_the_launcher_may_have_the_systems_libz(smoke: Any, running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch, smoke, OUTSIDE)
    assert running.check_loaded() == 1


def test_the_program_may_not(smoke: Any, running: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load(monkeypatch, smoke, OUTSIDE, tmp_path / "program" / "libQt6Core.so.6")
    with pytest.raises(smoke.Wrong, match=r"libz\.so\.1\.2\.13"):
        running.check_loaded()


def test_nor_may_a_program_from_elsewhere(smoke: Any, running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch, smoke, OUTSIDE)
    monkeypatch.setattr(running, "_bundle", Path("/opt/other"))
    with pytest.raises(smoke.Wrong):
        running.check_loaded()

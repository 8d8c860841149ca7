"""What the tests of the scripts that train have in common."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging" / "starter_model"


@pytest.fixture(name="script", scope="module")
def _script() -> Iterator[Any]:
    """Import a script by its name; none of them stays imported."""
    before = set(sys.modules)
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield importlib.import_module
    finally:
        sys.path.remove(str(SCRIPTS))
        for script in SCRIPTS.glob("*.py"):
            if script.stem not in before:
                sys.modules.pop(script.stem, None)


@pytest.fixture(autouse=True)
def gradients() -> Iterator[None]:
    """Let torch compute gradients, whatever ran before: the program turns them off for its whole process."""
    with torch.enable_grad():
        yield

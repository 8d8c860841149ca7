"""Engines that a test needs: asked for without loading them.

Loaded past `import_or_explain`, ONNX Runtime and OpenVINO write down who they run for, and look up a host.
"""

from __future__ import annotations

import importlib.util

import pytest


def needs_engine(name: str) -> None:
    """Skip a test, or at its top a module, where an engine is not installed."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed", allow_module_level=True)

"""A processor-only torch beside torchvision's CUDA build still imports open_clip."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
import torch

from core.encoder import torchvision_guard


def test_open_clip_imports_after_the_guard_in_a_fresh_process() -> None:
    code = (
        "from core.encoder import torchvision_guard as guard; guard.install(); guard.install();"
        "import torchvision.transforms, timm, open_clip"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=120)


def test_the_compiler_is_left_alone_and_there_when_it_is_wanted() -> None:
    code = (
        "import sys; from core.encoder import torchvision_guard as guard; guard.install();"
        "import torchvision.ops, timm, open_clip;"
        "assert not [name for name in sys.modules if name.startswith('torch._dynamo')];"
        "import torch, torch._dynamo;"
        "print(torch.compile(lambda x: x + 1, backend='eager')(torch.ones(1)).item())"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], check=True, timeout=120, capture_output=True, text=True
    )
    assert done.stdout.strip() == "2.0"


def test_the_operators_are_known_afterwards() -> None:
    torchvision_guard.install()
    assert hasattr(torch.ops.torchvision, "nms")


def test_another_failure_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr(importlib, "import_module", fail)
    with pytest.raises(RuntimeError, match="something else"):
        torchvision_guard.install()


def test_operators_are_declared_only_where_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sequence of a mismatched pair, played with an import that fails once."""
    torchvision_guard.install()
    calls: list[str] = []
    kept = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "torchvision"}

    def fail_once(name: str) -> object:
        calls.append(name)
        if len(calls) == 1:
            raise RuntimeError("operator torchvision::nms does not exist")
        return kept.get(name)

    monkeypatch.setattr(importlib, "import_module", fail_once)
    try:
        torchvision_guard.install()
        assert not any(name.split(".")[0] == "torchvision" for name in sys.modules)
    finally:
        sys.modules.update(kept)
    assert calls == ["torchvision", "torchvision", "timm"]

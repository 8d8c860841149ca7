"""What the tests of the scripts that train have in common."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch


@pytest.fixture(autouse=True)
def gradients() -> Iterator[None]:
    """Let torch compute gradients, whatever ran before: the program turns them off for its whole process."""
    with torch.enable_grad():
        yield

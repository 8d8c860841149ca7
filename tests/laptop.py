"""A computer with a battery, for tests of what indexing does on it."""

from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from core import power


class Laptop:
    """A computer whose plug a test pulls."""

    def __init__(self, *, plugged: bool) -> None:
        self.plugged = plugged

    def battery(self) -> SimpleNamespace:
        return SimpleNamespace(power_plugged=self.plugged)


def make_laptop(monkeypatch: pytest.MonkeyPatch, *, plugged: bool) -> Laptop:
    """Let psutil speak of a laptop, and whoever watches the battery look often."""
    made = Laptop(plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", made.battery, raising=False)
    monkeypatch.setattr(power.PowerWatch.__init__, "__kwdefaults__", {"every": 0.02})
    return made

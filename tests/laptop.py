"""A computer with a battery, for tests of what indexing does on it."""

from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from core import power


class Laptop:
    """A computer whose plug a test pulls.

    Attributes:
        plugged: whether it is on mains.
        looks: how often somebody asked; who asks for the second time has acted upon the first answer.
        plugs_in_at: the number of looks from which on it is on mains, whatever was before.
    """

    def __init__(self, *, plugged: bool) -> None:
        self.plugged = plugged
        self.looks = 0
        self.plugs_in_at: int | None = None

    def battery(self) -> SimpleNamespace:
        self.looks += 1
        if self.looks == self.plugs_in_at:
            self.plugged = True
        return SimpleNamespace(power_plugged=self.plugged)


def make_laptop(monkeypatch: pytest.MonkeyPatch, *, plugged: bool) -> Laptop:
    """Let psutil speak of a laptop, and whoever watches the battery look often."""
    made = Laptop(plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", made.battery, raising=False)
    monkeypatch.setattr(power.PowerWatch.__init__, "__kwdefaults__", {"every": 0.02})
    return made

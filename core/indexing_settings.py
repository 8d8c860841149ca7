"""When photos are indexed, and how fast, as the user wants it on this computer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from core.power import LOOK_S, StateWatch

FULL, HALF, GENTLE = "full", "half", "gentle"
"""How fast: as a setting has it."""

_SHARES = {FULL: 1.0, HALF: 0.5, GENTLE: 0.2}
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def share_of(speed: str) -> float:
    """Return which part of the time indexing may work; all of it if the setting says nothing that is known."""
    return _SHARES.get(speed, 1.0)


@dataclass(frozen=True, slots=True)
class DailyHours:
    """Hours of each day, over midnight if they end before they begin. If both are the same, the whole day."""

    begin: time
    end: time

    def __contains__(self, moment: time) -> bool:
        if self.begin < self.end:
            return self.begin <= moment < self.end
        return moment >= self.begin or moment < self.end

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"


def hours_of(setting: str) -> DailyHours | None:
    """Return the hours that a setting ("22:00-07:00") means; None, which is at any time, if it means none."""
    found = _HOURS.fullmatch(setting)
    if found is None:
        return None
    begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
    return DailyHours(time(begin_hour, begin_minute), time(end_hour, end_minute))


class HoursWatch(StateWatch):
    """Calls `on_change`, from a thread of its own, when the hours end (True) or begin (False)."""

    def __init__(self, hours: DailyHours, on_change: Callable[[bool], None], *, every: float = LOOK_S) -> None:
        super().__init__(on_change, lambda: datetime.now().time() not in hours, every)

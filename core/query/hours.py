"""Times of the day as they are written in a question: "18:30", "18", "6pm", "morning", "晚上"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOCK = re.compile(r"(\d{1,2})(?:[:：.点时h](\d{2})?分?)? ?(am|pm)?")
_NAMED = {
    ("morning", "早上", "早晨", "上午"): ("06:00", "11:59"),
    ("noon", "midday", "中午"): ("11:00", "13:59"),
    ("afternoon", "下午"): ("12:00", "17:59"),
    ("evening", "傍晚", "晚上"): ("18:00", "21:59"),
    ("night", "夜里", "夜晚", "深夜"): ("22:00", "05:59"),
}
"""Parts of the day, from the first to the last minute; a night runs over midnight."""

NAMES = tuple(name for names in _NAMED for name in names)


@dataclass(frozen=True, slots=True)
class Hours:
    """From one minute of the day to another, both taken in ("06:00", "11:59"); from a later to an earlier one it runs
    over midnight."""

    first: str
    last: str


def hours(written: str) -> Hours | None:
    """Return the stretch that is meant: an hour, a minute, or a part of the day; None if it is none."""
    text = written.strip().casefold()
    for names, (first, last) in _NAMED.items():
        if text in names:
            return Hours(first, last)
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), match[2]
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "pm" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or int(minute or 0) > 59:
        return None
    return Hours(f"{hour:02}:{minute or '00'}", f"{hour:02}:{minute or '59'}")

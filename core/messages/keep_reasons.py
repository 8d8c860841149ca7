"""Why one of several copies is suggested to be kept: pieces of a sentence, of which the first decides."""

from __future__ import annotations

from core.messages.message import Wording

WITHIN_REACH = Wording("keep_within_reach", "within reach now")
PIXELS = Wording("keep_most_pixels", "most pixels")
RAW = Wording("keep_raw", "as the camera recorded it (RAW)")
PROTECTED = Wording("keep_protected", "in a protected folder")
OLDEST = Wording("keep_oldest", "the oldest")
LARGEST = Wording("keep_largest_file", "the largest file")
NAME = Wording("keep_shortest_name", "the shortest name")
THEN = Wording("keep_then", "{first}, then {next}")

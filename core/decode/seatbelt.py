"""What macOS takes from a process that asks for it: a profile in the words of its sandbox, Seatbelt.

`sandbox-exec -f` runs a program under such a profile from its start; `sandbox_init` puts the process that calls it
under one, once its codecs are loaded. Both are called deprecated in favour of entitlements of a whole program, and are
what browsers confine their renderers with (Chromium: sandbox/mac/seatbelt.cc). A profile with a word that the system
does not know is refused as a whole, and then nothing is confined.
"""

from __future__ import annotations

import ctypes
from typing import Any

PROFILE = """\
(version 1)
(allow default)
(deny network*)
(deny file-write*)
(allow file-write-data (literal "/dev/null"))
(deny process-exec*)
(deny process-fork)
(deny signal)
(allow signal (target self))
(deny appleevent-send)
(deny lsopen)
"""
"""The last rule that fits counts. What is open stays open: pipes are asked for when they are made, and not again."""

_IS_A_PROFILE = 0
"""Of sandbox_init's flags: its text is a profile, and not the name of one (SANDBOX_NAMED)."""


def enter(system: Any) -> str:
    """Put this process under the profile, for ever; return why that was refused, or nothing.

    Args:
        system: the C library.
    """
    said = ctypes.c_char_p()
    try:
        refused = system.sandbox_init(PROFILE.encode(), ctypes.c_uint64(_IS_A_PROFILE), ctypes.byref(said))
    except AttributeError:
        return "this macOS has no sandbox_init"
    if not refused:
        return ""
    reason = (said.value or b"without a reason").decode(errors="replace")
    system.sandbox_free_error(said)
    return reason

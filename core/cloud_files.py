"""Files that are listed and are not here: cloud drives show them, and fetch them when somebody reads them.

Reading a library of them would download all of it. Each system marks them in its own way; all of that is here.

    Windows       attributes of the file (OneDrive and others): opening or reading it calls it back
    macOS         a flag of the file (iCloud Drive and others since macOS 12): it has no data
    older iCloud  a hidden file ".NAME.icloud" stands where NAME would be
"""

from __future__ import annotations

import os
import stat

_RECALL_ON_OPEN = 0x0004_0000
_RECALL_ON_DATA_ACCESS = 0x0040_0000
_RECALLED = stat.FILE_ATTRIBUTE_OFFLINE | _RECALL_ON_OPEN | _RECALL_ON_DATA_ACCESS
_DATALESS = 0x4000_0000
"""SF_DATALESS of sys/stat.h; `stat` has no name for it before Python 3.13."""
_STUB = ".icloud"


def is_online_only(status: os.stat_result) -> bool:
    """Return whether a file's contents would have to be fetched to be read."""
    attributes = getattr(status, "st_file_attributes", 0)
    flags = getattr(status, "st_flags", 0)
    return bool(attributes & _RECALLED or flags & _DATALESS)


def name_behind(name: str) -> str | None:
    """Return the name of the file that a hidden file stands for, None if it stands for none."""
    stands_in = name.startswith(".") and name.endswith(_STUB) and len(name) > len(_STUB) + 1
    return name[1 : -len(_STUB)] if stands_in else None

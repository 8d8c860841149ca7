"""What holds for this computer and not for the photos: the way into the network, and when to wait. A small JSON file.

It lies beside the window's own `window.ini` and not in the library's database, so that it survives the library, and
so that a library that was copied to another computer does not bring another's proxy.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from core.messages import Message, other_errors
from core.paths import LibraryPaths
from core.setting_names import OF_THE_MACHINE
from core.small_files import read_small
from core.store import Catalog
from core.store.atomic_files import write_whole


class MachineSettings:
    """The settings of this computer, read once and written whole. Methods may be called from any thread.

    Attributes:
        damage: that the file could not be understood, and where it was put; None if all is well. It is found once:
            the next start finds no file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.damage: Message | None = None
        self._values = self._read()

    def flag(self, name: str) -> bool:
        """Return whether something is turned on; what was never set, or is no yes or no, is off."""
        return self._values.get(name) is True

    def text(self, name: str) -> str:
        """Return a text; empty if it was never set, or is none."""
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def set(self, name: str, value: bool | str) -> None:
        """Keep a value, on the disk when this returns.

        Raises:
            DiskFull, LibraryReadOnly: as the disk says; the file is as it was then.
        """
        self._change({name: value})

    def inherit(self, values: Mapping[str, object]) -> None:
        """Take over what an older version kept with the library; what was set here since counts more.

        Raises:
            DiskFull, LibraryReadOnly: as for `set`.
        """
        new = {name: value for name, value in values.items() if name not in self._values}
        if new:
            self._change(new)

    def stand_in(self, values: Mapping[str, object]) -> None:
        """Let values count that are not in the file, without writing them: for those who only read."""
        with self._lock:
            self._values = {**values, **self._values}

    def _change(self, values: Mapping[str, object]) -> None:
        with self._lock:
            changed = {**self._values, **values}
            self._write(changed)
            self._values = changed

    def _read(self) -> dict[str, object]:
        try:
            values: object = json.loads(read_small(self._path))
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.damage = other_errors.SETTINGS_UNREAD(path=self._path, detail=error.strerror or str(error))
            return {}
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            return cast("dict[str, object]", values)
        self._put_aside()
        return {}

    def _put_aside(self) -> None:
        aside = self._path.with_name(f"{self._path.stem}-damaged{self._path.suffix}")
        with contextlib.suppress(OSError):  # on a write-protected disk it stays, and is told of again
            self._path.replace(aside)
        self.damage = other_errors.SETTINGS_DAMAGED(path=aside if aside.exists() else self._path)

    def _write(self, values: Mapping[str, object]) -> None:
        write_whole(self._path, json.dumps(values, indent=2))  # for its owner alone: an address may hold a password


def settings_of(store: Catalog, layout: LibraryPaths) -> MachineSettings:
    """Return this computer's settings; those that an older version kept with the library move to them once."""
    settings = MachineSettings(layout.settings)
    inherited = store.settings_among(OF_THE_MACHINE)
    if not inherited:
        return settings
    if store.writable:
        settings.inherit(inherited)
        store.forget_settings(inherited)
    else:
        settings.stand_in(inherited)
    return settings

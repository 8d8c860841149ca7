"""What a model's pictures are embedded on, remembered with the library: it can be told before the model is loaded."""

from __future__ import annotations

from typing import Protocol, cast

from core.encoder.protocol import Encoder

_SETTING = "engines"


class Settings(Protocol):
    """Remembered JSON values; a store is one. The encoder's room stands below the store's."""

    def setting(self, key: str, default: object = None) -> object: ...

    def set_setting(self, key: str, value: object) -> None: ...


def running_on(settings: Settings, key: str, encoder: Encoder | None) -> tuple[str | None, tuple[str, ...]]:
    """Return device and precision in words, and what is not used and why; if `encoder` is not loaded, as before."""
    if encoder is not None and encoder.device:
        return encoder.device, encoder.notes
    device, *notes = _known(settings).get(key) or [""]
    return device or None, tuple(notes)


def remember_running(settings: Settings, key: str, encoder: Encoder | None) -> None:
    """Write it down if it is news."""
    device, notes = running_on(settings, key, encoder)
    known = _known(settings)
    if device and known.get(key) != [device, *notes]:
        settings.set_setting(_SETTING, {**known, key: [device, *notes]})


def _known(settings: Settings) -> dict[str, list[str]]:
    return cast("dict[str, list[str]]", settings.setting(_SETTING, {}))

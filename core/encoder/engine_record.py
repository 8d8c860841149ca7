"""What a model's pictures are embedded on, remembered with the library: it can be told before the model is loaded."""

from __future__ import annotations

from typing import Protocol, cast

from core.encoder.protocol import Encoder
from core.messages import Message, message_from_json

_SETTING = "engines"


class Settings(Protocol):
    """Remembered JSON values; a store is one. The encoder's room stands below the store's."""

    def setting(self, key: str, default: object = None) -> object: ...

    def set_setting(self, key: str, value: object) -> None: ...


def running_on(settings: Settings, key: str, encoder: Encoder | None) -> tuple[Message | None, tuple[Message, ...]]:
    """Return device and precision, and what is not used and why; if `encoder` is not loaded, as before."""
    if encoder is not None and encoder.device:
        return encoder.device, encoder.notes
    device, *notes = _known(settings).get(key) or [""]
    return message_from_json(device) if device else None, tuple(map(message_from_json, notes))


def remember_running(settings: Settings, key: str, encoder: Encoder | None) -> None:
    """Write it down if it is news."""
    device, notes = running_on(settings, key, encoder)
    if device is None:
        return
    known, news = _known(settings), [message.as_json() for message in (device, *notes)]
    if known.get(key) != news:
        settings.set_setting(_SETTING, {**known, key: news})


def _known(settings: Settings) -> dict[str, list[object]]:
    return cast("dict[str, list[object]]", settings.setting(_SETTING, {}))

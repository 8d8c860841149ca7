"""What a model's pictures are embedded on, remembered with the library: it can be told before the model is loaded."""

from __future__ import annotations

from typing import cast

from core.encoder.process import EncoderProcess
from core.encoder.protocol import Encoder
from core.store import Store

_SETTING = "engines"


def running_on(store: Store, key: str, encoder: Encoder | None) -> tuple[str | None, tuple[str, ...]]:
    """Return device and precision in words, and what is not used and why; if `encoder` is not loaded, as before."""
    if encoder is not None and encoder.device:
        return encoder.device, encoder.notes if isinstance(encoder, EncoderProcess) else ()
    device, *notes = _known(store).get(key) or [""]
    return device or None, tuple(notes)


def remember_running(store: Store, key: str, encoder: Encoder | None) -> None:
    """Write it down if it is news."""
    device, notes = running_on(store, key, encoder)
    known = _known(store)
    if device and known.get(key) != [device, *notes]:
        store.set_setting(_SETTING, {**known, key: [device, *notes]})


def _known(store: Store) -> dict[str, list[str]]:
    return cast("dict[str, list[str]]", store.setting(_SETTING, {}))

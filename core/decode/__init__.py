"""Photos in, pixels out, in processes of their own: no untrusted file meets a codec in the program's process.

    DecodePool.submit(DecodeJob) ─► waiting ─► collector thread ─► worker process
                                                                     reading     the bytes, once; fingerprint
                                                                     formats     what it is, how large (raw, jxl)
                                                                     picture     decode small, upright
                                                                     colour      8-bit sRGB
                                                                     rendering   the picture, and where in it
                                                                     blocks      facts: EXIF, xmp, iptc, sidecars
                                                                     preprocess  the model's pixels
    DecodePool.take() ◄─ Decoded | Recognised | Unreadable ◄──────────┘

`job` holds the values that travel, `worker` the life of a process, `worker_handle` one process seen from outside,
`workers` the collector that feeds them and outlives their deaths, `pool` the pools the rest of the program uses.

What needs NumPy or Pillow is imported when it is first asked for: a worker process has to bind itself before its
libraries start threads, and the window has to appear before they are loaded.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from core.decode.job import (
    Converted,
    ConvertJob,
    Decoded,
    DecodeJob,
    DecodeLimits,
    FactsJob,
    FactsRead,
    Look,
    Recognised,
    Reply,
    Result,
    Unreadable,
)
from core.decode.suffixes import RAW_SUFFIXES, SUPPORTED_SUFFIXES

if TYPE_CHECKING:
    from core.decode.decoder import decode_pixels
    from core.decode.pool import ConvertPool, DecodePool, PreviewError, PreviewPool, preview
    from core.decode.preprocess import apply_spec

__all__ = [
    "RAW_SUFFIXES",
    "SUPPORTED_SUFFIXES",
    "ConvertJob",
    "ConvertPool",
    "Converted",
    "DecodeJob",
    "DecodeLimits",
    "DecodePool",
    "Decoded",
    "FactsJob",
    "FactsRead",
    "Look",
    "PreviewError",
    "PreviewPool",
    "Recognised",
    "Reply",
    "Result",
    "Unreadable",
    "apply_spec",
    "decode_pixels",
    "preview",
]

_LATE = {
    "ConvertPool": "core.decode.pool",
    "DecodePool": "core.decode.pool",
    "PreviewError": "core.decode.pool",
    "PreviewPool": "core.decode.pool",
    "apply_spec": "core.decode.preprocess",
    "decode_pixels": "core.decode.decoder",
    "preview": "core.decode.pool",
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_LATE[name]), name)

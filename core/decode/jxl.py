"""Read the size of a JPEG XL picture from its first bytes (ISO/IEC 18181-1, SizeHeader).

The JPEG XL plugin decodes while it opens, so that a file of thirty bytes could claim a gigabyte before anybody
asks how large it is. This asks.
"""

from __future__ import annotations

import struct

from core.decode.job import Refused
from core.messages import file_reasons

_CODESTREAM = b"\xff\x0a"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


class _Bits:
    """Bits of a byte string, the lowest of each byte first."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")

    def take(self, count: int) -> int:
        value = self._value & ((1 << count) - 1)
        self._value >>= count
        return value


def jxl_size(data: bytes) -> tuple[int, int]:
    """Return width and height as stored.

    Raises:
        Refused: if there is no JPEG XL codestream in `data`.
    """
    start = _codestream(data)
    bits = _Bits(data[start + 2 : start + 18])
    small = bits.take(1)
    height = _side(bits, small)
    ratio = bits.take(3)
    if ratio:
        across, down = _RATIOS[ratio - 1]
        return height * across // down, height
    return _side(bits, small), height


def _side(bits: _Bits, small: int) -> int:
    if small:
        return (bits.take(5) + 1) * 8
    return bits.take((9, 13, 18, 30)[bits.take(2)]) + 1


def _codestream(data: bytes) -> int:
    """Return where the codestream starts: at once, or in the box of a container that holds (the start of) it."""
    if data.startswith(_CODESTREAM):
        return 0
    position = 0
    while position + 16 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        header = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, position + 8)
            header = 16
        if kind in (b"jxlc", b"jxlp"):
            # a partial codestream box begins with a number of four bytes
            return position + header + (4 if kind == b"jxlp" else 0)
        if length < header:
            break
        position += length
    raise Refused(file_reasons.DAMAGED())

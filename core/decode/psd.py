"""Open Photoshop documents of 16 and 32 bits a channel, which Pillow leaves out: the picture Photoshop merged itself.

A document ends with its layers laid on each other, channel by channel, plain or packed by PackBits (Adobe Photoshop
File Formats Specification, "Image Data Section"). Of 16 bits the upper 8 are taken.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.decode.sizes import check_size
from core.decode.tiff import as_shown

_MAGIC = b"8BPS\0\1"
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
_PLAIN, _PACKED = 0, 1
_ICC_PROFILE = 1039
_BLOCKS = 3
"""Colours, resources and layers come before the merged picture, each after its length."""


@dataclass(frozen=True, slots=True)
class _Header:
    channels: int
    height: int
    width: int
    bits: int
    mode: int


def open_deep_psd(data: bytes, pixels: int) -> Image.Image | None:
    """Return a document's merged picture in 8 bits, None if it is of another kind than those read here.

    Raises:
        Refused: if it has more than `pixels` pixels.
        Exception: if the document is damaged.
    """
    if not data.startswith(_MAGIC):
        return None
    header = _Header(*struct.unpack_from(">HIIHH", data, 12))
    mode = _MODES.get(header.mode)
    if mode is None or header.bits not in (16, 32):
        return None
    check_size((header.width, header.height), pixels)
    resources, merged = _blocks(data)
    channels = _channels(data, merged, header, len(mode))
    image = Image.fromarray(channels[..., 0] if mode == "L" else channels, mode=mode)
    profile = _resource(resources, _ICC_PROFILE)
    if profile is not None:
        image.info["icc_profile"] = profile
    image.format = "PSD"
    return image


def _blocks(data: bytes) -> tuple[bytes, int]:
    """Return the resources, and where the merged picture starts."""
    position, resources = 26, b""
    for number in range(_BLOCKS):
        (length,) = struct.unpack_from(">I", data, position)
        if number == 1:
            resources = data[position + 4 : position + 4 + length]
        position += 4 + length
    return resources, position


def _resource(resources: bytes, wanted: int) -> bytes | None:
    position = 0
    while position + 12 <= len(resources):
        (kind,) = struct.unpack_from(">H", resources, position + 4)
        name = resources[position + 6] + 1
        position += 6 + name + name % 2
        (length,) = struct.unpack_from(">I", resources, position)
        if kind == wanted:
            return resources[position + 4 : position + 4 + length]
        position += 4 + length + length % 2
    return None


def _channels(data: bytes, start: int, header: _Header, count: int) -> NDArray[np.uint8]:
    """Return rows, columns and the first `count` channels."""
    if header.channels < count:
        raise ValueError("fewer channels than its colours need")
    (packing,) = struct.unpack_from(">H", data, start)
    if packing not in (_PLAIN, _PACKED):
        raise ValueError("packed in a way a merged picture never is")
    size = header.bits // 8
    plane = header.height * header.width * size
    raw = (
        data[start + 2 : start + 2 + plane * count] if packing == _PLAIN else _unpacked(data, start + 2, header, count)
    )
    numbers = np.frombuffer(raw, ">u2" if size == 2 else ">f4").reshape(count, header.height, header.width)
    shown = (numbers >> 8).astype(np.uint8) if size == 2 else as_shown(numbers.astype(np.float32))
    shown = np.ascontiguousarray(shown.transpose(1, 2, 0))
    return 255 - shown if count == len("CMYK") else shown  # Photoshop stores how much ink is missing


def _unpacked(data: bytes, start: int, header: _Header, count: int) -> bytes:
    """Undo PackBits; the lengths of all rows of all channels come first."""
    lengths = struct.unpack_from(f">{header.channels * header.height}H", data, start)
    position, wide = start + 2 * len(lengths), header.width * header.bits // 8
    rows: list[bytes] = []
    for length in lengths[: count * header.height]:
        row = _unpacked_row(data[position : position + length])
        if len(row) < wide:
            raise OSError("truncated")
        rows.append(row[:wide])
        position += length
    return b"".join(rows)


def _unpacked_row(packed: bytes) -> bytes:
    row, position = bytearray(), 0
    while position + 1 < len(packed):
        count = packed[position]
        if count < 128:
            row += packed[position + 1 : position + 2 + count]
            position += 2 + count
        else:
            if count > 128:
                row += packed[position + 1 : position + 2] * (257 - count)
            position += 2 if count > 128 else 1
    return bytes(row)

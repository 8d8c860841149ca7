"""Files that are nearly right: each a picture in which something was changed, cut out, doubled or put elsewhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image, features

from tests.core.decode.making import encoded, photo

_TELLING = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)
"""Bytes at which sizes and signs turn."""
_HEADER = 512
"""Where most of what decoders trust is said."""
_MOST_CHANGES = 8

Mutation = Callable[[bytearray, random.Random], bytearray]


def corpus(*folders: Path) -> list[tuple[str, bytes]]:
    """Return suffix and bytes of small pictures of every format that can be written here, and of those in folders."""
    return [*_made(), *(one for folder in folders for one in _found(folder))]


def mutants(originals: Sequence[tuple[str, bytes]], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield suffixes and bytes of changed files, without end."""
    while True:
        suffix, data = chance.choice(originals)
        changed = bytearray(data or b"\0")
        kinds = _GENTLE if chance.random() < 0.5 else _MUTATIONS
        for _ in range(chance.choice((1, 1, 1, 2, 3, _MOST_CHANGES))):
            changed = chance.choice(kinds)(changed, chance) or bytearray(b"\0")
        if chance.random() < 0.1:
            _, other = chance.choice(originals)
            changed = changed[: len(changed) // 2] + other[len(other) // 2 :]
        yield suffix, bytes(changed)


def _made() -> Iterator[tuple[str, bytes]]:
    picture = photo(96, 64)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Maker", "Camera", 6
    for format, suffix, options in (
        ("JPEG", ".jpg", {"exif": exif}),
        ("JPEG", ".jpg", {"progressive": True, "subsampling": 0}),
        ("PNG", ".png", {}),
        ("WEBP", ".webp", {"exif": exif}),
        ("WEBP", ".webp", {"lossless": True}),
        ("GIF", ".gif", {}),
        ("TIFF", ".tif", {"compression": "tiff_lzw"}),
        ("TIFF", ".tif", {"compression": "jpeg"}),
        ("TIFF", ".tif", {"compression": "tiff_adobe_deflate", "tiffinfo": {270: "words"}}),
        ("BMP", ".bmp", {}),
        ("JPEG2000", ".jp2", {}),
        ("AVIF", ".avif", {"speed": 10}),
        ("MPO", ".jpg", {"save_all": True, "append_images": [picture]}),
    ):
        if format != "AVIF" or features.check("avif"):
            yield suffix, encoded(picture, format, **options)
    for mode in ("P", "L", "1", "RGBA"):
        yield ".png", encoded(picture.convert(mode), "PNG")


def _found(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size < 200_000:
            yield path.suffix.lower(), path.read_bytes()


def _place(data: bytearray, chance: random.Random) -> int:
    end = len(data) if chance.random() < 0.5 else min(len(data), _HEADER)
    return chance.randrange(max(1, end))


def _flip(data: bytearray, chance: random.Random) -> bytearray:
    data[_place(data, chance)] ^= 1 << chance.randrange(8)
    return data


def _set(data: bytearray, chance: random.Random) -> bytearray:
    data[_place(data, chance)] = chance.choice(_TELLING)
    return data


def _set_number(data: bytearray, chance: random.Random) -> bytearray:
    """Write a number where there may be a size, an offset or a count."""
    length = chance.choice((2, 4, 8))
    value = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, len(data), chance.randrange(1 << 32)))
    place = _place(data, chance)
    data[place : place + length] = (value % (1 << 8 * length)).to_bytes(length, chance.choice(("little", "big")))
    return data


def _cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: _place(data, chance)]


def _leave_out(data: bytearray, chance: random.Random) -> bytearray:
    place = _place(data, chance)
    del data[place : place + chance.randint(1, 64)]
    return data


def _double(data: bytearray, chance: random.Random) -> bytearray:
    place, length = _place(data, chance), chance.randint(1, 256)
    data[place:place] = data[place : place + length]
    return data


def _swap(data: bytearray, chance: random.Random) -> bytearray:
    one, other, length = _place(data, chance), _place(data, chance), chance.randint(1, 32)
    data[one : one + length], data[other : other + length] = data[other : other + length], data[one : one + length]
    return data


def _scatter(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(max(1, len(data) // 100)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


_GENTLE: tuple[Mutation, ...] = (_flip, _set, _set_number)
_MUTATIONS: tuple[Mutation, ...] = (*_GENTLE, *_GENTLE, _cut, _leave_out, _double, _swap, _scatter)

"""The mean colours of photos: found in thumbnails, remembered, and got by libraries from before."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from core.decode.mean_colour import mean_colour
from core.events import Control
from core.indexer.groups_pass import find_groups
from core.photo import Facts, Root
from core.placeholders import KNOWN, Placeholders
from core.store import Store
from core.store.records import ThumbnailLook
from tests.core.store.conftest import layout, photos, put, root, store

__all__ = ["layout", "photos", "root", "store"]  # fixtures


def painted(*colours: tuple[int, int, int]) -> bytes:
    """Return a thumbnail of stripes."""
    picture = Image.new("RGB", (256, 64 * len(colours)))
    for number, colour in enumerate(colours):
        picture.paste(colour, (0, 64 * number, 256, 64 * (number + 1)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def test_the_mean_of_a_picture() -> None:
    colour = mean_colour(painted((200, 0, 0), (0, 100, 40)))
    assert colour is not None
    red, green, blue = colour.to_bytes(3)
    assert (abs(red - 100) < 4, abs(green - 50) < 4, abs(blue - 20) < 4) == (True, True, True)
    assert mean_colour(b"no picture") is None


def test_a_library_that_knew_hashes_alone_gets_colours_from_its_thumbnails(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a")
    store.record_looks([ThumbnailLook(content_id, bytes(range(32)), 1)])
    with store._transaction() as connection:  # pyright: ignore[reportPrivateUsage]
        connection.execute("UPDATE picture_hashes SET colour = NULL")
    (fingerprint,) = store.fingerprints_of([content_id]).values()
    store.thumbnails.put([(fingerprint, painted((0, 0, 255)))])
    assert store.count_unseen() == 1
    list(find_groups(store, "m", Control()))
    placeholders = Placeholders(store, dict)
    colour = int(placeholders.colours()[content_id])
    assert colour & KNOWN and colour & 0xFF > 240 and colour >> 8 & 0xFF < 10
    assert bytes(store.hashed_photos().hashes.tobytes()) == bytes(range(32))
    assert placeholders.colours() is placeholders.colours()


def test_of_an_empty_library_no_colour_is_known(store: Store) -> None:
    assert len(Placeholders(store, dict).colours()) == 0
    assert np.array_equal(store.colours()[0], [])


def test_a_photo_that_was_turned_on_its_side_is_laid_out_as_it_is_shown(store: Store, root: Root) -> None:
    facts = Facts(width=1200, height=800)
    wide, turned, upside_down = (put(store, root, number, name, facts=facts) for number, name in enumerate("abc", 1))
    prints = store.fingerprints_of([wide, turned, upside_down])
    turns: dict[bytes, int] = {}
    placeholders, ids = Placeholders(store, lambda: turns), np.array([wide, turned, upside_down])
    assert placeholders.shapes(ids).tolist() == pytest.approx([1.5, 1.5, 1.5])
    turns.update({prints[turned]: 3, prints[upside_down]: 2})
    assert placeholders.shapes(ids).tolist() == pytest.approx([1.5, 1 / 1.5, 1.5])
    turns.clear()
    assert placeholders.shapes(ids).tolist() == pytest.approx([1.5, 1.5, 1.5])

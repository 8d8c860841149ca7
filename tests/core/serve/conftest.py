"""A small library with a web server's application on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from starlette.applications import Starlette

from core.library import Library
from core.serve.access import Rules, names_of_this_computer
from core.serve.application import application
from tests.core.serve.asgi import Answer, ask
from tests.core.test_library import COLOURS, ColourEncoder, Crayons, index, make_model, paint

TOKEN = "a-token-of-the-tests-that-is-long"
RULES = Rules(TOKEN, 8421, names_of_this_computer(["photos.example"]))
BEARER = {"authorization": f"Bearer {TOKEN}"}

Ask = Callable[..., Answer]


class AnyWords(ColourEncoder):
    """Knows what every text looks like: the colour it names, or grey."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        grey = np.full(3, 3**-0.5, np.float32)
        known = np.eye(3, dtype=np.float32)
        return np.stack([known[COLOURS.index(text)] if text in COLOURS else grey for text in texts])


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder of three photos, and nobody in it."""
    folder = tmp_path_factory.mktemp("served")
    for colour in ("red", "green", "blue"):
        paint(folder / "photos" / f"{colour}.png", colour)
    model = make_model(folder / "crayons")
    with Library.open(folder / "library", model=str(model), make_encoder=Crayons()) as library:
        library.add_root(folder / "photos")
        index(library)
    return folder / "library"


@pytest.fixture(scope="module", name="served")
def _served(folder: Path) -> Iterator[Starlette]:
    """What answers for the library, which is open for reading."""
    with Library.open(folder, write=False, make_encoder=AnyWords) as library:
        yield application(library, RULES)


@pytest.fixture(name="get")
def _get(served: Starlette) -> Ask:
    """Asks with the token."""

    def asked(address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        return ask(served, address, method, headers={**BEARER, **headers}, body=body)

    return asked

"""A model whose pictures' tower can be loaded and whose words' tower cannot: another one goes on answering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.encoder.protocol import Encoder
from core.errors import ModelError
from core.library import Library
from core.messages import engine_messages
from core.models import ModelFolder, Tower
from core.query import described
from tests.core.test_library import COLOURS, ColourEncoder, Crayons, index, make_model, names, paint


class WordlessEncoder(ColourEncoder):
    """A words' tower that cannot be loaded."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ModelError(engine_messages.NOT_LOADED(name="pastels", error="no words"))


class SomeCrayons(Crayons):
    """Makes the encoders; the words' tower of one model, by its name, cannot be loaded."""

    wordless = ""

    def __call__(self, model: ModelFolder, tower: Tower) -> Encoder:
        if tower == "texts" and model.name == self.wordless:
            return WordlessEncoder(model, tower)
        return super().__call__(model, tower)


@pytest.fixture
def crayons() -> SomeCrayons:
    return SomeCrayons()


@pytest.fixture
def library(tmp_path: Path, crayons: SomeCrayons) -> Iterator[Library]:
    for colour in COLOURS:
        paint(tmp_path / "photos" / f"{colour}.png", colour)
    model = make_model(tmp_path / "crayons")
    with Library.open(tmp_path / "library", model=str(model), make_encoder=crayons) as library:
        library.add_root(tmp_path / "photos")
        index(library)
        yield library


def test_a_model_that_understands_no_words_does_not_follow_another(
    library: Library, crayons: SomeCrayons, tmp_path: Path
) -> None:
    """It sees no photo, and what answered goes on answering, however the model was chosen."""
    library.close()
    crayons.wordless = "pastels"
    with Library.open(library.folder, model=str(make_model(tmp_path / "pastels")), make_encoder=crayons) as changed:
        with pytest.raises(ModelError) as told:
            index(changed)
        assert told.value.message.code == engine_messages.NOT_LOADED.code and crayons.pictures == 3
    with Library.open(library.folder, make_encoder=crayons, write=False) as asked:
        assert names(asked, "red")[0] == "red.png"
    crayons.wordless = ""
    with Library.open(library.folder, make_encoder=crayons) as changed:
        index(changed)
        assert changed.find(described("red")).model.startswith("pastels@")


def test_a_model_that_knows_all_photos_and_no_words_is_not_gone_back_to(
    library: Library, crayons: SomeCrayons, tmp_path: Path
) -> None:
    library.models.use(str(make_model(tmp_path / "pastels")))
    index(library)
    library.close()
    crayons.wordless = "crayons"
    with Library.open(library.folder, make_encoder=crayons) as changed:
        with pytest.raises(ModelError):
            changed.models.use(str(tmp_path / "crayons"))
        assert changed.status().model == "pastels" and names(changed, "red")[0] == "red.png"

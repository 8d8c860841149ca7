"""A title, caption or tag of the user's own finds its photo by plain words."""

from __future__ import annotations

from pathlib import Path

from core.library import Library
from core.query import described
from core.results import Reason
from core.user_records import TextKind
from tests.core.test_library import crayons, index, library, names, photos

__all__ = ["crayons", "library", "photos"]


def test_words_that_the_user_wrote_find_the_photo(library: Library, photos: Path) -> None:
    library.add_root(photos)
    index(library)
    found = (library.photo(hit.content_id) for hit in library.find(described("red")).hits)
    of = {photo.place.path.stem: photo.fingerprint for photo in found if photo is not None}
    said = library.user_data
    said.texts.put(TextKind.TITLE, {of["deep 🌊"]: "A green pier"})
    assert names(library, "green")[0] == "deep 🌊.png"
    assert Reason.DESCRIPTION in library.find(described("green")).hits[0].reasons
    said.texts.put(TextKind.TITLE, {of["deep 🌊"]: None})
    assert names(library, "green")[0] == "草地.png"
    said.tags.add("Green", [of["a red door"]])
    assert names(library, "green")[0] == "a red door.jpg"
    said.tags.rename("Green", "Blue")
    assert names(library, "green")[0] == "草地.png" and names(library, "blue")[0] == "a red door.jpg"
    said.tags.delete("blue")
    assert names(library, "blue")[0] == "deep 🌊.png"

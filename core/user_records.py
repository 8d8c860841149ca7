"""What the user said of photos, as values: they go into and come out of `core.user_data`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_RATING = 5


class TextKind(StrEnum):
    """What is written of a photo: fields of `core.photo.Facts` and of `Marks`."""

    TITLE = "title"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Marks:
    """What the user said of one photo.

    Attributes:
        rating: None while it was never rated here; 0 takes the file's own away.
        turned: by how many quarters clockwise it is to be shown, 0 to 3.
        title, caption: None while none was written here; "" takes the file's own away.
    """

    favourite: bool = False
    rating: int | None = None
    tags: tuple[str, ...] = ()
    turned: int = 0
    title: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was said of a photo both here and by another program, and does not count since the other is newer.

    Attributes:
        field: "rating", "title" or "caption".
        said: what does not count; "" is that nothing is said.
        was_here: whether it was said here.
    """

    field: str
    said: str
    was_here: bool


@dataclass(frozen=True, slots=True)
class Album:
    """An album. As `core.user_data` counts them, its `photos` are also those that are not in the library now."""

    album_id: int
    name: str
    photos: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, and how many photos have it."""

    name: str
    photos: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A question in its text form, under a name."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer that is not asked for again: `kind` is the question, `answer` what was chosen, for these photos.

    "Keep all of these duplicates" has the photos of the group; a hint that is not to be shown again has none.
    """

    kind: str
    answer: str
    fingerprints: frozenset[bytes] = frozenset()

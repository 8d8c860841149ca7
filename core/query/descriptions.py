"""What each field is called and takes, for people: the help page, the menu of facts and the completion show it.

The English is the source that the window's translations are found by, as in `core.messages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.query.fields import ALL, LIKE, ORDER, Field

LISTED = (*ALL, LIKE, ORDER)
"""Every field, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Description:
    """A field in words.

    Attributes:
        title: what the fact is called.
        about: what is asked for, in a few words.
        examples: values as they are written, in any language.
    """

    title: str
    about: str
    examples: tuple[str, ...] = ()


DESCRIPTIONS: Mapping[str, Description] = {
    "date": Description(
        "Date",
        "when the photo was taken",
        ("2019-05-03", "2019-05", "2019..2021", "may", "last-week", "last-summer", "去年夏天"),
    ),
    "year": Description("Year", "in which year", ("2019", "2019..2021", "last-year", "去年")),
    "month": Description("Month", "in which month, of whatever year", ("5", "may", "五月")),
    "before": Description("Before", "earlier than that day", ("2019-05-03", "last-summer")),
    "after": Description("After", "that day or later", ("2019-05-03", "3-years-ago")),
    "in": Description("Folder", "in a folder, by name or path, and below it", ("Lyon", '"Old scans"')),
    "name": Description("File name", "a part of the file’s name; with * the whole", ("IMG_20", "*.png")),
    "camera": Description("Camera", "a part of its make or model", ("nikon", '"Canon R5"')),
    "lens": Description("Lens", "a part of its name", ("50mm",)),
    "type": Description("Type", "what kind of file it is", ("jpeg", "raw", "heic|avif")),
    "shape": Description("Shape", "lying, standing or square", ("landscape", "portrait", "square")),
    "width": Description("Width", "in pixels", (">=4000",)),
    "height": Description("Height", "in pixels", (">=3000",)),
    "size": Description("File size", "how large the file is", (">2mb", "<300kb")),
    "mp": Description("Megapixels", "how many there are", ("12", ">=20")),
    "place": Description("Place", "where it was taken", ("48.85,2.35~10km",)),
    "rating": Description("Rating", "how many stars it has", ("5", ">=4")),
    "album": Description("Album", "in an album of yours", ("Lyon", '"Best of 2024"')),
    "tag": Description("Tag", "has a tag of yours", ("family",)),
    "is": Description("State", "what is true of the photo", ("favourite", "raw", "offline", "duplicate")),
    "like": Description("Looks like", "a photo of the library, or any picture file", ("photo.jpg",)),
    "order": Description("Order", "how the answer is ordered", ("newest", "oldest", "rating")),
}
"""Every field by its name."""


def described(field: Field) -> Description:
    """Return a field in words."""
    return DESCRIPTIONS.get(field.name) or Description(field.name, "")


def templates() -> Iterator[str]:
    """Yield every sentence of this file."""
    for one in DESCRIPTIONS.values():
        yield from (one.title, one.about)

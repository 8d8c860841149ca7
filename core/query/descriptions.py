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
    "weekday": Description("Weekday", "on which day of the week", ("saturday", "weekend", "周六")),
    "time": Description("Time", "at what time of the day", ("18:30", "18..22", "morning", "晚上")),
    "before": Description("Before", "earlier than that day", ("2019-05-03", "last-summer")),
    "after": Description("After", "that day or later", ("2019-05-03", "3-years-ago")),
    "in": Description("Folder", "in a folder, by name or path, and below it", ("Lyon", '"Old scans"')),
    "name": Description("File name", "a part of the file’s name; with * the whole", ("IMG_20", "*.png")),
    "camera": Description("Camera", "a part of its make or model", ("nikon", '"Canon R5"')),
    "lens": Description("Lens", "a part of its name", ("50mm",)),
    "type": Description("Type", "what kind of file it is", ("jpeg", "raw", "heic|avif", "screenshot")),
    "shape": Description("Shape", "lying, standing or square", ("landscape", "portrait", "square")),
    "width": Description("Width", "in pixels", (">=4000",)),
    "height": Description("Height", "in pixels", (">=3000",)),
    "size": Description("File size", "how large the file is", (">2mb", "<300kb")),
    "mp": Description("Megapixels", "how many there are", ("12", ">=20")),
    "iso": Description("ISO", "how sensitive the camera was", ("400", ">=1600")),
    "f": Description("Aperture", "the f-number", ("2.8", "<=2")),
    "exposure": Description("Exposure", "how long, in seconds", ("1/250", ">=1")),
    "focal": Description("Focal length", "in millimetres", ("50", "24..35")),
    "title": Description("Title", "a part of the title", ("harbour",)),
    "caption": Description("Caption", "a part of the caption", ("grandma",)),
    "keyword": Description("Keyword", "a keyword that the file has", ("family", "trip*")),
    "software": Description("Software", "a part of the program’s name", ("lightroom",)),
    "altitude": Description("Altitude", "in metres", (">2000", "0..100m")),
    "place": Description(
        "Place",
        "in a town, region or country, or around one or around a position",
        ("Paris", "巴黎", '"Paris, Texas"', "Bavaria", "法国", "Paris~10km", "48.85,2.35~10km"),
    ),
    "rating": Description("Rating", "how many stars it has", ("5", ">=4")),
    "text": Description(
        "Text", "words in the picture, or in its title, caption and keywords", ("receipt", '"hardware store"', "收据")
    ),
    "has": Description("Has", "what can be seen in the photo", ("text",)),
    "album": Description("Album", "in an album of yours", ("Lyon", '"Best of 2024"')),
    "tag": Description("Tag", "a tag of yours, or a keyword", ("family",)),
    "is": Description(
        "State", "what is true of the photo", ("favourite", "raw", "edited", "offline", "duplicate", "screenshot")
    ),
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

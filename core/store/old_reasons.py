"""What the sentences mean that older libraries kept instead of codes. Read once, when such a library is brought up.

The sentences stand here as they were written then, whatever core's messages say now.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.messages import OTHER, Message, Wording, file_reasons, folder_messages

_PLAIN: dict[str, Wording] = {
    "The file is no longer there.": file_reasons.NOT_THERE,
    "Recollect is not allowed to read this file.": file_reasons.NOT_ALLOWED,
    "The link leads in a circle.": file_reasons.LINK_CIRCLE,
    "The drive is not there any more.": file_reasons.DRIVE_GONE,
    "The network drive lost this file while it was read.": file_reasons.DRIVE_LOST_FILE,
    "The network drive did not answer.": file_reasons.DRIVE_SILENT,
    "The drive reported an error while the file was read.": file_reasons.DRIVE_ERROR,
    "The file could not be read (its name is not allowed here).": file_reasons.NAME_NOT_ALLOWED,
    "This is a folder, not a picture.": file_reasons.FOLDER,
    "This is not an ordinary file.": file_reasons.NOT_ORDINARY,
    "The file is empty.": file_reasons.EMPTY,
    "The file was being changed while it was read.": file_reasons.CHANGING,
    "This file is kept online only. It is read once it is on this computer.": file_reasons.ONLINE_ONLY,
    "This is a PDF document, not a picture.": file_reasons.PDF,
    "This is a web page, not a picture.": file_reasons.WEB_PAGE,
    "This is a drawing (SVG), not a photo.": file_reasons.DRAWING,
    "This is a PostScript document, not a picture.": file_reasons.POSTSCRIPT,
    "This is an archive, not a picture.": file_reasons.ARCHIVE,
    "This is a film, not a picture.": file_reasons.FILM,
    "This is not a picture in a format Recollect can read.": file_reasons.UNKNOWN_FORMAT,
    "Camera RAW is not supported by this installation of Recollect.": file_reasons.RAW_NOT_INSTALLED,
    "The picture is damaged and cannot be decoded.": file_reasons.DAMAGED,
    "The picture is damaged, or of a kind Recollect cannot read.": file_reasons.DAMAGED_OR_UNKNOWN,
    "The file ends too early: part of the picture is missing.": file_reasons.TRUNCATED,
    "More than half of this picture is missing from its file.": file_reasons.MOSTLY_MISSING,
    "A part of this picture is too large to decode.": file_reasons.PART_TOO_LARGE,
    "Decoding this picture crashes its decoder; it is probably damaged.": file_reasons.CRASHES_DECODER,
    "This RAW file holds no picture that can be read.": file_reasons.RAW_EMPTY,
    "This RAW file is damaged, or of a camera Recollect does not know.": file_reasons.RAW_UNKNOWN,
    "The model gives no usable answer for this picture.": file_reasons.NO_VECTOR,
    "It is not there: its drive may not be connected, or it was moved.": folder_messages.NOT_THERE,
    "It may not be opened by this user.": folder_messages.NOT_ALLOWED,
    "It is not a folder any more.": folder_messages.NO_FOLDER,
    "Its drive was removed while it was looked at.": folder_messages.DRIVE_REMOVED,
    "It is empty now, and on another disk than before: its drive may not be connected. If you deleted its photos, "
    "remove the folder from the library.": folder_messages.EMPTY_ELSEWHERE,
}


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


_FILLED: tuple[tuple[str, Wording, Callable[[str], str | int | float]], ...] = (
    (r"The file could not be read \((?P<detail>.*)\)\.", file_reasons.UNREADABLE, str),
    (r"This file is (?P<size>[\d,]+) MB; Recollect reads up to (?P<limit>[\d,]+) MB\.", file_reasons.TOO_LARGE, _whole),
    (
        r"This picture has (?P<pixels>[\d,]+) million pixels; Recollect reads up to (?P<limit>[\d,]+) million\.",
        file_reasons.TOO_MANY_PIXELS,
        _whole,
    ),
    (
        r"(?P<name>.+) pictures are not supported by this installation of Recollect\.",
        file_reasons.FORMAT_NOT_INSTALLED,
        str,
    ),
    (
        r"This picture needs more than (?P<limit>\d+\.?\d*) GB of memory to decode\.",
        file_reasons.NEEDS_MEMORY,
        float,
    ),
    (r"Decoding this picture takes longer than (?P<seconds>\d+\.?\d*) seconds\.", file_reasons.NEEDS_TIME, float),
    (
        r"Its drive did not deliver the file within (?P<seconds>\d+\.?\d*) seconds\.",
        file_reasons.DRIVE_SLOW,
        float,
    ),
    (r"It cannot be listed \((?P<detail>.*)\)\.", folder_messages.NOT_LISTED, str),
)


def message_of(sentence: str) -> Message:
    """Return what an older library's sentence means; one that is not known is kept as it is."""
    plain = _PLAIN.get(sentence)
    if plain is not None:
        return plain()
    for pattern, wording, value in _FILLED:
        found = re.fullmatch(pattern, sentence, re.DOTALL)
        if found is not None:
            return wording(**{name: value(text) for name, text in found.groupdict().items()})
    return OTHER(text=sentence)

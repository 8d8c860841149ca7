"""Why a file is no searchable photo, or cannot be shown."""

from __future__ import annotations

from core.messages.message import Wording

# Reading it

NOT_THERE = Wording("file_not_there", "The file is no longer there.")
NOT_ALLOWED = Wording("file_not_allowed", "Recollect is not allowed to read this file.")
LINK_CIRCLE = Wording("file_link_circle", "The link leads in a circle.")
DRIVE_GONE = Wording("file_drive_gone", "The drive is not there any more.")
DRIVE_LOST_FILE = Wording("file_lost_by_drive", "The network drive lost this file while it was read.")
DRIVE_SILENT = Wording("file_drive_silent", "The network drive did not answer.")
DRIVE_ERROR = Wording("file_drive_error", "The drive reported an error while the file was read.")
DRIVE_SLOW = Wording("file_drive_slow", "Its drive did not deliver the file within {seconds} seconds.")
UNREADABLE = Wording("file_unreadable", "The file could not be read ({detail}).")
NAME_NOT_ALLOWED = Wording("file_name_not_allowed", "The file could not be read (its name is not allowed here).")
FOLDER = Wording("file_is_folder", "This is a folder, not a picture.")
NOT_ORDINARY = Wording("file_not_ordinary", "This is not an ordinary file.")
TOO_LARGE = Wording("file_too_large", "This file is {size} MB; Recollect reads up to {limit} MB.")
EMPTY = Wording("file_empty", "The file is empty.")
CHANGING = Wording("file_changing", "The file was being changed while it was read.")
ONLINE_ONLY = Wording("file_online_only", "This file is kept online only. It is read once it is on this computer.")

# Moving it

NOT_TRASHED = Wording("file_not_trashed", "“{name}” could not be moved to the trash.", "{reason}")
NOT_MOVED = Wording("file_not_moved", "“{name}” could not be moved to “{folder}”.", "{reason}")
NOT_PUT_BACK = Wording("file_not_put_back", "“{name}” could not be put back from the trash.")

STAYS_ON_READ_ONLY_DRIVE = Wording("file_stays_on_read_only_drive", "Its drive can be read, but not written to.")
STAYS_IN_FOLDER = Wording(
    "file_stays_in_folder",
    "You may not change the folder it is in: its permissions, or whoever looks after it, decide that.",
)
STAYS_IN_USE = Wording("file_stays_in_use", "Another program has it open: close it there, and try again.")
STAYS_OUT = Wording("file_stays_out", "You may not write to the folder it is to go to: choose another.")
STAYS_FOR_ROOM = Wording("file_stays_for_room", "There is no room left where it is to go: make some, and try again.")
STAYS_FOR_TRASH = Wording(
    "file_stays_for_trash", "Its drive may have no trash, or no room in it: your file manager can delete it there."
)
STAYS_AS_CHANGED = Wording(
    "file_stays_as_changed", "It, or what was to be kept in its place, is not what it was when Recollect looked at it."
)
STAYS = Wording("file_stays", "The system says: {detail}.")

# Writing into it

NOT_TURNED = Wording(
    "file_not_turned",
    "“{name}” could not be turned in its file: it is no JPEG, has changed, or is not within reach. It is as it was.",
)
NOT_WRITTEN_TO = Wording("file_not_written_to", "“{name}” may not be written to. It is as it was.")

# Writing beside it

SIDECAR_NOT_WRITTEN = Wording("sidecar_not_written", "Nothing could be written beside “{name}” ({detail}).")
SIDECAR_UNREADABLE = Wording("sidecar_unreadable", "Its XMP file cannot be read, and is left as it is.")

# What it is

PDF = Wording("file_is_pdf", "This is a PDF document, not a picture.")
WEB_PAGE = Wording("file_is_web_page", "This is a web page, not a picture.")
DRAWING = Wording("file_is_drawing", "This is a drawing (SVG), not a photo.")
POSTSCRIPT = Wording("file_is_postscript", "This is a PostScript document, not a picture.")
ARCHIVE = Wording("file_is_archive", "This is an archive, not a picture.")
FILM = Wording("file_is_film", "This is a film, not a picture.")
UNKNOWN_FORMAT = Wording("file_format_unknown", "This is not a picture in a format Recollect can read.")
FORMAT_NOT_INSTALLED = Wording(
    "file_format_not_installed", "{name} pictures are not supported by this installation of Recollect."
)
RAW_NOT_INSTALLED = Wording("file_raw_not_installed", "Camera RAW is not supported by this installation of Recollect.")

# Decoding it

DAMAGED = Wording("picture_damaged", "The picture is damaged and cannot be decoded.")
DAMAGED_OR_UNKNOWN = Wording(
    "picture_damaged_or_unknown", "The picture is damaged, or of a kind Recollect cannot read."
)
TRUNCATED = Wording("picture_truncated", "The file ends too early: part of the picture is missing.")
MOSTLY_MISSING = Wording("picture_mostly_missing", "More than half of this picture is missing from its file.")
TOO_MANY_PIXELS = Wording(
    "picture_too_many_pixels",
    "This picture has {pixels} million pixels; Recollect reads up to {limit} million.",
)
PART_TOO_LARGE = Wording("picture_part_too_large", "A part of this picture is too large to decode.")
NEEDS_MEMORY = Wording("picture_needs_memory", "This picture needs more than {limit} GB of memory to decode.")
NEEDS_TIME = Wording("picture_needs_time", "Decoding this picture takes longer than {seconds} seconds.")
CRASHES_DECODER = Wording(
    "picture_crashes_decoder", "Decoding this picture crashes its decoder; it is probably damaged."
)
RAW_EMPTY = Wording("raw_without_picture", "This RAW file holds no picture that can be read.")
RAW_UNKNOWN = Wording("raw_unknown", "This RAW file is damaged, or of a camera Recollect does not know.")

# Embedding and showing it

UNEXPECTED = Wording("file_unexpected", "Something unexpected happened with this file ({kind}).")
NO_VECTOR = Wording("picture_without_vector", "The model gives no usable answer for this picture.")
PREVIEW_STOPPED = Wording("preview_stopped", "The preview was stopped.")

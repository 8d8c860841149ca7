"""Why a library cannot be backed up, restored or exported as asked."""

from __future__ import annotations

from core.messages.message import Wording

FILE_EXISTS = Wording("file_exists", "There is a file “{path}” already.", "Name one that is not there yet.")
NO_FOLDER = Wording("export_no_folder", "There is no folder “{folder}”.", "Make it first, or name another one.")
NO_BACKUP = Wording(
    "no_backup",
    "“{path}” is no backup of a library, or a damaged one ({detail}).",
    "Nothing was changed. Choose another backup.",
)
NOTHING_TO_BACK_UP = Wording("nothing_to_back_up", "There is no library in “{folder}”.", "There is nothing to back up.")
FOLDER_TAKEN = Wording(
    "move_folder_taken", "The folder “{folder}” holds something already.", "Choose a new or an empty folder."
)
MOVED_ONTO_DRIVE = Wording("move_onto_drive", "“{folder}” is all of a drive.", "Choose a new folder on it.")
MOVED_INTO_ITSELF = Wording(
    "move_into_itself", "“{folder}” lies inside the library's own folder.", "Choose a folder elsewhere."
)
COPY_DIFFERS = Wording(
    "copy_differs",
    "The copy is not what was copied: {table} has {found} rows in place of {wanted}, or others.",
    "Run the same command once more. The library that was copied is as it was.",
)

"""Why a folder is offline, what a look at it could not see, what watching it lacks, why it cannot be added."""

from __future__ import annotations

from core.messages.message import Wording

# Offline

NOT_THERE = Wording("folder_not_there", "It is not there: its drive may not be connected, or it was moved.")
NOT_ALLOWED = Wording("folder_not_allowed", "It may not be opened by this user.")
NO_FOLDER = Wording("folder_no_folder", "It is not a folder any more.")
NOT_LISTED = Wording("folder_not_listed", "It cannot be listed ({detail}).")
DRIVE_REMOVED = Wording("folder_drive_removed", "Its drive was removed while it was looked at.")
NOT_ANSWERING = Wording("folder_not_answering", "Its drive does not answer.")
EMPTY_ELSEWHERE = Wording(
    "folder_empty_elsewhere",
    "It is empty now, and on another disk than before: its drive may not be connected. If you deleted its photos, "
    "remove the folder from the library.",
)
NOT_HERE = Wording(
    "folder_not_here",
    "It is not known where it lies on this computer. If this computer reaches it, say where, or add it here: it is "
    "recognised, and nothing is read again.",
)

DRIVE_SILENT = Wording(
    "drive_silent",
    "The drive of “{path}” does not answer.",
    "Check that it is connected, or that the computer it is in can be reached, and try again.",
)

DRIVE_ABSENT = Wording(
    "drive_absent",
    "The drive of “{folder}” is not connected.",
    "Connect it and try again. If that folder is to lie on another disk, make it first.",
)

# Notes of a look

PART_NOT_OPENED = Wording(
    "folder_part_not_opened", "“{folder}” cannot be opened; the photos known in it stay as they are."
)
PARTS_NOT_OPENED = Wording(
    "folder_parts_not_opened",
    "{count} folders cannot be opened, “{first}” first; the photos known in them stay as they are.",
)
LINK_NOT_CONNECTED = Wording(
    "folder_link_not_connected",
    "“{link}” leads to what is not connected now; the photos known in it stay as they are.",
)

# Notes of the watcher

WATCH_REMOTE = Wording(
    "watch_remote",
    "“{path}” is on a network drive, which does not tell of changes: Recollect looks every {minutes} minutes.",
)
WATCH_EXHAUSTED = Wording(
    "watch_exhausted",
    "Some changes in “{path}” are noticed up to {minutes} minutes late: the system watches no more folders. To raise "
    "its limit: sudo sysctl fs.inotify.max_user_watches=1048576",
)
WATCH_WATCHERS = Wording(
    "watch_watchers",
    "Changes in “{path}” are noticed up to {minutes} minutes late: the system lets no more programs watch folders. To "
    "raise its limit: sudo sysctl fs.inotify.max_user_instances=1024",
)
WATCH_IMPOSSIBLE = Wording(
    "watch_impossible", "The system cannot watch “{path}”: Recollect looks every {minutes} minutes."
)

# Adding and removing

ADD_MISSING = Wording(
    "add_folder_missing", "There is no folder “{folder}”.", "Check the spelling, or connect the drive it is on."
)
ADD_NO_FOLDER = Wording("add_folder_no_folder", "“{folder}” is not a folder.", "Add the folder that holds it.")
ADD_NOT_OPENED = Wording(
    "add_folder_not_opened",
    "The folder “{folder}” cannot be opened.",
    "Check that you may read it. On a Mac: System Settings, Privacy & Security, Files and Folders.",
)
ADD_INSIDE = Wording(
    "add_folder_inside",
    "“{folder}” is inside “{other}”, which is in the library already.",
    "Its photos are found with it. To search in this folder only, choose it as the place to search in.",
)
ADD_KNOWN = Wording(
    "add_folder_known",
    "“{folder}” is in the library already.",
    "There is nothing to add: new photos in it are found.",
)
SEARCH_NOT_OURS = Wording(
    "search_folder_not_ours",
    "“{folder}” is no folder of this library, nor inside one.",
    "`recollect folders` lists those that are; add it with `recollect add`, or name another.",
)
REMOVE_UNKNOWN = Wording(
    "remove_folder_unknown", "This folder is not in the library.", "It may have been removed already."
)
REMOVE_NOT_OURS = Wording(
    "remove_folder_not_ours",
    "“{folder}” is not a folder of this library.",
    "`recollect folders` lists those that are; name one of them.",
)

# Storages

STORAGES_OF_SERVERS = Wording(
    "storages_of_servers",
    "The folders of this library lie where they were added.",
    "Only those of a library on a server may lie at another path on each computer.",
)
STORAGE_UNKNOWN = Wording(
    "storage_unknown",
    "There is no one folder “{name}” in this library.",
    "`recollect storage` lists them; name one by its path or its first letters.",
)
STORAGE_OTHER = Wording(
    "storage_other",
    "“{folder}” does not hold the photos of “{storage}”.",
    "Name the folder in which they lie on this computer. Other photos are added as a folder of their own.",
)
STORAGE_TAKEN = Wording(
    "storage_taken",
    "“{folder}” is another folder of this library.",
    "Name the folder in which these photos lie on this computer.",
)

# A folder of thumbnails

THUMBNAILS_NOT_EMPTY = Wording(
    "thumbnails_not_empty",
    "“{folder}” is not empty.",
    "Thumbnails need a folder of their own: make one that every computer reaches.",
)
THUMBNAILS_ELSEWHERE = Wording(
    "thumbnails_elsewhere",
    "The thumbnails of this library are in “{folder}” already.",
    "Name where that folder lies on this computer, or bring them back to the database first.",
)
THUMBNAILS_NOT_WRITTEN = Wording(
    "thumbnails_not_written", "Thumbnails cannot be written to “{folder}”.", "Check that you may write there."
)
THUMBNAILS_OUT_OF_REACH = Wording(
    "thumbnails_out_of_reach",
    "Some thumbnails cannot be read from “{folder}” ({count}).",
    "Connect its drive, or say where that folder lies on this computer.",
)

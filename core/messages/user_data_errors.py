"""What is wrong with the file of favourites, albums and tags, and why it cannot be changed as asked."""

from __future__ import annotations

from core.messages.message import Wording

# Its file

DAMAGED = Wording(
    "user_data_damaged",
    "The file of your favourites, albums and tags, “{path}”, is damaged.",
    "Your photos are not affected, and nothing was overwritten. The newest good copy is “{copy}”: close Recollect and "
    "put it back with `recollect restore` and that path.",
)
DAMAGED_NO_COPY = Wording(
    "user_data_damaged_no_copy",
    "The file of your favourites, albums and tags, “{path}”, is damaged, and there is no good copy.",
    "Your photos are not affected, and nothing was overwritten. Close Recollect and put back a copy of your own, or "
    "move the file away: Recollect then begins without favourites, albums and tags.",
)
NEWER = Wording(
    "user_data_newer",
    "Your favourites, albums and tags were written by a newer version of Recollect.",
    "Update Recollect to open them; nothing was changed.",
)

# What its check finds

CHECK_DATABASE = Wording("check_user_data_damaged", "Your favourites, albums and tags are damaged: {detail}.")
CHECK_DANGLING = Wording(
    "check_user_data_dangling", "{count} rows of your favourites, albums and tags point at something that is gone."
)
CHECK_COPY = Wording(
    "check_user_data_copy",
    "The copy “{path}” of your favourites, albums and tags is damaged; it can be deleted safely.",
)

# Names

NAME_EMPTY = Wording("name_empty", "A name is needed.", "Type at least one letter.")
NAME_TAKEN = Wording("name_taken", "There is “{name}” already.", "Choose another name.")
ALBUM_GONE = Wording("album_gone", "This album is not there any more.", "It may have been removed already.")
SEARCH_UNKNOWN = Wording(
    "saved_search_unknown", "There is no saved search “{name}”.", "`recollect saved list` names those there are."
)

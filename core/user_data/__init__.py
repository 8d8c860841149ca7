"""What the user said of photos, in a database file of its own that outlives the library: `user.sqlite`.

Photos are named by fingerprint, so that nothing here depends on `library.sqlite`: forgetting a photo, changing models
or building the library anew leaves all of it, and a photo that comes back is recognised.

names      names that people give: how they are kept, when two are the same
schema     the tables, as append-only steps
database   the file: opened, read, written and checked
copies     a copy of each day's first start
marks      favourites, ratings, tags
texts      titles and captions, and when anything was said
sidecars   what was written beside photos
albums     albums and their members, in order
saved      saved and recent searches, and decisions that are not asked for again
user_data  all of it together

The values that go in and come out are in `core.user_records`: they cost nothing to import.
"""

from core.user_data.user_data import UserData
from core.user_records import MAX_RATING, Album, Decision, Marks, SavedSearch, Tag, TextKind

__all__ = ["MAX_RATING", "Album", "Decision", "Marks", "SavedSearch", "Tag", "TextKind", "UserData"]

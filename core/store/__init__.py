"""The library on disk: what Recollect remembers, in two SQLite files that any tool can open.

lock         one process writes, any number read
schema       the tables, as append-only steps; a newer library is refused, an older one copied before it changes
connections  how the files are opened; SQLite's errors become sentences here
bulk         one question about many values
copies       a copy of a database in use, verified
records      the values that go in and come out
retention    what is kept of photos that were forgotten lately
writing      one batch of the indexer = one transaction
reading      what a comparison, a search and the window ask
folders      which folders may stand beside which
texts        titles, captions and keywords: rows of their own
sidecars     files beside photos, and whose facts are to be read again
picture_texts  what was read in pictures
word_index   words and pieces of words, and the photos that have them in writing
search_words  text as it is searched: one spelling, cut into words
picture_groups  which photos show the same picture or the same moment
shots        which RAW and JPEG files are of one shot
file_copies  the files of photos, as copies are compared
thumbnails   small pictures in their own file: a cache that can be made again
orphaned_photos  which photos no file holds
fact_cache   facts of all photos in memory; fact_columns and file_columns are what it holds
storages     which folders several computers share, each at its own path
atomic_files  a small file that is written whole
claims       whose work is what, where several programs index at once
checks       does the library hold what it says?
sql          what questions and changes need of a connection, whatever database it leads to
catalog      all of it together, as intentions: the protocol the rest of the program is typed with
store_questions, store_changes  the catalog's methods, over any such connection
store        the catalog in SQLite
"""

from core.store.catalog import Catalog
from core.store.records import (
    Batch,
    ContentState,
    Counts,
    DueFacts,
    Embedded,
    FactsStamp,
    FileStamp,
    Freed,
    KnownFile,
    LinkedFile,
    MovedFile,
    PartVector,
    PendingContent,
    Recorded,
    SkippedStamp,
    TextStamp,
    ThumbnailVector,
    VectorUsage,
)
from core.store.store import Store
from core.store.word_index import Kind, Match, WordHit, best_line, best_lines

__all__ = [
    "Batch",
    "Catalog",
    "ContentState",
    "Counts",
    "DueFacts",
    "Embedded",
    "FactsStamp",
    "FileStamp",
    "Freed",
    "Kind",
    "KnownFile",
    "LinkedFile",
    "Match",
    "MovedFile",
    "PartVector",
    "PendingContent",
    "Recorded",
    "SkippedStamp",
    "Store",
    "TextStamp",
    "ThumbnailVector",
    "VectorUsage",
    "WordHit",
    "best_line",
    "best_lines",
]

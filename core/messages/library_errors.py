"""What is wrong with the library's own files, and why a question to it has no answer."""

from __future__ import annotations

from core.messages.message import Wording

# Its files

OPEN_ELSEWHERE = Wording(
    "library_open_elsewhere",
    "This library is already open in another Recollect.",
    "Close the other window, or wait until it has finished, and try again. Searching from the command line works "
    "meanwhile.",
)
BUSY = Wording(
    "library_busy", "Another program is using the library's database.", "Close it and try again in a moment."
)
NEWER = Wording(
    "library_newer",
    "This library was written by a newer version of Recollect.",
    "Update Recollect to open it; nothing was changed.",
)
MISSING = Wording(
    "library_missing",
    "There is no library in “{folder}”.",
    "If there was one, connect its drive. A new one is made when you add a folder of photos.",
)
MOVED = Wording(
    "library_moved",
    "The library was moved to “{folder}”, which is not there.",
    "Connect its drive and try again. To begin a new library in its old place, remove “{note}”.",
)
GONE = Wording(
    "library_gone",
    "The library's file “{path}” was moved or deleted while Recollect was using it.",
    "Put it back, or start Recollect again: it then builds a new library from your folders.",
)
READ_ONLY = Wording(
    "library_read_only",
    "The library in “{folder}” cannot be written to.",
    "Check that the disk is not write-protected and that you may change files in this folder, or choose another place "
    "for the library.",
)
DISK_FULL = Wording(
    "library_disk_full",
    "The disk that holds the library in “{folder}” is full.",
    "Free some space and start again; everything found so far is kept.",
)
DISK_ERROR = Wording(
    "library_disk_error",
    "The disk that holds the library in “{folder}” reports an error.",
    "Check that it is connected and healthy, then start again.",
)
DAMAGED = Wording(
    "library_damaged",
    "The library's file “{path}” is damaged.",
    "Your photos are not affected. `recollect check --repair` saves what can be read of it; or put back a copy of the "
    "file, or move it away: Recollect then builds a new library from your folders.",
)
NOT_WRITABLE = Wording("library_not_writable", "The library is not open for writing.")
CLOSED = Wording("library_closed", "The library was closed.", "Open it again.")

# A server that holds it

NO_ADDRESS = Wording(
    "server_no_address",
    "“{address}” is no address of a library.",
    "It is written postgresql://USER@HOST/DATABASE, and behind it, if there are several libraries in the database, "
    "?library=NAME in small letters.",
)
SERVER_EXTRA = Wording(
    "server_extra_missing",
    "This installation of Recollect cannot use a library on a server.",
    'Install what it needs with: pip install "recollect[shared]"',
)
SERVER_AWAY = Wording(
    "server_away",
    "The server of the library does not answer.",
    "What was recorded is safe there, and Recollect goes on by itself once it is back. What the connection says: "
    "{detail}",
)
SERVER_SILENT = Wording(
    "server_silent",
    "No server answers at “{address}”.",
    "Check the address and its port (5432 unless another one is written in it), whether PostgreSQL runs there, and "
    "whether a firewall keeps this computer out. What the connection says: {detail}",
)
SERVER_NOT_FOUND = Wording(
    "server_not_found", "There is no server of this name.", "Check how it is written. What the network says: {detail}"
)
SERVER_NOT_SAFE = Wording(
    "server_not_safe",
    "The connection to the server is not as safe as the address asks for.",
    "Check sslmode and sslrootcert in the address, and the server's certificate. What the connection says: {detail}",
)
SERVER_NO_SERVICE = Wording(
    "server_no_service",
    "The service that is named is in no service file of this computer.",
    "Services are written down in ~/.pg_service.conf. What the connection says: {detail}",
)
SERVER_NO_DATABASE = Wording(
    "server_no_database",
    "The server has no such database.",
    "Check its name, or have an administrator make it. What the server says: {detail}",
)
SERVER_PASSWORD = Wording(
    "server_password",
    "The server wants a password, and this computer has none that it takes.",
    "Write it down in ~/.pgpass (Windows: %APPDATA%\\postgresql\\pgpass.conf), as "
    "HOST:PORT:DATABASE:USER:PASSWORD; Recollect itself keeps no passwords.",
)
SERVER_REFUSES = Wording(
    "server_refuses",
    "The server does not let this user in.",
    "Check the user's name, and what its administrator allows in pg_hba.conf. What the server says: {detail}",
)
SERVER_NO_RIGHT = Wording(
    "server_no_right",
    "This user may not look at the library on the server.",
    "An administrator gives the right to: GRANT USAGE ON SCHEMA {schema} and SELECT on its tables.",
)
SERVER_MAY_NOT_MAKE = Wording(
    "server_may_not_make",
    "There is no library in this database yet, and this user may not make one.",
    "An administrator gives the right to: GRANT CREATE ON DATABASE. Or make the library as another user.",
)
NO_VECTOR_TYPE = Wording(
    "server_no_vectors",
    "The database “{address}” has no type for vectors.",
    "An administrator installs pgvector 0.8 or newer and runs in it: CREATE EXTENSION vector",
)
NOT_ON_SERVER = Wording(
    "server_no_library",
    "There is no library in “{address}” that this version of Recollect can read.",
    "Whoever may write to it makes it, or brings it up to date, with: recollect --library ADDRESS index",
)
SERVER_TAKEN = Wording(
    "server_library_taken",
    "There is a library in “{address}” already.",
    "Name another one, with ?library=NAME at the end of the address.",
)
COPY_UNFINISHED = Wording(
    "server_copy_unfinished",
    "The library in “{address}” is a copy that is not finished.",
    "Run the same recollect copy-library once more: it goes on where it was.",
)
SERVER_READ_ONLY = Wording(
    "server_read_only",
    "This user may search the library on the server, but not change it.",
    "Its administrator gives the right to. What the server says: {detail}",
)
SERVER_FULL = Wording(
    "server_full",
    "The disk of the library's server is full.",
    "Its administrator has to make room; everything recorded so far is kept.",
)
ONLY_IN_A_FOLDER = Wording(
    "server_has_no_files",
    "This command is for a library in a folder.",
    "A library on a server is saved and moved by the server's own means (pg_dump, pg_restore).",
)

# What its check finds

CHECK_DATABASE = Wording("check_database_damaged", "The database is damaged: {detail}.")
CHECK_DANGLING = Wording("check_dangling_rows", "{count} rows point at something that does not exist.")
CHECK_OWNERLESS = Wording("check_ownerless_vectors", "{count} vectors belong to no photo.")
CHECK_VECTOR_SIZES = Wording("check_vector_sizes", "{count} vectors do not have the size their model gives.")
CHECK_VECTOR_LENGTHS = Wording("check_vector_lengths", "{count} vectors of “{model}” are not of unit length.")
CHECK_UNEXPLAINED = Wording("check_unexplained_files", "{count} files are neither photos nor listed as skipped.")
CHECK_FILES_TWICE = Wording("check_files_twice", "{count} files are listed twice.")
CHECK_PHOTOS_TWICE = Wording("check_photos_twice", "{count} photos are listed twice.")
CHECK_THUMBNAILS = Wording(
    "check_thumbnails_damaged", "The file of the thumbnails is damaged; it can be deleted safely."
)
CHECK_THUMBNAILS_UNREAD = Wording("check_thumbnails_unread", "The thumbnails cannot be read: {reason}")

# Questions

NOTHING_ASKED = Wording("query_empty", "There is nothing to search for.", "Describe the photo in a few words.")
NOT_SEARCHABLE = Wording(
    "photo_not_searchable", "This photo is not searchable yet.", "Try again when indexing has reached it."
)
TERMS_CANCEL = Wording(
    "query_cancels", "What you add and what you take away leave nothing to search for.", "Take one of them out."
)
PICTURE_UNREADABLE = Wording(
    "query_picture_unreadable", "“{path}” cannot be searched with: {reason}", "Choose another picture."
)

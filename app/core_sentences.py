"""The sentences of core that the user may read, for the translation tools. `app.core_words` uses them.

What stands in braces is a hole for a name or a number. Core need not know of this list: a sentence that is not on
it, or no longer worded like this, is shown in English.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a sentence for the translation tools, which look for this name; Qt's own returns an untyped object."""
    return text


SENTENCES: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("core", "The picture is damaged and cannot be decoded."),
    QT_TRANSLATE_NOOP("core", "This picture needs more than {limit} GB of memory to decode."),
    QT_TRANSLATE_NOOP("core", "This picture is larger than the {limit} million pixels Recollect reads."),
    QT_TRANSLATE_NOOP("core", "The file ends too early: part of the picture is missing."),
    QT_TRANSLATE_NOOP("core", "This is a PDF document, not a picture."),
    QT_TRANSLATE_NOOP("core", "This is a web page, not a picture."),
    QT_TRANSLATE_NOOP("core", "This is a drawing (SVG), not a photo."),
    QT_TRANSLATE_NOOP("core", "This is a PostScript document, not a picture."),
    QT_TRANSLATE_NOOP("core", "This is an archive, not a picture."),
    QT_TRANSLATE_NOOP("core", "This is not a picture in a format Recollect can read."),
    QT_TRANSLATE_NOOP("core", "This is a film, not a picture."),
    QT_TRANSLATE_NOOP("core", "The picture is damaged, or of a kind Recollect cannot read."),
    QT_TRANSLATE_NOOP("core", "This picture has {pixels} million pixels; Recollect reads up to {limit} million."),
    QT_TRANSLATE_NOOP("core", "{name} pictures are not supported by this installation of Recollect."),
    QT_TRANSLATE_NOOP("core", "More than half of this picture is missing from its file."),
    QT_TRANSLATE_NOOP("core", "This RAW file holds no picture that can be read."),
    QT_TRANSLATE_NOOP("core", "Camera RAW is not supported by this installation of Recollect."),
    QT_TRANSLATE_NOOP("core", "The file is no longer there."),
    QT_TRANSLATE_NOOP("core", "Recollect is not allowed to read this file."),
    QT_TRANSLATE_NOOP("core", "The link leads in a circle."),
    QT_TRANSLATE_NOOP("core", "The drive is not there any more."),
    QT_TRANSLATE_NOOP("core", "The network drive lost this file while it was read."),
    QT_TRANSLATE_NOOP("core", "The network drive did not answer."),
    QT_TRANSLATE_NOOP("core", "The drive reported an error while the file was read."),
    QT_TRANSLATE_NOOP("core", "The file could not be read ({detail})."),
    QT_TRANSLATE_NOOP("core", "This is a folder, not a picture."),
    QT_TRANSLATE_NOOP("core", "This is not an ordinary file."),
    QT_TRANSLATE_NOOP("core", "This file is {size}; Recollect reads up to {limit}."),
    QT_TRANSLATE_NOOP("core", "The file is empty."),
    QT_TRANSLATE_NOOP("core", "The file was being changed while it was read."),
    QT_TRANSLATE_NOOP("core", "Its drive did not deliver the file within {seconds} seconds."),
    QT_TRANSLATE_NOOP("core", "Decoding this picture takes longer than {seconds} seconds."),
    QT_TRANSLATE_NOOP("core", "The part of Recollect that reads photos cannot be started."),
    QT_TRANSLATE_NOOP("core", "Restart the computer; if that does not help, install Recollect again."),
    QT_TRANSLATE_NOOP("core", "Decoding this picture crashes its decoder; it is probably damaged."),
    QT_TRANSLATE_NOOP("core", "The model “{name}” could not be loaded."),
    QT_TRANSLATE_NOOP("core", "Download or copy it again, or choose another model. ({error})"),
    QT_TRANSLATE_NOOP("core", "There is not enough memory for the model “{name}”."),
    QT_TRANSLATE_NOOP("core", "Close other programs, or choose a smaller model."),
    QT_TRANSLATE_NOOP("core", "The model “{name}” failed on {device}."),
    QT_TRANSLATE_NOOP("core", "Close other programs that use it, or choose a smaller model. ({error})"),
    QT_TRANSLATE_NOOP("core", "The model “{name}” stopped unexpectedly."),
    QT_TRANSLATE_NOOP(
        "core",
        "It may have run out of memory: close other programs or choose a smaller model, then try again.",
    ),
    QT_TRANSLATE_NOOP("core", "The model was closed."),
    QT_TRANSLATE_NOOP("core", "Open the library again."),
    QT_TRANSLATE_NOOP("core", "Choose another model."),
    QT_TRANSLATE_NOOP("core", "Download or copy the model again."),
    QT_TRANSLATE_NOOP("core", "The model gives no usable answer for this picture."),
    QT_TRANSLATE_NOOP("core", "The model gives no usable answers on this device."),
    QT_TRANSLATE_NOOP("core", "Choose another device or model. Everything found so far is kept."),
    QT_TRANSLATE_NOOP(
        "core",
        "It is empty now, and on another disk than before: its drive may not be connected. If you "
        "deleted its photos, remove the folder from the library.",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "{count} folders cannot be opened, “{first}” first; the photos known in them stay as they are.",
    ),
    QT_TRANSLATE_NOOP("core", "“{folder}” cannot be opened; the photos known in it stay as they are."),
    QT_TRANSLATE_NOOP("core", "The library is not loaded yet."),
    QT_TRANSLATE_NOOP("core", "Try again in a moment."),
    QT_TRANSLATE_NOOP("core", "The library was closed."),
    QT_TRANSLATE_NOOP("core", "Open it again."),
    QT_TRANSLATE_NOOP("core", "The model folder “{path}” has no weights."),
    QT_TRANSLATE_NOOP("core", "There is no model in “{path}”."),
    QT_TRANSLATE_NOOP("core", "There is no model “{name}” on this computer."),
    QT_TRANSLATE_NOOP("core", "Installed models: {known}. Give one of these names, or the path of a model folder."),
    QT_TRANSLATE_NOOP("core", "There is nothing to search for."),
    QT_TRANSLATE_NOOP("core", "Describe the photo in a few words."),
    QT_TRANSLATE_NOOP("core", "It is not there: its drive may not be connected, or it was moved."),
    QT_TRANSLATE_NOOP("core", "It may not be opened by this user."),
    QT_TRANSLATE_NOOP("core", "It is not a folder any more."),
    QT_TRANSLATE_NOOP("core", "Its drive was removed while it was looked at."),
    QT_TRANSLATE_NOOP("core", "This photo is not searchable yet."),
    QT_TRANSLATE_NOOP("core", "Try again when indexing has reached it."),
    QT_TRANSLATE_NOOP("core", "The library in “{folder}” cannot be written to."),
    QT_TRANSLATE_NOOP(
        "core",
        "Check that the disk is not write-protected and that you may change files in this folder, or "
        "choose another place for the library.",
    ),
    QT_TRANSLATE_NOOP("core", "The disk that holds the library in “{folder}” is full."),
    QT_TRANSLATE_NOOP("core", "Free some space and start again; everything found so far is kept."),
    QT_TRANSLATE_NOOP("core", "Another program is using the library's database."),
    QT_TRANSLATE_NOOP("core", "Close it and try again in a moment."),
    QT_TRANSLATE_NOOP("core", "The library's file “{path}” is damaged."),
    QT_TRANSLATE_NOOP(
        "core",
        "Your photos are not affected. Put back a copy of the file, or move it away: Recollect then "
        "builds a new library from your folders.",
    ),
    QT_TRANSLATE_NOOP("core", "The disk that holds the library in “{folder}” reports an error."),
    QT_TRANSLATE_NOOP("core", "Check that it is connected and healthy, then start again."),
    QT_TRANSLATE_NOOP("core", "“{folder}” is in the library already."),
    QT_TRANSLATE_NOOP("core", "There is nothing to add: new photos in it are found."),
    QT_TRANSLATE_NOOP("core", "“{folder}” is inside “{other}”, which is in the library already."),
    QT_TRANSLATE_NOOP(
        "core",
        "Its photos are found with it. To search in this folder only, choose it as the place to search in.",
    ),
    QT_TRANSLATE_NOOP("core", "There is no folder “{folder}”."),
    QT_TRANSLATE_NOOP("core", "Check the spelling, or connect the drive it is on."),
    QT_TRANSLATE_NOOP("core", "“{folder}” is not a folder."),
    QT_TRANSLATE_NOOP("core", "Add the folder that holds it."),
    QT_TRANSLATE_NOOP("core", "The folder “{folder}” cannot be opened."),
    QT_TRANSLATE_NOOP(
        "core",
        "Check that you may read it. On a Mac: System Settings, Privacy & Security, Files and Folders.",
    ),
    QT_TRANSLATE_NOOP("core", "This library is already open in another Recollect."),
    QT_TRANSLATE_NOOP(
        "core",
        "Close the other window, or wait until it has finished, and try again. Searching from the "
        "command line works meanwhile.",
    ),
    QT_TRANSLATE_NOOP("core", "This library was written by a newer version of Recollect."),
    QT_TRANSLATE_NOOP("core", "Update Recollect to open it; nothing was changed."),
    QT_TRANSLATE_NOOP("core", "There is no library in “{folder}”."),
    QT_TRANSLATE_NOOP("core", "Add a folder of photos first: one is made then."),
    QT_TRANSLATE_NOOP("core", "This folder is not in the library."),
    QT_TRANSLATE_NOOP("core", "It may have been removed already."),
    QT_TRANSLATE_NOOP("core", "The file of the thumbnails is damaged; it can be deleted safely."),
    QT_TRANSLATE_NOOP(
        "core",
        "“{path}” is on a network drive, which does not tell of changes: Recollect looks every {minutes} minutes.",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "The system cannot watch all folders in “{path}” (fs.inotify.max_user_watches is used up): "
        "Recollect looks every {minutes} minutes.",
    ),
    QT_TRANSLATE_NOOP("core", "The system cannot watch “{path}”: Recollect looks every {minutes} minutes."),
)

"""What else can go wrong: the settings, starting the processes that read photos, the demo, an evaluation."""

from __future__ import annotations

from core.messages.message import Wording

READERS_NOT_STARTED = Wording(
    "readers_not_started",
    "The part of Recollect that reads photos cannot be started.",
    "Restart the computer; if that does not help, install Recollect again.",
)
NO_TEXT_READER = Wording(
    "no_text_reader",
    "Text in pictures cannot be read by this installation of Recollect.",
    "Install Recollect again; in a checkout: pip install onnxruntime.",
)
SETTINGS_DAMAGED = Wording(
    "settings_damaged",
    "The settings of this computer (proxy, pauses) could not be understood; Recollect goes on without them.",
    "Set them again; what the file held is in “{path}”.",
)
SETTINGS_UNREAD = Wording(
    "settings_unread",
    "The settings of this computer (proxy, pauses) cannot be read; Recollect goes on without them.",
    "Check that you may read “{path}” ({detail}).",
)
NO_SAMPLES = Wording(
    "demo_no_samples",
    "The sample photos are not installed.",
    'They come with: pip install "recollect[demo]" (or `make demo` in a checkout).',
)
NOT_EXPORTED = Wording(
    "not_exported",
    "Nothing more can be written to “{folder}” ({detail}).",
    "Choose another folder, or free some space. What was written is whole.",
)
DEMO_NO_WINDOW = Wording(
    "demo_no_window", "The window did not answer in time.", "Try again when the computer is less busy."
)
DEMO_NOT_WRITTEN = Wording(
    "demo_not_written", "The picture could not be written to {path}.", "Check the disk and its permissions."
)
CAPTIONS_UNREAD = Wording("captions_unread", "The captions in “{path}” cannot be read.", "Check the path: {detail}.")
CAPTIONS_MALFORMED = Wording(
    "captions_malformed",
    "“{path}” is not a list of captions.",
    'It should be JSON: a list of objects, each with a "file" and a list of "captions".',
)
CAPTIONS_EMPTY = Wording("captions_empty", "“{path}” names no photos.", "Give a list with at least one photo.")
CAPTIONS_WITHOUT_PHOTOS = Wording(
    "captions_without_photos",
    "None of the photos could be read.",
    "Check the folder that the captions belong to.",
)

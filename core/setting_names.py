"""The names of what is remembered, for everyone who reads or writes it. Imports nothing."""

# With the library

WANTED_MODEL = "model"
"""The model to embed with: a name in the models folder, or a path."""

ANSWERING_MODEL = "model_answering"
"""The model that had every vector last: it answers until the wanted one has them."""

ANSWERING_KEY = "model_answering_key"
"""The key of its vectors: another one than its present key after an update that brought a better built-in model."""

CALIBRATION_OF = "calibration:"
"""Begins the name of what makes a model's cosines probabilities; the model's build follows."""

FOLDERS_WITHOUT_TEXT = "folders_without_text"
"""Numbers of the folders in whose pictures no text is read."""

WRITE_SIDECARS = "write_sidecars"
"""Whether what the user says of photos is written into XMP files beside them."""

# With this computer: `core.machine_settings`

HUB_MIRROR = "hub_mirror"
"""Address that models are fetched from in place of the usual one."""

HUB_PROXY = "hub_proxy"
"""Proxy that models and the newest version's number are fetched through."""

PAUSE_ON_BATTERY = "pause_on_battery"
"""Whether indexing waits while the computer runs on its battery."""

INDEXING_HOURS = "indexing_hours"
"""Between which hours of the day photos are indexed ("22:00-07:00"); at any time if it is empty."""

INDEXING_SPEED = "indexing_speed"
"""How fast: a name of `core.indexing_settings`."""

LEAVE_TEXT = "leave_text"
"""Whether what is written in pictures is left unread."""

PAUSED = "window.paused"
"""Whether the user paused indexing in the window."""

OF_THE_MACHINE = (HUB_MIRROR, HUB_PROXY, PAUSE_ON_BATTERY, PAUSED)
"""Those that older versions kept with the library."""

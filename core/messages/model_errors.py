"""Why a model cannot be found, read, fetched, imported, moved or removed."""

from __future__ import annotations

from core.messages.message import Wording

_AGAIN = "Download or copy the model again."
_MIRROR = (
    "Check the connection. Where the hub is blocked, set a mirror or a proxy (settings, or the HF_ENDPOINT and "
    "HTTPS_PROXY variables), or import the model from a folder."
)

# Finding and reading it

MISSING = Wording(
    "model_missing",
    "There is no model “{name}” on this computer.",
    "Installed models: {known}. Give one of these names, or the path of a model folder.",
)
NONE_INSTALLED = Wording("model_none_installed", "none")
NOT_LISTED = Wording(
    "model_not_listed",
    "Recollect's list has no model “{name}”.",
    "It offers: {names}. Any other model can be imported from a folder.",
)
NOT_IN_FOLDER = Wording(
    "model_not_in_folder",
    "There is no model in “{path}”.",
    "A model folder holds {config} and its weights; give the name of a model or such a folder.",
)
WITHOUT_WEIGHTS = Wording(
    "model_without_weights",
    "The model folder “{path}” has no weights.",
    "It needs a file named {weights} beside {config}; copy or download the model again.",
)
NEEDS_TORCH = Wording(
    "model_needs_torch",
    "“{name}” needs the full Recollect.",
    "This is the light one, which runs the built-in model, most of those that are offered and models published as ONNX."
    " Install the full Recollect, or choose another model.",
)
CONFIG_DAMAGED = Wording("model_config_damaged", "The model configuration in “{path}” is damaged.", _AGAIN)
CONFIG_INCOMPLETE = Wording("model_config_incomplete", "The model configuration in “{path}” has no model_cfg.", _AGAIN)
CONFIG_UNKNOWN = Wording(
    "model_config_unknown",
    "The model in “{path}” has a configuration Recollect does not understand.",
    "{file} lacks or misstates {part}; download the model again or choose another.",
)

# Fetching it

BUILT_IN = Wording("fetch_built_in", "“{name}” comes with Recollect.", "There is nothing to fetch.")
FETCHED_ALREADY = Wording("fetch_under_way", "“{name}” is being fetched already.", "Wait for it to finish.")
NO_ROOM = Wording(
    "fetch_no_room",
    "The disk has no room for “{name}”: it needs {needed} MB and {free} MB are free.",
    "Free some space, or move the models to another disk.",
)
DISK_RAN_FULL = Wording(
    "fetch_disk_ran_full",
    "The disk ran full while “{name}” was fetched.",
    "Free some space, then fetch it again: it goes on where it was.",
)
NOT_WRITTEN = Wording(
    "fetch_not_written",
    "“{name}” could not be written to the models' folder.",
    "Check that “{folder}” can be written to. ({error})",
)
ARRIVED_DAMAGED = Wording(
    "fetch_arrived_damaged",
    "“{file}” arrived damaged and was thrown away.",
    "Fetch the model again. If it happens again, the mirror or a proxy alters files: use another.",
)
CONNECTION_DROPPED = Wording(
    "fetch_connection_dropped", "The connection dropped ({error}); going on from where it was."
)
CONNECTION_FAILING = Wording(
    "fetch_connection_failing",
    "“{name}” could not be fetched: the connection keeps failing ({error}).",
    f"What has arrived is kept: fetch it again to go on. {_MIRROR}",
)
SERVER_ENDED = Wording("fetch_server_ended", "the server ended too soon")
SERVER_ANSWERED = Wording("fetch_server_answered", "the server answered {status}")
HUB_UNREACHABLE = Wording(
    "fetch_hub_unreachable", "The hub could not be reached to fetch “{repository}” ({error}).", _MIRROR
)
HUB_SIGN_IN = Wording(
    "fetch_hub_sign_in",
    "The hub does not let “{repository}” be fetched without signing in.",
    "Fetch it with your account in a browser or with another tool, then import its folder.",
)
HUB_MISSING = Wording(
    "fetch_hub_missing",
    "The hub has no model “{repository}” any more.",
    "It may have been moved, or the mirror lacks it: try without the mirror, or import it from a folder.",
)
HUB_REFUSED = Wording(
    "fetch_hub_refused",
    "The hub could not serve “{repository}” (answer {status}).",
    f"Try again later. {_MIRROR}",
)
SWITCHED_OFF = Wording(
    "fetch_switched_off",
    "Fetching is switched off by the environment (HF_HUB_OFFLINE).",
    "Unset that variable and try again.",
)
ADDRESS_UNUSABLE = Wording(
    "fetch_address_unusable",
    "“{repository}” cannot be fetched from the address given.",
    "Check the mirror's address in the settings; it begins with https://. ({error})",
)
PROXY_UNUSABLE = Wording(
    "fetch_proxy_unusable", "The proxy's address cannot be used.", "Write it as http://host:port. ({error})"
)
NOT_OPEN_CLIP = Wording(
    "fetch_not_open_clip", "“{name}” is not an open_clip model.", "It has no {file}; choose another model."
)
NO_SAFETENSORS = Wording(
    "fetch_no_safetensors",
    "“{name}” has no weights in the safetensors format.",
    "Other formats can run code and are not loaded. Choose another model.",
)
CONFIG_UNREADABLE = Wording(
    "fetch_config_unreadable",
    "The configuration of “{name}” cannot be read.",
    "Try again, or choose another model.",
)

# Importing it

NOT_SAFETENSORS = Wording(
    "import_not_safetensors",
    "“{file}” is not a whole safetensors file.",
    "Copy or download it again; other formats are not loaded.",
)
NOT_CLIP = Wording(
    "import_not_clip",
    "“{file}” is no CLIP model in open_clip's layout.",
    "Its tensors have other names; get the open_clip version of the model.",
)
NOT_ONNX = Wording(
    "import_not_onnx",
    "“{file}” is not a whole ONNX file.",
    "Copy or download the model again, with its large files.",
)
NO_ARCHITECTURE = Wording(
    "import_no_architecture",
    "There is no architecture “{architecture}” in open_clip.",
    "A checkpoint file needs the name of its architecture, such as ViT-B-32 or ViT-B-16-SigLIP2-256.",
)
NO_OPEN_CLIP = Wording(
    "import_no_open_clip",
    "The light Recollect reads no checkpoint files.",
    "Install the full Recollect, or import a folder with visual/model.onnx and textual/model.onnx.",
)
NEEDS_TOKENIZER = Wording(
    "import_needs_tokenizer",
    "The model “{architecture}” needs its tokenizer.",
    "Put its tokenizer.json and tokenizer_config.json beside “{file}” and import it again.",
)
NAME_NOT_ALLOWED = Wording(
    "import_name_not_allowed",
    "“{name}” cannot be the name of a model.",
    "Give it a name that could be a folder's.",
)
NAME_TAKEN = Wording(
    "import_name_taken",
    "There is a model “{name}” already.",
    "Remove it first, or give this one another name.",
)

# Keeping it

IN_USE = Wording(
    "model_in_use",
    "“{name}” is in use.",
    "Use another model, and wait until it has seen all photos; then this one's knowledge can go.",
)
IN_USE_HERE = Wording(
    "model_in_use_here", "“{name}” is in use.", "Use another first, such as: recollect models use {other}"
)
STAYS = Wording("model_stays", "“{name}” comes with Recollect and stays.", "Choose another model to use instead of it.")
NOT_INSTALLED = Wording(
    "model_not_installed",
    "There is no model “{name}” to remove.",
    "`recollect models list` names those installed.",
)
NOT_REMOVED = Wording(
    "model_not_removed",
    "“{name}” could not be removed completely.",
    "Close programs that use it and try again. ({error})",
)
FOLDER_ABSENT = Wording(
    "models_folder_absent",
    "The models folder “{folder}” is not there now.",
    "Connect the drive it is on, or choose another folder in Settings › Models › Advanced.",
)
FOLDER_TAKEN = Wording("models_folder_taken", "“{folder}” holds a “{name}” already.", "Choose an empty folder.")
ALL_MODELS = Wording("models_all", "the models")
FOLDER_FULL = Wording("models_disk_full", "The disk has no room for {name}.", "Free some space and try again.")
FOLDER_NOT_CHANGED = Wording(
    "models_folder_not_changed",
    "The models' folder cannot be changed ({error}).",
    "Check that it and the model can be read and written to.",
)

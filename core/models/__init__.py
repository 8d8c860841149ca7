"""Models as files: what is offered, how it is fetched or imported, what a model folder says of itself.

    catalogue ──► fetch (through hub) ──► FOLDER.partial ──checked, renamed──► models/NAME ──► locate, folder
                  install (from a folder or a file) ──┘

Nothing here imports torch: the configuration alone tells the decoder which pixels to prepare and the store which
vectors it will get, long before the weights are loaded. Nothing touches the network but `fetch`, when it is called.
"""

from core.models.catalogue import CatalogueEntry, find_entry, model_titles, read_catalogue, recommend
from core.models.earlier import earlier_model
from core.models.folder import ModelFolder, Origin, read_model_folder, read_origin
from core.models.locate import STARTER, converted_folder, find_model, installed_models, lasting_name, models_folder
from core.models.networks import TOWERS, Tower
from core.models.runnable import has_torch, require_runnable, require_torch, runs_here

__all__ = [
    "STARTER",
    "TOWERS",
    "CatalogueEntry",
    "ModelFolder",
    "Origin",
    "Tower",
    "converted_folder",
    "earlier_model",
    "find_entry",
    "find_model",
    "has_torch",
    "installed_models",
    "lasting_name",
    "model_titles",
    "models_folder",
    "read_catalogue",
    "read_model_folder",
    "read_origin",
    "recommend",
    "require_runnable",
    "require_torch",
    "runs_here",
]

"""Models as files: what a model folder says of itself, where models lie, how one is named.

Nothing here imports torch: the configuration alone tells the decoder which pixels to prepare and the store which
vectors it will get, long before the weights are loaded.
"""

from core.models.folder import ModelFolder, read_model_folder
from core.models.locate import STARTER, find_model, installed_models

__all__ = ["STARTER", "ModelFolder", "find_model", "installed_models", "read_model_folder"]

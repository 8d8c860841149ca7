"""Where models lie and how one is named: the built-in one, those fetched into the library, any folder given."""

from __future__ import annotations

from pathlib import Path

from core import paths
from core.errors import ModelMissing
from core.models.folder import CONFIG, ModelFolder, read_model_folder

STARTER = "recollect-starter"
"""Name of the model that comes with the program."""


def find_model(name: str, models: Path) -> ModelFolder:
    """Return the model called `name`: a folder's path, a model fetched into `models`, or the built-in one.

    Raises:
        ModelMissing: if there is none.
        ModelError: if it is there and cannot be understood.
    """
    for folder in (models / name, _built_in() / name, Path(name).expanduser()):
        if (folder / CONFIG).is_file():
            return read_model_folder(folder.resolve())
    known = ", ".join(model.name for model in installed_models(models)) or "none"
    raise ModelMissing(
        f"There is no model “{name}” on this computer.",
        f"Installed models: {known}. Give one of these names, or the path of a model folder.",
    )


def installed_models(models: Path) -> tuple[ModelFolder, ...]:
    """Return the models that can be used at once, the built-in one first; damaged folders are left out."""
    found: list[ModelFolder] = []
    for place in (_built_in(), models):
        for config in sorted(place.glob(f"*/{CONFIG}")):
            try:
                found.append(read_model_folder(config.parent))
            except (ModelMissing, OSError):
                continue
    return tuple(found)


def _built_in() -> Path:
    return paths.resources() / "models"

"""Where models lie and how one is named: the built-in one, those fetched into the library, any folder given."""

from __future__ import annotations

import errno
from pathlib import Path

from core import paths
from core.errors import ModelError, ModelMissing
from core.messages import model_errors
from core.models.folder import CONFIG, ModelFolder, holds_model, read_model_folder
from core.small_files import read_small

STARTER = "recollect-starter"
"""Name of the model that comes with the program."""

PARTIAL = ".partial"
"""Ending of a folder in which a model is being gathered; it is no model until it is renamed."""

CONVERTED = "converted"
"""In the models folder: towers in the form of other engines, made from the models and never needed to keep."""

LOCATION = "location.txt"
"""In the library's own models folder: the path of another folder where the models were moved to."""


def find_model(name: str, models: Path) -> ModelFolder:
    """Return the model called `name`: a folder's path, a model fetched into `models`, or the built-in one.

    Raises:
        ModelMissing: if there is none.
        ModelError: if it is there and cannot be understood.
    """
    for folder in (models_folder(models) / name, built_in_models() / name, _given(name)):
        if folder.suffix != PARTIAL and _can_be(folder / CONFIG) and holds_model(folder):
            return read_model_folder(folder.resolve())
    known = ", ".join(model.name for model in installed_models(models)) or model_errors.NONE_INSTALLED()
    raise ModelMissing(model_errors.MISSING(name=name, known=known))


def lasting_name(model: ModelFolder, models: Path) -> str:
    """Return what names a model from now on: its name if that finds it again, else its folder."""
    try:
        return model.name if find_model(model.name, models).path == model.path else str(model.path)
    except ModelError:
        return str(model.path)


def installed_models(models: Path) -> tuple[ModelFolder, ...]:
    """Return the models that can be used at once, the built-in one first; damaged folders are left out."""
    found: list[ModelFolder] = []
    for place in (built_in_models(), models_folder(models)):
        for folder in sorted(place.glob("*/")):
            if folder.suffix == PARTIAL or folder.name == CONVERTED or not holds_model(folder):
                continue
            try:
                found.append(read_model_folder(folder))
            except (ModelError, OSError):
                continue
    return tuple(found)


def models_folder(models: Path) -> Path:
    """Return where the models of a library are: in `models`, or where the user moved them.

    The note of that is a file people can reach: one that is empty or names no path counts as none.
    """
    try:
        noted = read_small(models / LOCATION).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return models
    return Path(noted) if Path(noted).is_absolute() and _can_be(Path(noted)) else models


def _given(name: str) -> Path:
    try:
        return paths.at_home(name)
    except RuntimeError:  # ~ and a name that no user has
        return Path(name)


def _can_be(path: Path) -> bool:
    """Tell whether something may have this path, now or once its drive is connected."""
    try:
        path.stat()
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    except ValueError:  # a zero byte, or half a character
        return False
    return True


def writable_models_folder(models: Path) -> Path:
    """Return the same to write into.

    Raises:
        ModelError: if the drive they were moved to is not connected; the folder must not be made in its place.
    """
    folder = models_folder(models)
    if folder != models and not folder.is_dir():
        raise ModelError(model_errors.FOLDER_ABSENT(folder=folder))
    return folder


def converted_folder(models: Path) -> Path:
    """Return where models converted for a faster engine are kept: a cache, by the key of their vectors.

    With the models, or with the library while the drive the models were moved to is not connected.
    """
    folder = models_folder(models)
    return (folder if folder.is_dir() else models) / CONVERTED


def built_in_models() -> Path:
    """Return the folder of the models that come with the program."""
    return paths.resources() / "models"

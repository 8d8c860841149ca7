"""Models from elsewhere: imported from a folder or a file, removed, moved to another disk.

As with fetching, a model is gathered in a `.partial` folder and renamed when it is complete.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import importlib.util
import json
import os
import shutil
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, cast

from core.errors import DiskFull, ModelError, ModelMissing
from core.messages import Message, model_errors
from core.models import onnx_layout
from core.models.folder import CONFIG, OPENAI_MEAN, OPENAI_STD, WEIGHTS, ModelFolder, holds_model, read_model_folder
from core.models.locate import (
    CONVERTED,
    LOCATION,
    PARTIAL,
    STARTER,
    built_in_models,
    converted_folder,
    models_folder,
    writable_models_folder,
)
from core.models.runnable import has_torch, require_runnable
from core.paths import at_home

_BESIDE = (".json", ".txt", ".md", ".model")
_BESIDE_BYTES = 64 << 20
_HEADER_BYTES = 100 << 20  # the most that the safetensors format allows

_HALF = (0.5, 0.5, 0.5)
_FAMILIES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("SigLIP", {"mean": _HALF, "std": _HALF, "interpolation": "bicubic", "resize_mode": "squash"}),
    ("PE-Core", {"mean": _HALF, "std": _HALF, "interpolation": "bilinear", "resize_mode": "squash"}),
    ("MobileCLIP2-S3", {"mean": OPENAI_MEAN, "std": OPENAI_STD, "interpolation": "bilinear"}),
    ("MobileCLIP2-S4", {"mean": OPENAI_MEAN, "std": OPENAI_STD, "interpolation": "bilinear"}),
    ("MobileCLIP2-L-14", {"mean": OPENAI_MEAN, "std": OPENAI_STD, "interpolation": "bilinear"}),
    ("MobileCLIP", {"mean": (0.0,) * 3, "std": (1.0,) * 3, "interpolation": "bilinear"}),
    ("", {"mean": OPENAI_MEAN, "std": OPENAI_STD, "interpolation": "bicubic", "resize_mode": "shortest"}),
)
"""Preprocessing by architecture, first match; a checkpoint file does not carry it (open_clip/pretrained.py)."""

_LENGTH_BYTES = 8
"""At the beginning of a safetensors file: how long its header is (https://github.com/huggingface/safetensors#format)."""


def import_model(source: Path, models: Path, *, architecture: str = "", name: str = "") -> ModelFolder:
    """Take a model into the folder `models`; its large files are linked where the disk allows it, else copied.

    Args:
        source: a folder in open_clip's layout or of published ONNX towers, or a safetensors checkpoint.
        models: the library's models folder.
        architecture: open_clip's name of it, for a checkpoint file.
        name: what to call it; the folder's or the architecture's name if empty.

    Raises:
        ModelMissing: if there is no model at `source`.
        ModelError: if it is not one that Recollect can use, or the name is taken.
        DiskFull: if there is no room for it.
    """
    models = writable_models_folder(models)
    source = at_home(source).absolute()
    is_file = source.is_file()
    name = name or (architecture if is_file else source.name)
    _require_free_name(name, models)
    partial = models / (name + PARTIAL)
    with _in_plain_words(name):
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            if is_file:
                _gather_file(source, partial, architecture)
            else:
                _gather_folder(read_model_folder(source), partial)
            taken = read_model_folder(partial)
            _require_whole(taken)
            require_runnable(taken)
            partial.replace(models / name)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return read_model_folder(models / name)


def remove_model(name: str, models: Path) -> None:
    """Delete an installed model's files. Its vectors stay in the library until they are removed there.

    Raises:
        ModelMissing: if no such model is in `models`.
        ModelError: if it is the built-in one, or its files cannot be deleted.
    """
    folder = models_folder(models) / name
    if name == STARTER or ((built_in_models() / name).is_dir() and not folder.is_dir()):
        raise ModelError(model_errors.STAYS(name=name))
    if not name or Path(name).name != name or not holds_model(folder):
        raise ModelMissing(model_errors.NOT_INSTALLED(name=name))
    doomed = folder.with_name(name + PARTIAL)
    try:
        shutil.rmtree(doomed, ignore_errors=True)
        folder.replace(doomed)  # no half-deleted folder is ever taken for a model
        shutil.rmtree(doomed)
        for made in converted_folder(models).glob(f"{glob.escape(name)}@*"):
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise ModelError(model_errors.NOT_REMOVED(name=name, error=str(error))) from error


def move_models(models: Path, target: Path) -> None:
    """Move the models of a library into the folder `target`, and remember it. Nothing is lost if it fails midway.

    Args:
        models: the library's own models folder, which keeps a note of where they are; giving it as `target`
            brings them back.

    Raises:
        ModelError: if the target cannot be written to or holds a model of the same name.
        DiskFull: if there is no room there.
    """
    source, target = models_folder(models), at_home(target).absolute()
    if source == target:
        return
    folders = [
        folder
        for folder in (source.iterdir() if source.is_dir() else ())
        if folder.is_dir() and folder.name != CONVERTED
    ]
    for folder in folders:
        if (target / folder.name).exists():
            raise ModelError(model_errors.FOLDER_TAKEN(folder=target, name=folder.name))
    with _in_plain_words(model_errors.ALL_MODELS()):
        target.mkdir(parents=True, exist_ok=True)
        models.mkdir(parents=True, exist_ok=True)
        for folder in folders:
            if folder.suffix != PARTIAL:
                _copy_whole(folder, target)
        _remember(models, target)
        for folder in (*folders, source / CONVERTED):  # what was converted is made again when it is wanted
            shutil.rmtree(folder, ignore_errors=True)


def architectures() -> tuple[str, ...]:
    """Return the names of the architectures open_clip knows, without importing it; none in the light build."""
    if not has_torch():
        return ()
    return tuple(sorted(file.stem for file in _architecture_folder().glob("*.json")))


def architecture_config(architecture: str) -> dict[str, Any]:
    """Return the content of open_clip_config.json for a checkpoint of that architecture.

    Raises:
        ModelMissing: if open_clip has no such architecture.
    """
    file = _architecture_folder() / f"{architecture}.json"
    if not architecture or not file.is_file():
        raise ModelMissing(model_errors.NO_ARCHITECTURE(architecture=architecture))
    preprocess = next(values for start, values in _FAMILIES if start in architecture)
    return {"model_cfg": json.loads(file.read_text(encoding="utf-8")), "preprocess_cfg": dict(preprocess)}


def require_safetensors(weights: Path) -> None:
    """Check that a file is a whole safetensors file of a CLIP model, by its header alone.

    Raises:
        ModelError: if it is not.
    """
    damaged = ModelError(model_errors.NOT_SAFETENSORS(file=weights.name))
    with weights.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
        if not 2 <= length <= min(_HEADER_BYTES, weights.stat().st_size):
            raise damaged
        try:
            header = cast("dict[str, Any]", json.loads(file.read(length)))
            end = max(tensor["data_offsets"][1] for key, tensor in header.items() if key != "__metadata__")
        except (ValueError, TypeError, KeyError, AttributeError, UnicodeDecodeError) as error:
            raise damaged from error
    if weights.stat().st_size != 8 + length + end:
        raise damaged
    if not any(key.startswith("visual.") for key in header):
        raise ModelError(model_errors.NOT_CLIP(file=weights.name))


def _require_whole(model: ModelFolder) -> None:
    if model.layout == "onnx":
        onnx_layout.require_towers(model.path)
    else:
        require_safetensors(model.weights)


def _gather_folder(model: ModelFolder, partial: Path) -> None:
    if model.layout == "onnx":
        for file in onnx_layout.tower_files(model.path):
            (partial / file.parent.name).mkdir(exist_ok=True)
            _link_or_copy(file, partial / file.parent.name / file.name)
    for file in model.path.iterdir():
        small = file.suffix in _BESIDE or file.name.upper().startswith(("LICENSE", "NOTICE"))
        if file == model.weights or (small and file.is_file() and file.stat().st_size <= _BESIDE_BYTES):
            _link_or_copy(file, partial / file.name)


def _gather_file(source: Path, partial: Path, architecture: str) -> None:
    config = architecture_config(architecture)
    require_safetensors(source)
    tokenizer = source.with_name("tokenizer.json")
    if config["model_cfg"]["text_cfg"].get("hf_tokenizer_name") and not tokenizer.is_file():
        raise ModelError(model_errors.NEEDS_TOKENIZER(architecture=architecture, file=source.name))
    for beside in (tokenizer, source.with_name("tokenizer_config.json")):
        if beside.is_file() and config["model_cfg"]["text_cfg"].get("hf_tokenizer_name"):
            _link_or_copy(beside, partial / beside.name)
    (partial / CONFIG).write_text(json.dumps(config, indent=2), encoding="utf-8")
    _link_or_copy(source, partial / WEIGHTS[0])


def _link_or_copy(source: Path, target: Path) -> None:
    # A link costs neither time nor space; safetensors files are replaced by programs, never rewritten in place.
    with contextlib.suppress(OSError):
        os.link(source.resolve(), target)
        return
    shutil.copyfile(source, target)


def _copy_whole(folder: Path, target: Path) -> None:
    partial = target / (folder.name + PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(folder, partial)
    partial.replace(target / folder.name)


def _remember(models: Path, target: Path) -> None:
    note = models / LOCATION
    if target == models:
        note.unlink(missing_ok=True)
        return
    fresh = note.with_suffix(".new")
    fresh.write_text(f"{target}\n", encoding="utf-8")
    fresh.replace(note)


def _require_free_name(name: str, models: Path) -> None:
    if name == CONVERTED or not name or Path(name).name != name or name.startswith(".") or name.endswith(PARTIAL):
        raise ModelError(model_errors.NAME_NOT_ALLOWED(name=name))
    if (models / name).exists() or (built_in_models() / name).exists():
        raise ModelError(model_errors.NAME_TAKEN(name=name))


def _architecture_folder() -> Path:
    return open_clip_folder() / "model_configs"


def open_clip_folder() -> Path:
    """Return the folder of the package open_clip, without importing it.

    Raises:
        ModelError: if it is not installed.
    """
    spec = importlib.util.find_spec("open_clip")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise ModelError(model_errors.NO_OPEN_CLIP())
    return Path(next(iter(places)))


@contextlib.contextmanager
def _in_plain_words(name: str | Message) -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(model_errors.FOLDER_FULL(name=name)) from error
        raise ModelError(model_errors.FOLDER_NOT_CHANGED(error=error.strerror or str(error))) from error

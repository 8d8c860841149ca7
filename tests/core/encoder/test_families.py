"""Every family of models on the list sees pictures as open_clip shows them, and runs from a folder.

The architectures are the true ones in everything but their depth and vocabulary, with random weights.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from core.decode import apply_spec
from core.encoder import torchvision_guard
from core.encoder.engine import least_cosine
from core.encoder.openclip import OpenClipEncoder
from core.models import CatalogueEntry, ModelFolder, read_catalogue, read_model_folder
from core.models.install import architecture_config
from tests.core.encoder.test_tokenizer import GEMMA, XLM, gemma_like, xlm_like

FAMILIES = [entry for entry in read_catalogue() if not entry.built_in]
TEXTS = ["a photo of a dog", "two cats on a sofa", "雪山上的日落"]
DEPTH = 2


@pytest.fixture(autouse=True)
def shallow_timm(monkeypatch: pytest.MonkeyPatch) -> Generator[None, None, None]:
    """Have timm build its towers with few layers."""
    torchvision_guard.install()
    import timm

    whole = timm.create_model
    monkeypatch.setattr(timm, "create_model", lambda *args, **kwargs: whole(*args, **{**kwargs, "depth": DEPTH}))  # type: ignore[misc]
    yield


def picture() -> Image.Image:
    """Return a picture that is not square and whose left is not its right."""
    rows, columns = np.mgrid[0:301, 0:517]
    waves = [np.sin(columns / 17) * 80 + rows / 3, np.cos((rows + columns) / 23) * 100 + 90, columns / 2.2]
    noise = np.random.default_rng(2).normal(0, 12, (301, 517, 3))
    return Image.fromarray(np.clip(np.stack(waves, axis=2) + 40 + noise, 0, 255).astype(np.uint8))


def config_of(entry: CatalogueEntry) -> dict[str, Any]:
    """Return the model's configuration with few layers and words."""
    config = architecture_config(entry.architecture)
    for tower in ("vision_cfg", "text_cfg"):
        if "layers" in config["model_cfg"][tower]:
            config["model_cfg"][tower]["layers"] = DEPTH
    if config["model_cfg"]["text_cfg"].get("vocab_size") == 256_000:
        config["model_cfg"]["text_cfg"]["vocab_size"] = 2_000
    return config


@pytest.fixture
def folder(entry: CatalogueEntry, tmp_path: Path) -> ModelFolder:
    """A folder with the configuration of the family and no weights worth the name."""
    path = tmp_path / entry.name
    path.mkdir()
    (path / "open_clip_config.json").write_text(json.dumps(config_of(entry)))
    (path / "open_clip_model.safetensors").write_bytes(b"")
    return read_model_folder(path)


@pytest.mark.parametrize("entry", FAMILIES, ids=lambda entry: entry.name)
def test_pixels_are_those_of_open_clips_own_transform(entry: CatalogueEntry, folder: ModelFolder) -> None:
    import open_clip

    published = open_clip.get_pretrained_cfg(entry.architecture, entry.tag)
    settings: dict[str, Any] = {name: published[name] for name in ("mean", "std", "interpolation", "resize_mode")}
    theirs = seen_by_open_clip(entry.resolution, settings)

    assert (folder.pixels.width, folder.pixels.height) == (entry.resolution, entry.resolution)
    assert folder.dimension == entry.dimension

    def normalised(model: ModelFolder) -> torch.Tensor:
        pixels = torch.from_numpy(apply_spec(picture(), model.pixels)).permute(2, 0, 1) / 255
        mean, std = (torch.tensor(values).view(3, 1, 1) for values in (model.mean, model.std))
        return (pixels - mean) / std

    assert cosine(normalised(folder), theirs) >= 0.999
    assert (normalised(folder) - theirs).abs().max() < 0.02
    other = "shortest" if folder.pixels.resize_mode == "squash" else "squash"
    wrong = dataclasses.replace(folder, pixels=dataclasses.replace(folder.pixels, resize_mode=other))
    assert cosine(normalised(wrong), theirs) < 0.99


@pytest.mark.parametrize("entry", FAMILIES, ids=lambda entry: entry.name)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_each_family_runs_from_its_folder_as_in_open_clip(entry: CatalogueEntry, folder: ModelFolder) -> None:
    clip = random_model(folder)
    pixels = apply_spec(picture(), folder.pixels)[None]
    seen = seen_by_open_clip(entry.resolution, folder.config["preprocess_cfg"])[None]
    with torch.no_grad():
        expected = torch.nn.functional.normalize(clip.encode_image(seen), dim=-1).numpy()
    ours = OpenClipEncoder(folder, "images", device="cpu", backend="torch").encode_images(pixels)
    assert ours.shape == (1, entry.dimension)
    assert least_cosine(ours, expected) >= 0.9999
    if not entry.gpu:  # on a processor nobody waits for the others
        half = OpenClipEncoder(folder, "images", device="cpu", backend="torch-16").encode_images(pixels)
        assert least_cosine(half, expected) >= 0.999

    words = OpenClipEncoder(folder, "texts", backend="torch")
    assert words.encode_texts(TEXTS).shape == (3, entry.dimension)
    if "xlm" in entry.name:
        return  # open_clip's own needs a hub; test_towers.py compares it with transformers
    assert words._tokenize is not None  # type: ignore[attr-defined]
    with torch.no_grad():
        tokens = torch.from_numpy(words._tokenize(TEXTS))  # type: ignore[attr-defined]
        expected = torch.nn.functional.normalize(clip.encode_text(tokens), dim=-1).numpy()
    assert least_cosine(words.encode_texts(TEXTS), expected) >= 0.9999


def seen_by_open_clip(size: int, settings: Mapping[str, Any]) -> torch.Tensor:
    """Return the test picture as open_clip's own transform gives it to a model, (3, size, size)."""
    from open_clip.transform import PreprocessCfg, image_transform_v2

    wanted: dict[str, Any] = {**settings, "size": size}
    transform: Any = image_transform_v2(PreprocessCfg(**wanted), is_train=False)
    return transform(picture())


def cosine(ours: torch.Tensor, theirs: torch.Tensor) -> float:
    return float(torch.nn.functional.cosine_similarity(ours.flatten(), theirs.flatten(), dim=0))


def random_model(folder: ModelFolder) -> Any:
    """Fill the folder with random weights and a tokenizer, and return open_clip's own model of it."""
    import open_clip

    config = folder.config["model_cfg"]
    torch.manual_seed(1)
    if "hf_model_name" in config["text_cfg"]:
        from core.encoder.roberta import RobertaTower

        stand_in: Any = {"context_length": 1, "vocab_size": 1, "width": 64, "heads": 1, "layers": 1}
        clip: Any = open_clip.CustomTextCLIP(config["embed_dim"], config["vision_cfg"], stand_in)
        clip.text = RobertaTower(vocabulary=600, width=768, layers=DEPTH, inner=3072, positions=514, dimension=512)
        xlm_like().save(str(folder.path / "tokenizer.json"))
        (folder.path / "tokenizer_config.json").write_text(json.dumps(XLM))
    else:
        clip = open_clip.create_model(f"local-dir:{folder.path}", load_weights=False)
        if config["text_cfg"].get("hf_tokenizer_name"):
            gemma_like().save(str(folder.path / "tokenizer.json"))
            (folder.path / "tokenizer_config.json").write_text(json.dumps(GEMMA))
    save_file({name: tensor.contiguous() for name, tensor in clip.state_dict().items()}, folder.weights)
    return clip.eval()

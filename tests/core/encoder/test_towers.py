"""A tower loaded alone computes what open_clip computes with the whole model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from core.encoder import torchvision_guard
from core.encoder.openclip import OpenClipEncoder
from core.encoder.towers import load_tower
from core.errors import ModelError
from core.models import ModelFolder, read_model_folder
from tests.core.tiny_model import make_tiny_model

TEXTS = ["a photo of a dog", "two cats", "海边的日落"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return read_model_folder(make_tiny_model(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture(scope="module")
def reference(model: ModelFolder) -> Any:
    torchvision_guard.install()
    import open_clip

    return open_clip.create_model(f"local-dir:{model.path}").eval()


def unit(features: torch.Tensor) -> np.ndarray[Any, np.dtype[np.float32]]:
    return torch.nn.functional.normalize(features, dim=-1).numpy()


def test_pictures_are_embedded_as_by_open_clip(model: ModelFolder, reference: Any) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (11, 64, 64, 3), dtype=np.uint8)
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (model.mean, model.std))
    with torch.no_grad():
        expected = reference.encode_image((torch.from_numpy(pixels).permute(0, 3, 1, 2) / 255 - mean) / std)
    ours = OpenClipEncoder(model, "images", backend="torch").encode_images(pixels)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, unit(expected), atol=1e-5)


def test_texts_are_embedded_as_by_open_clip(model: ModelFolder, reference: Any) -> None:
    import open_clip

    tokenize = open_clip.get_tokenizer(f"local-dir:{model.path}")
    with torch.no_grad():
        expected = reference.encode_text(tokenize(TEXTS))
    ours = OpenClipEncoder(model, "texts", backend="torch").encode_texts(TEXTS)
    np.testing.assert_allclose(ours, unit(expected), atol=1e-5)


@pytest.mark.parametrize("texts", [["a dog"], ["a dog", "x " * 40], ["one two three four five six seven eight nine"]])
def test_leaving_out_padding_changes_nothing(model: ModelFolder, reference: Any, texts: list[str]) -> None:
    import open_clip

    from core.encoder.torch_engine import TorchEngine

    seen: list[int] = []
    encoder = OpenClipEncoder(model, "texts", backend="torch")
    engine = encoder.choice.engine
    assert isinstance(engine, TorchEngine)
    engine._whole.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0].shape[1]))  # type: ignore[attr-defined]
    with torch.no_grad():
        expected = reference.encode_text(open_clip.get_tokenizer(f"local-dir:{model.path}")(texts))
    np.testing.assert_allclose(encoder.encode_texts(texts), unit(expected), atol=1e-5)
    assert seen == [8 if texts == ["a dog"] else model.context_length]


def test_nothing_gives_nothing(model: ModelFolder) -> None:
    assert OpenClipEncoder(model, "texts", backend="torch").encode_texts([]).shape == (0, 32)
    pixels = np.empty((0, 64, 64, 3), np.uint8)
    assert OpenClipEncoder(model, "images", backend="torch").encode_images(pixels).shape == (0, 32)


def test_the_pictures_tower_reads_no_words(model: ModelFolder) -> None:
    with pytest.raises(ModelError, match="pictures only"):
        OpenClipEncoder(model, "images", backend="torch").encode_texts(["a dog"])


def test_weights_that_do_not_fit_are_told(model: ModelFolder, tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "other")
    config = json.loads((folder / "open_clip_config.json").read_text())
    config["model_cfg"]["vision_cfg"]["layers"] = 3
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="could not be loaded") as caught:
        OpenClipEncoder(read_model_folder(folder), "images", backend="torch")
    assert caught.value.advice


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "broken")
    (folder / "open_clip_model.safetensors").write_bytes(b"not safetensors at all")
    with pytest.raises(ModelError, match="could not be loaded"):
        OpenClipEncoder(read_model_folder(folder), "texts", backend="torch")


def roberta_folder(folder: Path) -> tuple[Path, Any]:
    """Write a model with a small XLM-R and return it with open_clip's own words' tower, from transformers."""
    transformers = pytest.importorskip("transformers")
    torchvision_guard.install()
    from open_clip.hf_model import HFTextEncoder

    settings = transformers.XLMRobertaConfig(
        vocab_size=300,
        hidden_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=96,
        max_position_embeddings=34,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
    )
    torch.manual_seed(11)
    text = HFTextEncoder("", 32, config=settings, pooler_type="mean_pooler", proj_type="mlp").eval()
    make_tiny_model(folder)
    tensors = load_file(folder / "open_clip_model.safetensors")
    tensors = {name: tensor for name, tensor in tensors.items() if name.startswith("visual.")}
    tensors |= {f"text.{name}": tensor.contiguous() for name, tensor in text.state_dict().items()}
    save_file(tensors, folder / "open_clip_model.safetensors")
    config = json.loads((folder / "open_clip_config.json").read_text())
    config["model_cfg"]["text_cfg"] = {
        "hf_model_name": "xlm-roberta-base",
        "hf_tokenizer_name": "xlm-roberta-base",
        "hf_pooler_type": "mean_pooler",
        "context_length": 20,
    }
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    return folder, text


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
@torch.no_grad()
def test_xlm_roberta_is_computed_as_by_transformers(tmp_path: Path) -> None:
    folder, text = roberta_folder(tmp_path / "xlm")
    tokens = torch.randint(4, 300, (5, 20))
    for row, length in enumerate((20, 3, 11, 2, 7)):
        tokens[row, 0], tokens[row, length - 1], tokens[row, length:] = 0, 2, 1
    ours = load_tower(read_model_folder(folder), "texts")(tokens)
    torch.testing.assert_close(ours, text(tokens), rtol=1e-4, atol=1e-5)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_the_pictures_tower_beside_xlm_roberta_needs_no_transformers(
    tmp_path: Path, model: ModelFolder, reference: Any
) -> None:
    folder, _ = roberta_folder(tmp_path / "xlm")
    pixels = np.random.default_rng(1).integers(0, 256, (2, 64, 64, 3), dtype=np.uint8)
    ours = OpenClipEncoder(read_model_folder(folder), "images", backend="torch").encode_images(pixels)
    plain = OpenClipEncoder(model, "images", backend="torch").encode_images(pixels)
    np.testing.assert_allclose(ours, plain, atol=1e-6)


def test_a_words_tower_of_another_kind_is_told(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "mt5")
    config = json.loads((folder / "open_clip_config.json").read_text())
    config["model_cfg"]["text_cfg"] = {"hf_model_name": "google/mt5-base", "hf_pooler_type": "mean_pooler"}
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="mt5-base"):
        OpenClipEncoder(read_model_folder(folder), "texts")

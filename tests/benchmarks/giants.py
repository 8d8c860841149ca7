"""Models of the list in their true size, with random weights from a seed, in folders as the hub would give them.

The weights are written one tensor at a time: the largest model takes 4.5 GB on disk and next to nothing in memory.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, BinaryIO

import torch

from core.encoder import torchvision_guard
from core.encoder.roberta import RobertaTower
from core.models import CatalogueEntry, ModelFolder, read_model_folder
from core.models.install import architecture_config
from tests.core.encoder.test_tokenizer import GEMMA, XLM, gemma_like, xlm_like

SEED = 11
XLM_BASE = {"vocabulary": 250_002, "width": 768, "layers": 12, "inner": 3072, "positions": 514}
"""xlm-roberta-base (its config.json)."""


def make_giant(entry: CatalogueEntry, folder: Path) -> ModelFolder:
    """Write a model of that entry's architecture into `folder`; its tokenizer is a stand-in of the same kind."""
    folder.mkdir(parents=True, exist_ok=True)
    config = architecture_config(entry.architecture)
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    text = config["model_cfg"]["text_cfg"]
    if text.get("hf_tokenizer_name"):
        tokenizer, settings = (xlm_like(), XLM) if "hf_model_name" in text else (gemma_like(), GEMMA)
        tokenizer.save(str(folder / "tokenizer.json"))
        (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    with (folder / "open_clip_model.safetensors").open("wb") as file:
        _write(_shapes(folder, config["model_cfg"]), file)
    return read_model_folder(folder)


def _shapes(folder: Path, config: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """Return the names and shapes of the weights; nothing is allocated to find out."""
    torchvision_guard.install()
    import open_clip

    logging.disable(logging.WARNING)  # that it takes no weights
    with torch.device("meta"):
        if "hf_model_name" not in config["text_cfg"]:
            clip: Any = open_clip.create_model(f"local-dir:{folder}", load_weights=False, device="meta")
        else:
            stand_in: Any = {"context_length": 1, "vocab_size": 1, "width": 64, "heads": 1, "layers": 1}
            clip = open_clip.CustomTextCLIP(config["embed_dim"], config["vision_cfg"], stand_in)
            clip.text = RobertaTower(**XLM_BASE, dimension=config["embed_dim"])
    logging.disable(logging.NOTSET)
    return {name: tuple(tensor.shape) for name, tensor in clip.state_dict().items()}


def _write(shapes: dict[str, tuple[int, ...]], file: BinaryIO) -> None:
    """Write random weights in the safetensors format: a length, a header, the tensors."""
    header: dict[str, Any] = {}
    end = 0
    for name, shape in shapes.items():
        start, end = end, end + 4 * int(torch.Size(shape).numel())
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write(len(text).to_bytes(8, "little") + text)
    random = torch.Generator().manual_seed(SEED)
    for name, shape in shapes.items():
        file.write(_drawn(name, shape, random).numpy().tobytes())


def _drawn(name: str, shape: tuple[int, ...], random: torch.Generator) -> torch.Tensor:
    """Return a tensor as a layer of that shape begins with: signals neither grow nor fade from layer to layer."""
    values = torch.randn(shape, generator=random)
    if name.endswith("logit_scale"):
        return values * 0 + 2.66
    if len(shape) < 2:  # norms and biases
        return values * 0.02 + (1.0 if name.endswith("weight") else 0.0)
    return values / torch.Size(shape[1:]).numel() ** 0.5

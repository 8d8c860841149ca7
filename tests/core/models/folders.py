"""Small model folders for tests that load no network: a configuration and a safetensors file of a few tensors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

CONFIG: dict[str, Any] = {
    "model_cfg": {
        "embed_dim": 32,
        "vision_cfg": {"image_size": 64, "layers": 1, "width": 64, "patch_size": 16},
        "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1},
    },
    "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "resize_mode": "squash"},
}


def weights(kilobytes: int = 512, *, seed: int = 0) -> bytes:
    """Return a safetensors file of about that size."""
    numbers = np.random.default_rng(seed).standard_normal(kilobytes * 256).astype(np.float32)
    return save({"visual.proj": numbers, "text_projection": np.ones(4, np.float32)})


def model_files(kilobytes: int = 512, *, seed: int = 0, **text: object) -> dict[str, bytes]:
    """Return the files of a model as a hub would serve them, with others around that are not wanted."""
    config = json.loads(json.dumps(CONFIG))
    config["model_cfg"]["text_cfg"].update(text)
    return {
        ".gitattributes": b"*.safetensors filter=lfs",
        "README.md": b"# A model",
        "open_clip_config.json": json.dumps(config).encode(),
        "open_clip_model.safetensors": weights(kilobytes, seed=seed),
        "open_clip_pytorch_model.bin": b"a pickle",
        "pytorch_model.bin": b"another pickle",
    }


def write_model(folder: Path, *, seed: int = 0) -> Path:
    """Write a model folder and return it."""
    folder.mkdir(parents=True)
    for name, data in model_files(seed=seed).items():
        if name.endswith((".json", ".safetensors")):
            (folder / name).write_bytes(data)
    return folder

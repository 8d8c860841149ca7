"""A tiny open_clip model with fixed random weights, in the folder layout of every other model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONFIG: dict[str, Any] = {
    "model_cfg": {
        "embed_dim": 32,
        "vision_cfg": {"image_size": 64, "layers": 2, "width": 64, "patch_size": 16, "head_width": 16},
        "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 2},
    },
    "preprocess_cfg": {"mean": [0.5, 0.45, 0.4], "std": [0.27, 0.26, 0.28], "resize_mode": "shortest"},
}


def make_tiny_model(folder: Path, *, seed: int = 7, **preprocess: object) -> Path:
    """Write the model into `folder` and return it. `preprocess` replaces entries of preprocess_cfg."""
    import torch
    from safetensors.torch import save_file

    from core.encoder import torchvision_guard

    torchvision_guard.install()
    import open_clip

    folder.mkdir(parents=True, exist_ok=True)
    config = {**CONFIG, "preprocess_cfg": {**CONFIG["preprocess_cfg"], **preprocess}}
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    torch.manual_seed(seed)
    clip: Any = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
    # Freshly drawn weights map every picture to nearly the same vector; a wider draw tells them apart.
    weights = {name: (tensor * 3 if tensor.ndim > 1 else tensor) for name, tensor in clip.state_dict().items()}
    save_file(
        {name: tensor.contiguous() for name, tensor in weights.items()},
        folder / "open_clip_model.safetensors",
    )
    return folder

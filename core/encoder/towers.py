"""One tower of a model, built by open_clip from its folder and filled from its file.

Indexing needs the pictures' tower, searching the words' tower, and in the large multilingual models the latter is
three times the size of the former: only the one that is asked for is read.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Generator
from typing import Any

import torch
from safetensors import safe_open
from torch import nn
from torch.overrides import TorchFunctionMode

from core.encoder import torchvision_guard
from core.encoder.attention import flatten_attention
from core.encoder.roberta import is_roberta, tower_for
from core.encoder.text_length import LengthRule
from core.errors import ModelError
from core.messages import engine_messages
from core.models import ModelFolder, Tower


def load_tower(model: ModelFolder, tower: Tower) -> nn.Module:
    """Return the tower in float32 on the processor: pictures (n, 3, h, w) or tokens (n, length) → features (n, d).

    Raises:
        ModelError: if its words' tower is of a kind that Recollect cannot compute.
        RuntimeError, KeyError, ValueError, TypeError, AssertionError, OSError, SafetensorError: if weights and
            configuration do not fit.
    """
    if model.config["model_cfg"]["text_cfg"].get("hf_model_name"):
        network = _load_beside_roberta(model, tower)
    else:
        network = _load_plain(model, tower)
    flatten_attention(network)
    return network.eval()


class _WordsTower(nn.Module):
    """The words' half of a CLIP model, as a module that maps token ids to features."""

    def __init__(self, clip: Any) -> None:
        super().__init__()
        clip.visual = None
        self.clip = clip

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.clip.encode_text(tokens)


class _CausalWordsTower(nn.Module):
    """The same where a token looks at those before it only, and the end of the text (the largest id) is the answer.

    Whatever comes after the end is padding that cannot change the answer. open_clip computes it all the same, and
    takes no shorter text; this is what it does, for any length.
    """

    length_rule: LengthRule = "end"

    def __init__(self, part: Any) -> None:
        super().__init__()
        self.part = part

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        part, length = self.part, tokens.shape[1]
        dtype = part.transformer.get_cast_dtype()
        states = part.token_embedding(tokens).to(dtype) + part.positional_embedding[:length].to(dtype)
        states = part.ln_final(part.transformer(states, attn_mask=part.attn_mask[:length, :length]))
        ends = states[torch.arange(states.shape[0]), tokens.argmax(dim=-1)]
        projection = part.text_projection
        if projection is None:
            return ends
        return projection(ends) if isinstance(projection, nn.Linear) else ends @ projection


def _words_tower(clip: Any) -> nn.Module:
    """Return the words' half of a model of open_clip."""
    part = getattr(clip, "text", clip)
    names = ("token_embedding", "positional_embedding", "transformer", "ln_final", "text_projection")
    causal = all(hasattr(part, name) for name in names) and getattr(part, "attn_mask", None) is not None
    pooled = getattr(part, "text_pool_type", getattr(part, "pool_type", ""))
    if causal and pooled == "argmax" and getattr(part, "cls_emb", None) is None:
        return _CausalWordsTower(part)
    return _WordsTower(clip)


@contextlib.contextmanager
def _quiet() -> Generator[None, None, None]:
    """Keep open_clip from warning, through the root logger, that it loads no weights: we load them."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


class _WithoutRandomness(TorchFunctionMode):
    """Leaves new weights uninitialised while a network is built that is about to be filled from a file.

    Drawing a billion random numbers only to overwrite them takes longer than reading the file, and touches the
    memory of the tower that is thrown away.
    """

    _SKIPPED = frozenset({"normal_", "uniform_", "trunc_normal_", "kaiming_uniform_", "xavier_uniform_"})

    def __torch_function__(self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if getattr(func, "__name__", "") in self._SKIPPED:
            return (kwargs or {}).get("tensor") if not args else args[0]
        return func(*args, **(kwargs or {}))


def _load_plain(model: ModelFolder, tower: Tower) -> nn.Module:
    """Build the network of `model`, fill the tower that is wanted, drop the other."""
    torchvision_guard.install()
    import open_clip

    with _WithoutRandomness(), _quiet():
        clip: Any = open_clip.create_model(
            f"local-dir:{model.path}", load_weights=False, pretrained_text=False, device="cpu"
        )
    if not _fill_partly(clip, model, tower):
        open_clip.factory.load_checkpoint(clip, str(model.weights), strict=True, weights_only=True)
    return clip.visual if tower == "images" else _words_tower(clip)


def _load_beside_roberta(model: ModelFolder, tower: Tower) -> nn.Module:
    """Load a tower of a model whose words' tower open_clip would take from transformers."""
    config = dict(model.config["model_cfg"])
    text = config["text_cfg"]
    if not is_roberta(text):
        raise ModelError(engine_messages.WORDS_UNKNOWN(name=model.name, kind=str(text["hf_model_name"])))
    if tower == "texts":
        return _load_roberta(model)
    torchvision_guard.install()
    import open_clip

    # A words' tower of next to nothing stands in for the one that is not wanted.
    stand_in: Any = {"context_length": 1, "vocab_size": 1, "width": 64, "heads": 1, "layers": 1}
    with _WithoutRandomness(), _quiet():
        clip: Any = open_clip.CustomTextCLIP(
            config["embed_dim"], config["vision_cfg"], stand_in, quick_gelu=bool(config.get("quick_gelu"))
        )
    if not _fill_partly(clip, model, "images"):
        raise ValueError("the weights of the pictures' tower have other names or shapes")
    return clip.visual


def _load_roberta(model: ModelFolder) -> nn.Module:
    prefix = "text."
    with safe_open(str(model.weights), framework="pt") as file, torch.no_grad():
        names = [name for name in file.keys() if name.startswith(prefix)]  # noqa: SIM118 (a file, not a dict)
        shapes = {name[len(prefix) :]: tuple(file.get_slice(name).get_shape()) for name in names}
        with _WithoutRandomness():
            tower = tower_for(shapes)
        for name, tensor in tower.state_dict(keep_vars=True).items():
            tensor.copy_(file.get_tensor(prefix + name))
    return tower


def _fill_partly(clip: nn.Module, model: ModelFolder, tower: Tower) -> bool:
    """Copy only the tower's tensors from the file; False if their names or shapes are of an older layout."""
    wanted = {
        name: tensor
        for name, tensor in clip.state_dict(keep_vars=True).items()
        if name.startswith("visual.") == (tower == "images")
    }
    with safe_open(str(model.weights), framework="pt") as file, torch.no_grad():
        names = set(file.keys())
        if not all(
            name in names and list(tensor.shape) == file.get_slice(name).get_shape() for name, tensor in wanted.items()
        ):
            return False
        for name, tensor in wanted.items():
            tensor.copy_(file.get_tensor(name))
    return True

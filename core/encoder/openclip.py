"""A CLIP model, loaded by open_clip from its folder and run by torch.

The only file that builds models. It loads the one tower that is asked for: indexing needs the pictures' tower,
searching the words' tower, and in the large multilingual models the latter is three times the size of the former.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Generator, Sequence
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from torch import nn
from torch.overrides import TorchFunctionMode

from core.encoder import torchvision_guard
from core.encoder.device import Device, choose_device, configure_cpu
from core.encoder.tokenizer import Tokenize, tokenizer_of
from core.errors import ModelError
from core.models import ModelFolder
from core.pixels import PixelSpec

logger = logging.getLogger(__name__)

Tower = Literal["images", "texts"]


class OpenClipEncoder:
    """One tower of an open_clip model on one device; see `core.encoder.protocol.Encoder`."""

    def __init__(self, model: ModelFolder, tower: Tower, *, device: str = "auto") -> None:
        """Load `tower` of `model`. The words' tower stays on the processor: a query is a few milliseconds there.

        Raises:
            ModelError: if weights and configuration do not fit or memory does not suffice.
        """
        self._model = model
        self._tower: Tower = tower
        configure_cpu()
        self._device = choose_device(device if tower == "images" else "cpu")
        self.batch_size = self._device.batch_size
        try:
            self._network = _load_tower(model, tower)
            self._tokenize: Tokenize | None = tokenizer_of(model) if tower == "texts" else None
            _place(self._network, self._device)
        except (
            RuntimeError,
            KeyError,
            ValueError,
            TypeError,
            AssertionError,
            OSError,
            SafetensorError,
        ) as error:
            raise ModelError(
                f"The model “{model.name}” could not be loaded.",
                f"Download or copy it again, or choose another model. ({_reason(error)})",
            ) from error
        self._mean, self._std = (
            torch.tensor(values, device=self._device.torch_name).view(1, 3, 1, 1) * 255
            for values in (model.mean, model.std)
        )

    @property
    def key(self) -> str:
        return self._model.key

    @property
    def dimension(self) -> int:
        return self._model.dimension

    @property
    def pixels(self) -> PixelSpec:
        return self._model.pixels

    @property
    def device(self) -> str:
        return self._device.words

    @torch.inference_mode()
    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed pictures, uint8 (n, height, width, 3) → float32 (n, dimension), halving the batch if memory ends."""
        rows: list[NDArray[np.float32]] = []
        start = 0
        while start < len(pixels):
            batch = pixels[start : start + self.batch_size]
            try:
                rows.append(self._embed(self._normalise(batch)))
            except RuntimeError as error:
                self._shrink_batch(error)
                continue
            start += len(batch)
        return np.concatenate(rows) if rows else np.empty((0, self.dimension), np.float32)

    @torch.inference_mode()
    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed descriptions → float32 (n, dimension)."""
        if self._tokenize is None:
            raise ModelError("This encoder embeds pictures only.", "Load the words' tower.")
        return self._embed(self._tokenize(texts))

    def close(self) -> None:
        """Free the network."""
        del self._network
        if self._device.torch_name.startswith("cuda"):
            torch.cuda.empty_cache()

    def _normalise(self, pixels: NDArray[np.uint8]) -> torch.Tensor:
        """Return (n, 3, height, width) on the device, channels last in memory, in the network's precision.

        8-bit pixels travel to the device, a quarter of the floats they become there.
        """
        picture = torch.from_numpy(np.ascontiguousarray(pixels)).to(self._device.torch_name)
        scaled = (picture.permute(0, 3, 1, 2).to(torch.float32) - self._mean) / self._std
        return scaled.to(self._device.dtype)

    def _embed(self, batch: torch.Tensor) -> NDArray[np.float32]:
        features: torch.Tensor = self._network(batch)
        return nn.functional.normalize(features.to(torch.float32), dim=-1).cpu().numpy()

    def _shrink_batch(self, error: RuntimeError) -> None:
        """Halve the batch after running out of memory; any other failure, or no smaller batch, is final."""
        if "out of memory" not in str(error).lower() or self.batch_size == 1:
            raise ModelError(
                f"The model “{self._model.name}” failed on {self._device.title}.",
                f"Close other programs that use it, or choose a smaller model. ({_reason(error)})",
            ) from error
        if self._device.torch_name.startswith("cuda"):
            torch.cuda.empty_cache()
        self.batch_size //= 2
        logger.warning("out of memory: %d pictures at a time from now on", self.batch_size)


class _WordsTower(nn.Module):
    """The words' half of a CLIP model, as a module that maps token ids to features."""

    def __init__(self, clip: Any) -> None:
        super().__init__()
        clip.visual = None
        self.clip = clip

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.clip.encode_text(tokens)


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


def _load_tower(model: ModelFolder, tower: Tower) -> nn.Module:
    """Build the network of `model`, fill the tower that is wanted, drop the other."""
    torchvision_guard.install()
    import open_clip

    with _WithoutRandomness(), _quiet():
        clip: Any = open_clip.create_model(
            f"local-dir:{model.path}", load_weights=False, pretrained_text=False, device="cpu"
        )
    if not _fill_partly(clip, model, tower):
        open_clip.factory.load_checkpoint(clip, str(model.weights), strict=True, weights_only=True)
    network: nn.Module = clip.visual if tower == "images" else _WordsTower(clip)
    return network.eval()


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


def _place(network: nn.Module, device: Device) -> None:
    """Move the network to its device and precision, convolutions in channels-last order (+8 % to +44 %)."""
    network.to(device=device.torch_name, dtype=device.dtype)
    if device.dtype != torch.float32:
        for module in network.modules():
            # open_clip's LayerNormFp32 computes in float32 whatever comes in, and needs its weights so.
            if type(module).__name__ == "LayerNormFp32":
                module.to(torch.float32)
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            module.weight.data = module.weight.data.contiguous(memory_format=torch.channels_last)


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__

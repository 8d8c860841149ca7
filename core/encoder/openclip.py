"""A CLIP model in this process: words to tokens, batches to the engine, failures to plain words.

The tower is loaded and the engine chosen by `core.encoder.backend_selection`. torch is imported only if it is the
engine, or has to be to find out which is better.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.encoder.backend_selection import choose_backend
from core.encoder.choice import Choice
from core.encoder.engine import EngineError, is_out_of_memory, probe_pictures
from core.encoder.prepared import prepared_choice
from core.encoder.probe import PROBE_PICTURES, PROBE_TEXTS
from core.encoder.protocol import Backend
from core.encoder.tokenizer import Tokenize, tokenizer_of
from core.errors import ModelError
from core.messages import Message, engine_messages
from core.models import ModelFolder, Tower
from core.pixels import PixelSpec

logger = logging.getLogger(__name__)


class OpenClipEncoder:
    """One tower of an open_clip model; see `core.encoder.protocol.Encoder`.

    Attributes:
        batch_size: pictures per call; halved whenever memory runs out.
        choice: the engine, with what is known of its exactness and speed.
    """

    def __init__(
        self,
        model: ModelFolder,
        tower: Tower,
        *,
        device: str = "auto",
        backend: Backend = "auto",
        cache: Path | None = None,
        torch_allowed: bool = True,
        at_once: bool = False,
    ) -> None:
        """Load `tower` of `model`. The words' tower stays on the processor: a query is a few milliseconds there.

        Args:
            device: see `core.encoder.device.choose_device`.
            backend: what to use on a processor.
            cache: folder for towers converted to a faster engine; None converts none.
            at_once: without a comparison of engines, where none was made before.
            torch_allowed: else only a tower that is converted already is loaded, and `backend` counts for nothing.

        Raises:
            ModelError: if weights and configuration do not fit or memory does not suffice.
        """
        self._model = model
        self._tokenize: Tokenize | None = tokenizer_of(model) if tower == "texts" else None
        texts = PROBE_TEXTS if torch_allowed else PROBE_TEXTS[:1]  # a tower that is converted is asked for one
        try:
            probe: NDArray[Any] = self._tokenize(texts) if self._tokenize else probe_pictures(model, PROBE_PICTURES)
            if torch_allowed:
                self.choice: Choice = choose_backend(
                    model, tower, probe, device=device, backend=backend, cache=cache, at_once=at_once
                )
            else:
                self.choice = _prepared(model, tower, probe, cache)
        except ModelError:
            raise
        except EngineError as error:
            raise ModelError(
                engine_messages.BACKEND_IMPOSSIBLE(backend=backend, name=model.name, reason=error.message)
            ) from error
        except Exception as error:  # open_clip, torch and safetensors each have their own for a file that is no model
            raise _not_loaded(model, error) from error
        self.batch_size = self.choice.batch_size

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
    def device(self) -> Message:
        return self.choice.engine.words

    @property
    def provisional(self) -> bool:
        """Whether it runs on the engine that was at hand, and others were not compared."""
        return self.choice.provisional

    @property
    def notes(self) -> tuple[Message, ...]:
        return self.choice.notes

    def start(self) -> None:
        """Do nothing: it was loaded when it was made."""

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed pictures, uint8 (n, height, width, 3) → float32 (n, dimension), halving the batch if memory ends.

        Raises:
            ModelError: if the device fails, or one picture alone is too much.
        """
        return self._in_batches(pixels)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed descriptions → float32 (n, dimension).

        Raises:
            ModelError: if the device fails, or this is the pictures' tower.
        """
        if self._tokenize is None:
            raise ModelError(engine_messages.PICTURES_ONLY())
        return self._in_batches(self._tokenize(texts)) if texts else self._nothing()

    def close(self) -> None:
        """Free the network."""
        self.choice.engine.close()

    def _in_batches(self, inputs: NDArray[Any]) -> NDArray[np.float32]:
        rows: list[NDArray[np.float32]] = []
        start = 0
        while start < len(inputs):
            batch = inputs[start : start + self.batch_size]
            try:
                rows.append(self.choice.engine.run(batch))
            except (RuntimeError, MemoryError) as error:
                self._shrink_batch(error, len(batch))
                continue
            start += len(batch)
        return np.concatenate(rows) if rows else self._nothing()

    def _nothing(self) -> NDArray[np.float32]:
        return np.empty((0, self.dimension), np.float32)

    def _shrink_batch(self, error: Exception, used: int) -> None:
        """Halve the batch after running out of memory; any other failure, or no smaller batch, is final."""
        if not is_out_of_memory(error) or used == 1:
            raise ModelError(
                engine_messages.FAILED(name=self._model.name, device=self.device, error=_reason(error))
            ) from error
        self.batch_size = max(1, min(self.batch_size, used) // 2)
        free = getattr(self.choice.engine, "free_unused", None)
        if free is not None:
            free()
        logger.warning("out of memory: %d at a time from now on", self.batch_size)


def _prepared(model: ModelFolder, tower: Tower, probe: NDArray[Any], cache: Path | None) -> Choice:
    choice = prepared_choice(model, tower, probe, cache=cache)
    if choice is None:
        raise EngineError(engine_messages.CONVERTED_GONE())
    return choice


def _not_loaded(model: ModelFolder, error: Exception) -> ModelError:
    if is_out_of_memory(error):
        return ModelError(engine_messages.NO_MEMORY(name=model.name))
    return ModelError(engine_messages.NOT_LOADED(name=model.name, error=_reason(error)))


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__

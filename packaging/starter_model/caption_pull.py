"""A pull towards the photo's own captions, beside the teacher's answer, for the last part of the training.

The teacher's joint vector is not the last word: a photo's captions, in both languages, say more than one linear
map of a classifier can. Sentences stay where the text tower puts them, so a thousand others cost nothing as
contrast.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from manifest import Row
from text_tower import encode_text, load_text_tower
from torch import Tensor
from torch.nn import functional

SCALE = 24.0
OTHERS = 1024
TWINS = 0.93  # sentences nearer than this say the same and are no contrast


class CaptionPull:
    """InfoNCE of a batch of joint vectors against one caption each and `OTHERS` captions of other photos."""

    def __init__(self, work: Path, rows: list[Row], text: Path, seed: int, chinese: float = 0.4) -> None:
        said = [list(row.captions) for row in rows]
        told = [list(row.captions_zh) or own for row, own in zip(rows, said, strict=True)]
        texts = sorted({t for own in said + told for t in own})
        number = {t: i for i, t in enumerate(texts)}
        self._place = _places(work, text, texts)
        self._of_row = torch.tensor(
            [[[number[own[k % len(own)]] for k in range(5)] for own in x] for x in (said, told)]
        )
        self._train = torch.tensor([i for i, r in enumerate(rows) if r.trainable])
        self._chance, self._chinese = torch.Generator().manual_seed(seed), chinese

    def _pick(self, rows: Tensor) -> Tensor:
        language = (torch.rand(len(rows), generator=self._chance) < self._chinese).long()
        return self._of_row[language, rows, torch.randint(5, (len(rows),), generator=self._chance)]

    def loss(self, joint: Tensor, rows: np.ndarray) -> Tensor:
        """Mean over photo->caption (with the others) and caption->photo (within the batch)."""
        own = self._pick(torch.from_numpy(rows))
        drawn = torch.randint(len(self._train), (OTHERS,), generator=self._chance)
        words = torch.cat([own, self._pick(self._train[drawn])])
        scores = SCALE * functional.normalize(joint.float(), dim=-1) @ self._place[words].T
        twins = self._place[own] @ self._place[words].T > TWINS
        goal = torch.arange(len(own))
        twins[goal, goal] = False
        scores = scores.masked_fill(twins, -1e4)
        return (functional.cross_entropy(scores, goal) + functional.cross_entropy(scores[:, : len(own)].T, goal)) / 2


@torch.inference_mode()
def _places(work: Path, text: Path, texts: list[str]) -> Tensor:
    """Unit vectors [n, 256] of `texts` by the text tower kept in the checkpoint `text`."""
    tokenizer, tower = load_text_tower(work, text)
    ids = torch.tensor([e.ids for e in tokenizer.encode_batch(texts)])
    order = torch.argsort((ids != 0).sum(1))
    out = torch.empty(len(ids), 256)
    with torch.autocast("cpu", torch.bfloat16):
        for part in order.split(512):
            out[part] = encode_text(tower, ids[part, : int((ids[part] != 0).sum(1).max())])
    return out.clone()

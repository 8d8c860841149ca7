"""A pull towards the photo's own captions, beside the teacher's answer, for the last part of the training.

The teacher's joint vector is not the last word: a photo's captions say more than one linear map of a
classifier can. Sentences stay where the joint space put them, so a thousand others cost nothing as contrast.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from joint_space import Captions, TextProjection
from manifest import Row
from torch import Tensor
from torch.nn import functional

SCALE = 28.0
OTHERS = 1024


class CaptionPull:
    """InfoNCE of a batch of joint vectors against one caption each and `OTHERS` captions of other photos."""

    def __init__(self, data: Path, work: Path, rows: list[Row], seed: int) -> None:
        captions = Captions(data, work, rows)
        projection = TextProjection()
        projection.load_state_dict(torch.load(work / "joint" / "text.pt", weights_only=True))
        projection.eval()
        with torch.inference_mode():
            self._place = torch.cat([projection(part) for part in captions.vectors.split(8192)]).clone()
        self._meaning, self._of_row = captions.vectors, captions.of_row
        self._train = torch.tensor([i for i, r in enumerate(rows) if r.trainable])
        self._chance = torch.Generator().manual_seed(seed)

    def _pick(self, rows: Tensor) -> Tensor:
        return self._of_row[rows, torch.randint(5, (len(rows),), generator=self._chance)]

    def loss(self, joint: Tensor, rows: np.ndarray) -> Tensor:
        """Mean over photo->caption (with the others) and caption->photo (within the batch)."""
        own = self._pick(torch.from_numpy(rows))
        drawn = torch.randint(len(self._train), (OTHERS,), generator=self._chance)
        words = torch.cat([own, self._pick(self._train[drawn])])
        scores = SCALE * functional.normalize(joint.float(), dim=-1) @ self._place[words].T
        twins = self._meaning[own] @ self._meaning[words].T > 0.85
        goal = torch.arange(len(own))
        twins[goal, goal] = False
        scores = scores.masked_fill(twins, -1e4)
        return (functional.cross_entropy(scores, goal) + functional.cross_entropy(scores[:, : len(own)].T, goal)) / 2

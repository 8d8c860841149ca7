"""A head start for the text tower: where each token alone would put a sentence.

A ridge regression from the mean of a sentence's tokens to its place gives every token a vector (a minute). The
tower is then set up so that, before any training, it computes that mean; training adds what order and company
change. It starts from data alone, like everything else here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse
import torch


def token_means(ids: np.ndarray) -> scipy.sparse.csr_matrix:
    """Sparse [sentences, tokens]: how large a share of its tokens each token is (padding, id 0, not counted)."""
    row, column = np.nonzero(ids)
    share = 1.0 / np.maximum((ids != 0).sum(1), 1)
    shape = (len(ids), int(ids.max()) + 1)
    return scipy.sparse.csr_matrix((share[row].astype(np.float32), (row, ids[row, column])), shape)


def token_vectors(ids: np.ndarray, goals: np.ndarray, damp: float = 0.02, rounds: int = 14) -> np.ndarray:
    """Vectors float32 [tokens, 256] by conjugate gradients; `damp` is the penalty, of tokens scaled to one length."""
    means = token_means(ids)
    count, width = int(ids.max()) + 1, goals.shape[1]
    # What is added keeps a token that hardly occurs from being blown up.
    weight = 1.0 / np.sqrt(np.asarray(means.multiply(means).sum(0)).ravel() + 0.003)
    scaled: Any = scipy.sparse.csr_matrix(means.multiply(weight.astype(np.float32)[None]))
    back = scaled.T.tocsr()
    found = np.zeros((count, width), np.float32)
    rest = back @ goals.astype(np.float32)
    ahead, size = rest.copy(), (rest**2).sum(0)
    for _ in range(rounds):
        image = back @ (scaled @ ahead) + damp * ahead
        step = size / ((ahead * image).sum(0) + 1e-12)
        found += step * ahead
        rest -= step * image
        grown = (rest**2).sum(0)
        ahead, size = rest + grown / (size + 1e-12) * ahead, grown
    return found * weight[:, None]


@torch.no_grad()
def start_from(tower: Any, vectors: np.ndarray) -> None:
    """Set the tower's tokens and its first attention so that it begins as the mean of `vectors`.

    A constant along one direction `u`, far larger than the vectors, keeps layer norm from levelling the weight
    of tokens; values and the projection leave `u` out again.
    """
    width = tower.token_embedding.weight.shape[1]
    u = torch.tensor([1.0, -1.0]).repeat(width // 2) / width**0.5
    table = torch.from_numpy(vectors.astype(np.float32))
    table = table / table.norm(dim=1).mean()
    tower.token_embedding.weight[: len(table)] = table + 3 * u
    tower.positional_embedding.mul_(0.5)
    attention = tower.transformer.resblocks[0].attn
    without = torch.eye(width) - torch.outer(u, u)
    attention.in_proj_weight[: 2 * width].mul_(0.1)
    attention.in_proj_weight[2 * width :] = without
    attention.out_proj.weight.copy_(16 * torch.eye(width))  # the mean is a tenth as long as its vectors
    for block in tower.transformer.resblocks:
        block.mlp.c_proj.weight.mul_(0.2)
    tower.text_projection.copy_(without)

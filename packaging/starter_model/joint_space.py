"""Step 2: the space photos and sentences share, fitted on the frozen teachers in about a minute.

Image side: a linear map of the image teacher's pooled features and class probabilities. Text side: a small
projection of the sentence teacher. What comes out are *targets*: a 256-number vector for every stored view of
every photo (the image tower's goal) and a function from English sentences to the same space (the text
tower's goal). Its recall is the ceiling of the shipped model.

    python joint_space.py DATA WORK
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from cache import open_views
from corpus import read_class_names
from manifest import Row, read_rows
from recall import first, hits, recall
from sentences import WIDTH, Sentences
from torch import Tensor, nn
from torch.nn import functional

DIM = 256
LOGIT_SCALE = 0.06336501985788345  # quantisation step of the teacher's class scores (from the TFLite file)


class TextProjection(nn.Module):
    """MiniLM vector (384) -> joint space (256), unit length: linear plus a small residual MLP."""

    def __init__(self) -> None:
        super().__init__()
        self.straight = nn.Linear(WIDTH, DIM)
        self.bent = nn.Sequential(nn.Linear(WIDTH, 1024), nn.GELU(), nn.Dropout(0.2), nn.Linear(1024, DIM))

    def forward(self, x: Tensor) -> Tensor:
        """[n, 384] -> [n, 256]."""
        return functional.normalize(self.straight(x) + 0.5 * self.bent(x), dim=-1)


class ImageProjection(nn.Module):
    """Standardised teacher features with class probabilities -> joint space, unit length, linear."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.linear = nn.Linear(width, DIM)

    def forward(self, x: Tensor) -> Tensor:
        """[n, width] -> [n, 256]."""
        return functional.normalize(self.linear(self.drop(x)), dim=-1)


@dataclass(frozen=True)
class Standard:
    """Mean and spread per column, for features of very different size."""

    mean: np.ndarray
    std: np.ndarray

    @staticmethod
    def of(values: np.ndarray) -> Standard:
        """From the first axis of `values`."""
        flat = values.reshape(-1, values.shape[-1]).astype(np.float32)
        return Standard(flat.mean(0), flat.std(0) + 1e-3)


def teacher_features(view: dict[str, np.ndarray], standard: Standard) -> np.ndarray:
    """Pooled features (standardised) beside the square roots of class probabilities, float16 [n, 2281]."""
    pooled = (np.asarray(view["pooled"], np.float32) - standard.mean) / standard.std
    logits = np.asarray(view["logits"], np.float32) * LOGIT_SCALE
    odds = np.exp(logits - logits.max(1, keepdims=True))
    chance = odds / odds.sum(1, keepdims=True)
    return np.concatenate([pooled, 5.0 * np.sqrt(chance)], 1).astype(np.float16)


def class_captions(data: Path, rows: list[Row], logits: np.ndarray) -> list[str | None]:
    """A caption from the teacher's own top class where it is sure (over half), else None."""
    names = read_class_names(data)
    scaled = np.asarray(logits, np.float32) * LOGIT_SCALE
    odds = np.exp(scaled - scaled.max(1, keepdims=True))
    top, sure = scaled.argmax(1), 1.0 / odds.sum(1) > 0.5
    assert len(top) == len(rows)
    return [f"a photo of a {names[k][0]}" if ok and k else None for k, ok in zip(top, sure, strict=True)]


def label_queries(rows: list[Row]) -> list[str]:
    """Every label that occurs in the held-out `val` photos, sorted."""
    return sorted({label for row in rows if row.split == "val" for label in row.labels})


class Captions:
    """Caption ids per photo and the MiniLM vectors they point to."""

    def __init__(self, data: Path, work: Path, rows: list[Row]) -> None:
        pseudo = class_captions(data, rows, open_views(work, 0, len(rows))["logits"])
        texts = sorted({c for r in rows for c in r.captions} | {c for c in pseudo if c})
        number = {text: i for i, text in enumerate(texts)}
        self.vectors = torch.from_numpy(Sentences(work).embed(texts).astype(np.float32))
        own = [[number[c] for c in row.captions] for row in rows]
        self.of_row = torch.tensor([[ids[k % len(ids)] for k in range(5)] for ids in own])
        self.pseudo = torch.tensor([number[c] if c else -1 for c in pseudo])


def contrast(image: Tensor, text: Tensor, sentence: Tensor, scale: Tensor, same: float = 0.85) -> Tensor:
    """Symmetric InfoNCE; off-diagonal pairs whose sentences mean the same (MiniLM cosine) do not count."""
    return contrast_with(image, text, scale, (sentence @ sentence.T) > same)


def contrast_with(left: Tensor, right: Tensor, scale: Tensor | float, twins: Tensor) -> Tensor:
    """Symmetric InfoNCE of two sets of unit vectors [n, d]; pairs marked in `twins` [n, n] do not count."""
    goal = torch.arange(len(left))
    scores = (scale * left @ right.T).masked_fill(twins & ~torch.eye(len(left), dtype=torch.bool), -1e4)
    return (functional.cross_entropy(scores, goal) + functional.cross_entropy(scores.T, goal)) / 2


@dataclass(frozen=True)
class Plan:
    """How long and how the joint space is fitted."""

    steps: int = 1400
    human: int = 384
    labelled: int = 224
    pseudo: float = 0.25
    dropout: float = 0.35
    lr: float = 1.5e-3
    decay: float = 0.05
    whole: float = 0.4


def fit(
    rows: list[Row], features: list[np.ndarray], captions: Captions, plan: Plan
) -> tuple[ImageProjection, TextProjection]:
    """Fit both projections on the `trainable` photos; returns them in eval mode."""
    torch.manual_seed(7)
    human = torch.tensor([i for i, r in enumerate(rows) if r.trainable and r.human])
    labelled = torch.tensor([i for i, r in enumerate(rows) if r.trainable and not r.human])
    image, text = ImageProjection(features[0].shape[1], plan.dropout), TextProjection()
    scale = nn.Parameter(torch.tensor(np.log(1 / 0.05), dtype=torch.float32))
    params = [*image.parameters(), *text.parameters(), scale]
    optimizer = torch.optim.AdamW(params, plan.lr, weight_decay=plan.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.lr, plan.steps, pct_start=0.1)
    for step in range(plan.steps):
        picked = torch.cat(
            [
                human[torch.randint(len(human), (plan.human,))],
                labelled[torch.randint(len(labelled), (plan.labelled,))],
            ]
        )
        words = captions.of_row[picked, torch.randint(5, (len(picked),))]
        guess = captions.pseudo[picked]
        words = torch.where((guess >= 0) & (torch.rand(len(picked)) < plan.pseudo), guess, words)
        view = 0 if torch.rand(()) < plan.whole else int(torch.randint(len(features), ()))
        seen = torch.from_numpy(features[view][picked.numpy()].astype(np.float32))
        sentence = captions.vectors[words]
        loss = contrast(image(seen), text(sentence), sentence, scale.exp().clamp(max=100))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 200 == 0:
            print(f"step {step} loss {loss.item():.3f} scale {scale.exp().item():.1f}", flush=True)
    return image.eval(), text.eval()


@torch.inference_mode()
def project(image: ImageProjection, features: list[np.ndarray]) -> np.ndarray:
    """Joint vectors of every view, float16 [views, n, 256]."""
    out = [
        torch.cat([image(torch.from_numpy(part.astype(np.float32))) for part in np.array_split(seen, 20)])
        for seen in features
    ]
    return torch.stack(out).half().numpy()


@torch.inference_mode()
def save_queries(work: Path, rows: list[Row], text: TextProjection) -> None:
    """Text side of the three measurements, so that training can watch them (`work/joint/queries.npz`)."""
    store, found = Sentences(work), {}
    parts = {
        "dev": [i for i, r in enumerate(rows) if r.split == "dev"],
        "coco": [i for i, r in enumerate(rows) if r.source == "coco" and r.split == "val"],
    }
    for name, photos in parts.items():
        texts = [(k, c) for k, i in enumerate(photos) for c in rows[i].captions]
        vectors = torch.from_numpy(store.embed(c for _, c in texts).astype(np.float32))
        found |= {f"{name}_photos": np.array(photos), f"{name}_owner": np.array([k for k, _ in texts])}
        found[f"{name}_text"] = text(vectors).half().numpy()
    words = torch.from_numpy(store.embed(f"a photo of {w}" for w in label_queries(rows)).astype(np.float32))
    found["val_photos"] = np.array([i for i, r in enumerate(rows) if r.split == "val"])
    found["label_text"] = text(words).half().numpy()
    np.savez(work / "joint" / "queries.npz", **found)


def report(work: Path, rows: list[Row], photos: np.ndarray) -> str:
    """Recall on dev and COCO val and label hit@5 for joint vectors `photos` [n, 256] (rows not needed: 0)."""
    q = np.load(work / "joint" / "queries.npz")
    dev = recall(q["dev_text"], photos[q["dev_photos"]], q["dev_owner"])
    coco = recall(q["coco_text"], photos[q["coco_photos"]], q["coco_owner"])
    labels = [rows[i].labels for i in q["val_photos"]]
    label = hits(first(q["label_text"], photos[q["val_photos"]]), label_queries(rows), labels)
    return f"dev {dev} coco {coco} label hit@5 {label:.1f}"


def main() -> None:
    """Fit, report, and store targets and text projection under `work/joint`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--views", type=int, default=4)
    args = parser.parse_args()
    torch.manual_seed(7)
    (args.work / "joint").mkdir(parents=True, exist_ok=True)
    rows = read_rows(args.data)
    captions = Captions(args.data, args.work, rows)
    views = [open_views(args.work, v, len(rows)) for v in range(args.views)]
    standard = Standard.of(np.asarray(views[0]["pooled"]))
    features = [teacher_features(view, standard) for view in views]
    began = time.time()
    image, text = fit(rows, features, captions, Plan())
    print(f"fitted in {time.time() - began:.0f} s")
    targets = project(image, features)
    np.save(args.work / "joint" / "targets.npy", targets)
    np.savez(args.work / "joint" / "standard.npz", mean=standard.mean, std=standard.std)
    torch.save(text.state_dict(), args.work / "joint" / "text.pt")
    save_queries(args.work, rows, text)
    print("whole photo:", report(args.work, rows, targets[0].astype(np.float32)))
    mean = targets.astype(np.float32).mean(0)
    mean /= np.linalg.norm(mean, axis=1, keepdims=True)
    print("mean of views:", report(args.work, rows, mean))


if __name__ == "__main__":
    main()

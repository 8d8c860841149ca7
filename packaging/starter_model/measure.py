"""Step 7: measure a finished model folder on photos never trained on, from the photo files themselves.

    python measure.py DATA MODEL_FOLDER --words tests/starter_model/everyday_words.tsv

Everything goes through open_clip's public way in: its preprocessing, its tokenizer, both towers in float32.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from joint_space import label_queries
from manifest import Photos, Row, read_rows
from PIL import Image
from recall import first, hits, recall
from shim import load_torchvision
from torch.nn import functional


@dataclass(frozen=True)
class Word:
    """An everyday word in both languages and the expression that tells which photos show it."""

    english: str
    chinese: str
    shown: re.Pattern[str]


class Model:
    """A model folder, through open_clip."""

    def __init__(self, folder: Path) -> None:
        load_torchvision()
        import open_clip

        name = f"local-dir:{folder.resolve()}"
        made: Any = open_clip.create_model_and_transforms(name, precision="fp32")
        self._net, self._prepare = made[0].eval(), made[2]
        self._tokenize: Any = open_clip.get_tokenizer(name)
        self.seconds = 0.0

    @torch.inference_mode()
    def photos(self, opened: Sequence[Image.Image]) -> np.ndarray:
        """Unit vectors [n, 256]; the tower's own processor time is added up in `seconds`."""
        pixels = torch.stack([self._prepare(photo.convert("RGB")) for photo in opened])
        began = time.process_time()
        found = functional.normalize(self._net.encode_image(pixels), dim=-1)
        self.seconds += time.process_time() - began
        return found.numpy()

    @torch.inference_mode()
    def texts(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors [n, 256]."""
        parts = [texts[k : k + 256] for k in range(0, len(texts), 256)]
        found = [functional.normalize(self._net.encode_text(self._tokenize(list(p))), dim=-1) for p in parts]
        return torch.cat(found).numpy()

    @torch.inference_mode()
    def query_time(self, queries: Sequence[str]) -> float:
        """Median milliseconds of processor time for one query, tokens included."""
        spent = []
        for query in queries:
            began = time.process_time()
            self._net.encode_text(self._tokenize([query]))
            spent.append(1000 * (time.process_time() - began))
        return float(np.median(spent))


def read_words(path: Path) -> list[Word]:
    """Three columns: English, Chinese, expression."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    cells = [line.split("\t") for line in lines]
    return [Word(a, b, re.compile(rf"\b(?:{c})\b", re.IGNORECASE)) for a, b, c in cells]


def encode_rows(model: Model, data: Path, rows: list[Row]) -> np.ndarray:
    """Vectors of photos of `starter/`, in batches of 64."""
    photos, out = Photos(data), []
    for start in range(0, len(rows), 64):
        opened = [Image.open(io.BytesIO(photos.read(row))) for row in rows[start : start + 64]]
        out.append(model.photos(opened))
    return np.concatenate(out)


def report_captions(model: Model, name: str, captions: list[list[str]], vectors: np.ndarray) -> None:
    """Print recall of every caption's photo."""
    owner = np.array([k for k, own in enumerate(captions) for _ in own])
    found = model.texts([text for own in captions for text in own])
    print(f"{name}: R@1/5/10 {recall(found, vectors, owner)}")


def report_words(model: Model, words: list[Word], rows: list[Row], vectors: np.ndarray) -> None:
    """Print precision among the first five per word in both languages (fewer where fewer photos show it)."""
    told = [" . ".join((*row.labels, *row.captions)) for row in rows]
    best = {
        "en": first(model.texts([word.english for word in words]), vectors),
        "zh": first(model.texts([word.chinese for word in words]), vectors),
    }
    sums, counted = {"en": 0.0, "zh": 0.0}, 0
    for k, word in enumerate(words):
        shown = np.array([bool(word.shown.search(text)) for text in told])
        room = min(5, int(shown.sum()))
        if not room:
            print(f"  {word.english}: no photo shows it")
            continue
        scores = {tongue: float(shown[rank[k][:room]].mean()) for tongue, rank in best.items()}
        counted += 1
        for tongue, score in scores.items():
            sums[tongue] += score
        print(f"  {word.english} {scores['en']:.2f}  {word.chinese} {scores['zh']:.2f}  ({shown.sum()} photos)")
    means = " ".join(f"{tongue} {100 * total / max(counted, 1):.1f}" for tongue, total in sums.items())
    print(f"everyday words P@5, mean of {counted}: {means}")


def report_folder(model: Model, data: Path) -> None:
    """Print recall on `data/photos`, original files."""
    listed: list[dict[str, Any]] = json.loads((data / "photos/captions.json").read_text(encoding="utf-8"))
    vectors = [model.photos([Image.open(data / "photos" / item["file"])]) for item in listed]
    report_captions(model, f"photos/ ({len(listed)})", [item["captions"] for item in listed], np.concatenate(vectors))


def main() -> None:
    """Print all figures of the model card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--words", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)  # so that processor time means something on a busy machine
    model = Model(args.model)
    rows = [row for row in read_rows(args.data) if not row.trainable]
    vectors = encode_rows(model, args.data, rows)
    print(f"image tower: {len(rows) / model.seconds:.0f} photos per second of one core, in batches of 64")
    dev = [k for k, row in enumerate(rows) if row.split == "dev"]
    report_captions(model, f"flickr8k dev ({len(dev)}) en", [[*rows[k].captions] for k in dev], vectors[dev])
    report_captions(model, f"flickr8k dev ({len(dev)}) zh", [[*rows[k].captions_zh] for k in dev], vectors[dev])
    report_folder(model, args.data)
    val = [k for k, row in enumerate(rows) if row.split == "val"]
    queries = label_queries(rows)
    best = first(model.texts([f"a photo of {word}" for word in queries]), vectors[val])
    print(f"label hit@5 of {len(queries)}: {hits(best, queries, [rows[k].labels for k in val]):.1f}")
    if args.words:
        report_words(model, read_words(args.words), rows, vectors)
    print(f"one query: {model.query_time(['a dog in the snow', '雪地里的狗'] * 20):.1f} ms of one core", flush=True)


if __name__ == "__main__":
    main()

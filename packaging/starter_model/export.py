"""Put both towers into one open_clip folder, float16, and as ONNX beside it; check that all of it agrees.

The second model, of the teacher's weights and what `tail.py` and `teach.py` made of them:

    python export.py WORK OUT --tail WORK/second/tail.pt --frozen LITE1 --text WORK/second/text.pt

The first one, of the checkpoint of `image_tower.py` and the text tower of `align.py`:

    python export.py WORK OUT --image WORK/runs/first/last.pt --side 160

A version of either with another text tower, which shares its vectors of photos:

    python export.py WORK OUT --like FOLDER --text WORK/second/words.pt
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lite1
import numpy as np
import torch
from batches import MEAN, STD
from networks import FILE
from onnx_towers import convert
from safetensors.torch import load_file, save_file
from shim import load_torchvision
from student import DIM, TOWER
from text_tower import TEXT_CFG
from tokenizers import Tokenizer
from tokens import save_tokenizer

from core.models import read_model_folder
from core.models.folder import CONFIG, VECTORS_OF

LOGIT_SCALE = 32.0


@dataclass(frozen=True)
class Vision:
    """An image tower to export: timm's name of it, its weights as timm names them, and the pictures it wants."""

    name: str
    weights: Mapping[str, torch.Tensor]
    side: int
    mean: float
    std: float


def configuration(vision: Vision, vocabulary: int) -> dict[str, Any]:
    """What open_clip needs to build the model and its preprocessing: the whole photo, squashed to a square."""
    text = TEXT_CFG | {
        "vocab_size": vocabulary,
        "hf_tokenizer_name": "recollect-starter",
        "tokenizer_kwargs": {"clean": "whitespace"},
    }
    tower = {
        "image_size": vision.side,
        "timm_model_name": vision.name,
        "timm_model_pretrained": False,
        "timm_pool": "avg",
        "timm_proj": "",
    }
    preprocess = {
        "mean": [vision.mean] * 3,
        "std": [vision.std] * 3,
        "interpolation": "bicubic",
        "resize_mode": "squash",
    }
    return {"model_cfg": {"embed_dim": DIM, "vision_cfg": tower, "text_cfg": text}, "preprocess_cfg": preprocess}


def first_vision(checkpoint: Path, side: int) -> Vision:
    """The first model's image tower: the averaged weights of a run."""
    average: dict[str, torch.Tensor] = torch.load(checkpoint, weights_only=True)["average"]
    own = {name.removeprefix("tower."): value for name, value in average.items() if name.startswith("tower.")}
    return Vision(TOWER, own, side, MEAN, STD)


def second_vision(frozen: Path, tail: Path) -> Vision:
    """The second model's: the teacher, its end as it was taught."""
    tower = lite1.lite1_tower(torch.load(frozen, weights_only=True), torch.load(tail, weights_only=True))
    return Vision(lite1.TOWER, tower.state_dict(), lite1.SIDE, lite1.MEAN, lite1.STD)


def weights(vision: Vision, text: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Image tower and text tower under the names of open_clip's CLIP, float16."""
    out = {f"visual.trunk.{name}": value for name, value in vision.weights.items()}
    out |= text
    out["logit_scale"] = torch.tensor(float(np.log(LOGIT_SCALE)))
    return {
        name: value.half().contiguous() if value.is_floating_point() else value.contiguous()
        for name, value in out.items()
    }


def write_like(folder: Path, text: Mapping[str, torch.Tensor], out: Path) -> None:
    """A version of the model in `folder` with another text tower: photos' vectors are the same to the byte."""
    model = read_model_folder(folder)
    shared = {**model.config, "recollect": {VECTORS_OF: model.key.rpartition("@")[2]}}
    (out / CONFIG).write_text(json.dumps(shared, indent=2) + "\n", encoding="utf-8")
    kept = {name: own for name, own in load_file(folder / FILE).items() if name not in text}
    taught = {name: own.half().contiguous() for name, own in text.items()}
    save_file(kept | taught, out / FILE, metadata={"format": "pt"})


def read_text(file: Path) -> dict[str, torch.Tensor]:
    """A text tower's weights, as `align.py` or `teach.py` keeps them."""
    held: dict[str, Any] = torch.load(file, weights_only=True, map_location="cpu")
    return held.get("tower", held)


def check(folder: Path) -> None:
    """Load the folder as open_clip does; the two ways to read the tokenizer must give the same ids."""
    load_torchvision()
    import open_clip

    name = f"local-dir:{folder.resolve()}"
    model: Any
    preprocess: Any
    model, _, preprocess = open_clip.create_model_and_transforms(name, precision="fp32")
    words = ["A Photo of  a cat", "雪地里的狗", "it's 2 o'clock, café!", "x" * 300, ""]
    theirs = open_clip.get_tokenizer(name)(words).numpy()
    ours = np.array([e.ids for e in Tokenizer.from_file(str(folder / "tokenizer.json")).encode_batch(words)])
    assert (theirs == ours).all(), "the two tokenizer routes differ"
    with torch.inference_mode():
        assert model.eval().encode_text(torch.from_numpy(ours)).shape == (len(words), DIM)
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{preprocess}\n{size / 1e6:.1f} MB in all, loads, tokenizers agree")


def read_arguments() -> argparse.Namespace:
    """What is to be exported, and whereto."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--tail", type=Path, help="the second model's image tower, what was taught of it")
    which.add_argument("--image", type=Path, help="the first model's image tower, a checkpoint")
    which.add_argument("--like", type=Path, help="a model's folder, whose image tower stays")
    parser.add_argument("--frozen", type=Path, help="with --tail: the weights of EfficientNet-lite1")
    parser.add_argument("--side", type=int, default=160, help="with --image: px")
    parser.add_argument("--text", type=Path, help="the text tower; that of align.py if not given")
    return parser.parse_args()


def main() -> None:
    """Write the folder and check it."""
    args = read_arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    text = read_text(args.text or args.work / "text" / "aligned.pt")
    tokenizer = Tokenizer.from_file(str((args.like or args.work / "text") / "tokenizer.json"))
    save_tokenizer(tokenizer, args.out)
    if args.like:
        write_like(args.like, text, args.out)
    else:
        write_whole(args, tokenizer, text)
    convert(args.out.resolve())
    check(args.out)


def write_whole(args: argparse.Namespace, tokenizer: Tokenizer, text: Mapping[str, torch.Tensor]) -> None:
    """Configuration and weights of both towers, as they were taught."""
    vision = second_vision(args.frozen, args.tail) if args.tail else first_vision(args.image, args.side)
    content = json.dumps(configuration(vision, tokenizer.get_vocab_size()), indent=2) + "\n"
    (args.out / CONFIG).write_text(content, encoding="utf-8")
    save_file(weights(vision, text), args.out / FILE, metadata={"format": "pt"})


if __name__ == "__main__":
    main()

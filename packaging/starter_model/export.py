"""Step 6: put both towers into one open_clip folder, float16, and as ONNX beside it; check that all of it agrees.

python export.py WORK --image WORK/runs/tuned/last.pt --side 160 OUT
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from batches import MEAN, STD
from onnx_towers import convert
from safetensors.torch import save_file
from shim import load_torchvision
from student import DIM, TOWER
from text_tower import TEXT_CFG
from tokenizers import Tokenizer
from tokens import save_tokenizer

LOGIT_SCALE = 32.0


def configuration(side: int, vocabulary: int) -> dict[str, Any]:
    """What open_clip needs to build the model and its preprocessing: the whole photo, squashed to a square."""
    vision = {
        "image_size": side,
        "timm_model_name": TOWER,
        "timm_model_pretrained": False,
        "timm_pool": "avg",
        "timm_proj": "",
    }
    text = TEXT_CFG | {
        "vocab_size": vocabulary,
        "hf_tokenizer_name": "recollect-starter",
        "tokenizer_kwargs": {"clean": "whitespace"},
    }
    preprocess = {
        "mean": [MEAN] * 3,
        "std": [STD] * 3,
        "interpolation": "bicubic",
        "resize_mode": "squash",
    }
    return {
        "model_cfg": {"embed_dim": DIM, "vision_cfg": vision, "text_cfg": text},
        "preprocess_cfg": preprocess,
    }


def weights(image: Path, text: Path) -> dict[str, torch.Tensor]:
    """Averaged image tower and text tower under the names of open_clip's CLIP, float16."""
    average = torch.load(image, weights_only=True)["average"]
    out = {
        name.replace("tower.", "visual.trunk.", 1): value
        for name, value in average.items()
        if name.startswith("tower.")
    }
    out |= torch.load(text, weights_only=True)["tower"]
    out["logit_scale"] = torch.tensor(float(np.log(LOGIT_SCALE)))
    return {
        name: value.half().contiguous() if value.is_floating_point() else value.contiguous()
        for name, value in out.items()
    }


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


def main() -> None:
    """Write the folder and check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--image", type=Path, required=True, help="checkpoint of the image tower")
    parser.add_argument("--side", type=int, default=160, help="px")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.work / "text" / "tokenizer.json"))
    save_tokenizer(tokenizer, args.out)
    content = json.dumps(configuration(args.side, tokenizer.get_vocab_size()), indent=2) + "\n"
    (args.out / "open_clip_config.json").write_text(content, encoding="utf-8")
    save_file(
        weights(args.image, args.work / "text" / "aligned.pt"),
        args.out / "open_clip_model.safetensors",
        metadata={"format": "pt"},
    )
    check(args.out)
    convert(args.out.resolve())


if __name__ == "__main__":
    main()

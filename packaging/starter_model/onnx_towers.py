"""Step 7: put both towers as ONNX beside a model's weights, and compare them with torch. `export.py` does it, too.

python onnx_towers.py FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.encoder.ready_export import add_ready_towers
from core.models import read_model_folder


def convert(folder: Path) -> None:
    """Write the files and tell how near they come to torch."""
    for tower, cosine in add_ready_towers(read_model_folder(folder)).items():
        print(f"{tower} as ONNX: cosine to torch at least {cosine:.6f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    convert(parser.parse_args().folder.resolve())

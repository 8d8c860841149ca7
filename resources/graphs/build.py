"""Makes the networks beside this file from the architectures of the model list, with random weights.

    python -m resources.graphs.build NAME...    names of the list; the larger take 10 GB of disk and memory

Each is run here on weights of a model and compared with torch.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from core.encoder.backend_selection import choose_backend
from core.encoder.engine import least_cosine
from core.encoder.graph_making import make_graph
from core.encoder.graphs import graph_tower
from core.encoder.onnx_openvino import OnnxEngine
from core.encoder.probe import probe_of
from core.models import TOWERS, ModelFolder, Tower, find_entry
from tests.benchmarks.giants import make_giant


def main() -> None:
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            model = make_giant(find_entry(name), Path(folder) / "model")
            for tower in TOWERS:
                made = make_graph(model, tower, Path(__file__).parent)
                cosine = _compared(model, tower, Path(folder) / "cache")
                print(f"{name}, {tower}: {made} weights, cosine to torch {cosine:.6f}", flush=True)


def _compared(model: ModelFolder, tower: Tower, cache: Path) -> float:
    """Return the least cosine between what the network and torch answer to the probe."""
    graph = graph_tower(model, tower, cache)
    assert graph is not None
    probe = probe_of(model, tower)
    expected = choose_backend(model, tower, probe, device="cpu", backend="torch").engine.run(probe)
    return least_cosine(OnnxEngine(graph).run(probe), expected)


if __name__ == "__main__":
    main()

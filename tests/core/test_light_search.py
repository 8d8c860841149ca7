"""A question from the command line is answered without torch, and without another process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from core.models import STARTER, find_model
from core.paths import LibraryPaths
from core.photo import Facts
from core.store import Batch, Embedded, Store
from tests.core.store.conftest import identity, stamp, unit

_ASK = """
import json, sys
from core.cli import main
sys.argv = ["recollect", "--library", {folder!r}, "search", "--json", "a dog"]
try:
    code = main()
except SystemExit as ended:
    code = ended.code
heavy = {{"torch", "open_clip", "torchvision", "transformers", "core.encoder.process", "PySide6"}}
print(json.dumps([code, sorted(heavy & set(sys.modules))]), file=sys.stderr)
"""


def test_a_search_imports_no_torch_and_starts_no_process(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    model = find_model(STARTER, tmp_path)
    with Store.open(LibraryPaths(tmp_path / "library")) as store:
        root = store.add_root(photos)
        photo = Embedded(identity(1), Facts(), b"", unit(1, model.dimension), (stamp(root, "a.jpg"),))
        store.record(Batch(model.key, (photo,)))
    asked = [sys.executable, "-c", _ASK.format(folder=str(tmp_path / "library"))]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert json.loads(done.stderr.splitlines()[-1]) == [0, []], done.stderr
    assert "a.jpg" in done.stdout

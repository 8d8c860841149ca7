"""A question from the command line is answered without torch, and without another process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.encoder import backend_selection
from core.encoder.backend_selection import choose_backend
from core.encoder.probe import PROBE_TEXTS
from core.encoder.tokenizer import tokenizer_of
from core.models import STARTER, ModelFolder, converted_folder, find_model, read_model_folder
from core.paths import LibraryPaths
from core.photo import Facts
from core.store import Batch, Embedded, Store
from tests.core.store.conftest import identity, stamp, unit
from tests.core.tiny_model import make_tiny_model

_ASK = """
import json, sys
from core.cli import main
sys.argv = ["recollect", "--library", {folder!r}, "--model", {model!r}, "search", "--json", "a dog"]
try:
    code = main()
except SystemExit as ended:
    code = ended.code
heavy = {{"torch", "open_clip", "torchvision", "transformers", "core.encoder.process", "PySide6", "onnx", "onnxscript"}}
heavy |= {{"urllib.request", "http.client", "sqlite_utils", "filelock", "PIL.Image"}}
heavy |= {{"core.decode.job", "core.encoder.towers", "psutil"}}
print(json.dumps([code, sorted(heavy & set(sys.modules))]), file=sys.stderr)
"""


def test_a_search_imports_no_torch_and_starts_no_process(tmp_path: Path) -> None:
    assert_light(find_model(STARTER, tmp_path), tmp_path)


def test_nor_does_one_with_another_model_once_that_is_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxscript")
    model = read_model_folder(make_tiny_model(tmp_path / "library" / "models" / "tiny"))
    monkeypatch.setattr(backend_selection, "_WORTH", 0.0)  # whatever the machine does at this moment
    cache = converted_folder(model.path.parent)
    found = choose_backend(model, "texts", tokenizer_of(model)(PROBE_TEXTS), cache=cache)
    assert found.engine.words.code == "engine_onnx_runtime" and found.cosine > 0.999
    assert_light(model, tmp_path)


def assert_light(model: ModelFolder, tmp_path: Path) -> None:
    """Ask a library of one photo, and look at what the process imported; it is the only one."""
    photos = tmp_path / "photos"
    photos.mkdir()
    with Store.open(LibraryPaths(tmp_path / "library")) as store:
        root = store.add_root(photos)
        photo = Embedded(identity(1), Facts(), b"", unit(1, model.dimension), (stamp(root, "a.jpg"),))
        store.record(Batch(model.key, (photo,)))
    asked = [sys.executable, "-c", _ASK.format(folder=str(tmp_path / "library"), model=model.name)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert json.loads(done.stderr.splitlines()[-1]) == [0, []], done.stderr
    assert "a.jpg" in done.stdout

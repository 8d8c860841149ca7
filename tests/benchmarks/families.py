"""Every model of the list at its full depth, with random weights, from its folder to an answer and back.

    python -m tests.benchmarks families             all of them: half an hour, 5 GB of disk, 8 GB of memory
    python -m tests.benchmarks siglip2-base-32      one of them

For each: the command line adds photos, indexes and searches them with the built-in model, then with this one, then
goes back, and nothing may be embedded twice; the same once more with torch alone; and each engine has to give torch's
vectors. Whatever does not hold ends the run.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.encoder.process import EncoderProcess
from core.events import Control, Finished
from core.library import Library
from core.models import CatalogueEntry, ModelFolder, read_catalogue
from core.query import described
from tests.benchmarks.engines import compare_engines
from tests.benchmarks.figures import tell
from tests.benchmarks.giants import make_giant
from tests.benchmarks.photos import make_photos

PHOTOS = 6
STARTER = "recollect-starter"


def families() -> None:
    """Take every model of the list through its story."""
    for story in STORIES.values():
        story()


def _story(entry: CatalogueEntry) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = make_giant(entry, folder / entry.name)
        photos = folder / "photos"
        make_photos(photos, PHOTOS, width=900, height=700)
        _through_the_command_line(model, folder / "library", photos)
        _with_torch_alone(model, folder / "other library", photos)
        tell(f"{entry.name}: add, index, search, switch, back", PHOTOS, "photos", detail="nothing embedded twice")
        compare_engines(model, folder / "library" / "models" / "converted")


def _through_the_command_line(model: ModelFolder, library: Path, photos: Path) -> None:
    def recollect(*arguments: str | Path) -> Any:
        command = [sys.executable, "-m", "app", "--library", str(library), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return json.loads(done.stdout) if "--json" in command else None

    def answered_by() -> str:
        found = recollect("search", "a red boat on the water", "--json")
        assert len(found["hits"]) == PHOTOS, found
        return str(found["model"])

    recollect("add", photos)
    assert recollect("index", "--json")["embedded"] == PHOTOS
    assert answered_by().startswith(STARTER)
    recollect("models", "use", model.path)
    assert answered_by().startswith(STARTER), "the old model answers until the new one has caught up"
    assert recollect("--model", model.path, "index", "--json")["embedded"] == PHOTOS
    assert answered_by() == model.key
    recollect("models", "use", STARTER)
    assert recollect("index", "--json")["embedded"] == 0
    assert answered_by().startswith(STARTER)
    recollect("models", "use", model.path)
    assert recollect("index", "--json")["embedded"] == 0
    assert answered_by() == model.key


def _with_torch_alone(model: ModelFolder, folder: Path, photos: Path) -> None:
    encoder = functools.partial(EncoderProcess, device="cpu", backend="torch")
    with Library.open(folder, model=str(model.path), make_encoder=encoder) as library:
        library.add_root(photos)
        assert _embedded(library) == PHOTOS
        assert len(library.find(described("a red boat on the water")).hits) == PHOTOS
    with Library.open(folder, model=STARTER, make_encoder=encoder) as library:
        assert _embedded(library) == PHOTOS
        assert len(library.find(described("a red boat on the water")).hits) == PHOTOS
    with Library.open(folder, model=str(model.path), make_encoder=encoder) as library:
        assert _embedded(library) == 0
        assert len(library.find(described("雪山")).hits) == PHOTOS


def _embedded(library: Library) -> int:
    (finished,) = [event for event in library.index(Control()) if isinstance(event, Finished)]
    return finished.embedded


STORIES: dict[str, Callable[[], None]] = {
    entry.name: functools.partial(_story, entry) for entry in read_catalogue() if not entry.built_in
}
"""By the name of a model: what is done with it."""

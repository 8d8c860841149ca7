"""The sample library of `recollect demo`: freely licensed photographs that come inside Python wheels.

scikit-image, scikit-learn and matplotlib carry a few dozen pictures for their own examples. They are copied out of
the installed packages, so that the demo needs no download of its own and no photo of the user's.
"""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from core.errors import RecollectError
from core.messages import other_errors

# package, path inside it, name in the sample folder. Only what a person might have photographed or scanned: the
# packages' microscope pictures and test patterns are left out.
_PICTURES = (
    ("skimage", "data/astronaut.png", "astronaut.png"),
    ("skimage", "data/brick.png", "brick wall.png"),
    ("skimage", "data/camera.png", "cameraman.png"),
    ("skimage", "data/chelsea.png", "chelsea.png"),
    ("skimage", "data/coffee.png", "coffee.png"),
    ("skimage", "data/coins.png", "coins.png"),
    ("skimage", "data/grass.png", "grass.png"),
    ("skimage", "data/gravel.png", "gravel.png"),
    ("skimage", "data/horse.png", "horse.png"),
    ("skimage", "data/hubble_deep_field.jpg", "hubble.jpg"),
    ("skimage", "data/moon.png", "moon.png"),
    ("skimage", "data/motorcycle_left.png", "motorcycle.png"),
    ("skimage", "data/page.png", "page.png"),
    ("skimage", "data/rocket.jpg", "rocket.jpg"),
    ("skimage", "data/text.png", "text.png"),
    ("sklearn", "datasets/images/china.jpg", "palace.jpg"),
    ("sklearn", "datasets/images/flower.jpg", "flower.jpg"),
    ("matplotlib", "mpl-data/sample_data/grace_hopper.jpg", "officer.jpg"),
)

QUERIES = ("a cup of coffee", "a cat", "a rocket launch at night", "a flower", "a motorcycle in a garage", "一只猫")
"""What the demo asks, the last one in Chinese."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Where the demo's photos and its library lie."""

    photos: Path
    library: Path
    picture: Path


def prepare(folder: Path | None = None) -> Sample:
    """Copy the sample photos and return where they are; `folder` defaults to the user's cache.

    Raises:
        RecollectError: if the packages that carry them are not installed.
    """
    base = folder or Path(platformdirs.user_cache_path("Recollect", appauthor=False)) / "demo"
    sample = Sample(base / "photos", base / "library", base / "recollect-demo.png")
    sample.photos.mkdir(parents=True, exist_ok=True)
    copied = [_copy(package, inside, sample.photos / name) for package, inside, name in _PICTURES]
    if not any(copied):
        raise RecollectError(other_errors.NO_SAMPLES())
    return sample


def _copy(package: str, inside: str, target: Path) -> bool:
    """Copy one picture out of an installed package; False if the package or the picture is not there."""
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        source = Path(place) / inside
        if source.is_file():
            if not target.exists():
                shutil.copyfile(source, target)
            return True
    return False

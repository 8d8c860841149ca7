"""A library as its users see it, with an encoder that knows colours instead of a model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.encoder.protocol import Encoder
from core.errors import LibraryBusy, LibraryDamaged, ModelError, ModelMissing, QueryError
from core.events import Control, Event, Finished, Indexed, Skipped
from core.library import Library
from core.messages import OTHER, Message, title
from core.models import ModelFolder, Tower
from core.pixels import PixelSpec
from core.query import EVERYTHING, Fact, Query, Text, described, similar_to

COLOURS = ("red", "green", "blue")


class ColourEncoder:
    """Embeds a picture as its mean colour and a word as the colour it names."""

    dimension = 3
    batch_size = 4
    device = OTHER(text="a box of crayons")
    notes: tuple[Message, ...] = ()

    def __init__(self, model: ModelFolder, tower: Tower) -> None:
        self.key = model.key
        self.pixels = PixelSpec(16, 16)
        self.pictures = 0

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.pictures += len(pixels)
        means = pixels.reshape(len(pixels), -1, 3).mean(axis=1).astype(np.float32) + 1
        return means / np.linalg.norm(means, axis=1, keepdims=True)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = [COLOURS.index(text) if text in COLOURS else 0 for text in texts]
        return np.eye(3, dtype=np.float32)[known]

    def start(self) -> None: ...

    def close(self) -> None: ...


class Crayons:
    """Makes the encoders and remembers them, so that a test can count what was embedded."""

    def __init__(self) -> None:
        self.made: list[ColourEncoder] = []

    def __call__(self, model: ModelFolder, tower: Tower) -> Encoder:
        self.made.append(ColourEncoder(model, tower))
        return self.made[-1]

    @property
    def pictures(self) -> int:
        return sum(encoder.pictures for encoder in self.made)


def make_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    config = {"model_cfg": {"embed_dim": 3, "vision_cfg": {"image_size": 16}, "text_cfg": {}}}
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "open_clip_model.safetensors").write_bytes(folder.name.encode())
    return folder


def paint(path: Path, colour: str, size: tuple[int, int] = (80, 60)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name, colour in (("a red door.jpg", "red"), ("草地.png", "green"), ("sea/deep 🌊.png", "blue")):
        paint(tmp_path / "photos" / name, colour)
    return tmp_path / "photos"


@pytest.fixture
def crayons() -> Crayons:
    return Crayons()


@pytest.fixture
def library(tmp_path: Path, crayons: Crayons) -> Iterator[Library]:
    model = make_model(tmp_path / "crayons")
    with Library.open(tmp_path / "library", model=str(model), make_encoder=crayons) as library:
        yield library


def index(library: Library) -> list[Event]:
    return list(library.index(Control()))


def names(library: Library, query: str, folder: Path | None = None) -> list[str]:
    found: list[str] = []
    for hit in library.find(described(query, folder)).hits:
        photo = library.photo(hit.content_id)
        assert photo is not None
        found.append(photo.place.path.name)
    return found


def test_words_find_the_photo(library: Library, photos: Path) -> None:
    library.add_root(photos)
    events = index(library)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert (finished.embedded, finished.skipped) == (3, 0)
    assert names(library, "red")[0] == "a red door.jpg"
    assert names(library, "green")[0] == "草地.png"
    assert names(library, "blue")[0] == "deep 🌊.png"
    assert library.find(described("red")).hits[0].score == pytest.approx(1, abs=0.01)


def test_a_loaded_library_follows_its_folders(library: Library, photos: Path, crayons: Crayons) -> None:
    library.add_root(photos)
    assert library.load() == 0
    index(library)
    paint(photos / "new.png", "#ff1010")
    (photos / "草地.png").unlink()
    events = index(library)
    assert [len(event.content_ids) for event in events if isinstance(event, Indexed)] == [1]
    assert "new.png" in names(library, "red")
    assert "草地.png" not in names(library, "green")
    assert crayons.pictures == 4


def test_a_folder_narrows_the_search(library: Library, photos: Path) -> None:
    library.add_root(photos)
    index(library)
    assert names(library, "red", photos / "sea") == ["deep 🌊.png"]
    assert names(library, "red", photos / "nowhere") == []


def test_only_facts_that_photos_have_are_offered(library: Library, photos: Path) -> None:
    library.add_root(photos)
    index(library)
    offered = library.offers("a door by the sea in Paris 2019", EVERYTHING)
    assert [(one.fact, one.photos) for one in offered] == [(Fact("in", (Text("sea"),)), 1)]
    assert library.offers("a door by the sea", Fact("name", (Text("door"),))) == ()


def test_similar_photos(library: Library, photos: Path) -> None:
    library.add_root(photos)
    paint(photos / "another red.png", "#f00808")
    index(library)
    red = library.find(described("red")).hits
    assert {hit.content_id for hit in library.find(similar_to(red[0].content_id, limit=1)).hits} == {red[1].content_id}


def test_what_was_indexed_is_there_after_reopening(library: Library, photos: Path, crayons: Crayons) -> None:
    library.add_root(photos)
    index(library)
    library.close()
    with Library.open(library.folder, make_encoder=crayons) as again:
        assert names(again, "red")[0] == "a red door.jpg"
        status = again.status()
        assert (status.photos, status.indexed, status.pending, status.model) == (3, 3, 0, "crayons")
        assert not status.titles
        assert isinstance(index(again)[-1], Finished)
    assert crayons.pictures == 3


def test_switching_models_keeps_the_old_answers_until_the_new_are_there(
    library: Library, photos: Path, crayons: Crayons, tmp_path: Path
) -> None:
    library.add_root(photos)
    index(library)
    library.close()
    other = make_model(tmp_path / "pastels")
    with Library.open(library.folder, make_encoder=crayons) as changed:
        changed.set_setting("model", str(other))
        assert changed.find(described("red")).model.startswith("crayons@")
        assert changed.status().pending == 3
        index(changed)
        assert changed.find(described("red")).model.startswith("pastels@")
        assert crayons.pictures == 6
        changed.set_setting("model", str(tmp_path / "crayons"))
        index(changed)
        assert changed.find(described("red")).model.startswith("crayons@")
        assert crayons.pictures == 6


def test_the_model_it_was_opened_with_can_be_exchanged(
    library: Library, photos: Path, crayons: Crayons, tmp_path: Path
) -> None:
    library.add_root(photos)
    index(library)
    library.models.use(str(make_model(tmp_path / "pastels")))
    assert library.status().model == "pastels"
    assert library.find(described("red")).model.startswith("crayons@"), "until the new one has seen every photo"
    index(library)
    assert library.find(described("red")).model.startswith("pastels@")
    library.close()
    with Library.open(library.folder, make_encoder=crayons) as again:
        assert again.status().model == "pastels"


def test_what_a_model_ran_on_is_known_before_it_is_loaded(library: Library, photos: Path, crayons: Crayons) -> None:
    assert library.status().device is None
    library.add_root(photos)
    index(library)
    library.close()
    with Library.open(library.folder, make_encoder=crayons, write=False) as again:
        assert again.status().device == OTHER(text="a box of crayons")


def test_an_unreadable_file_is_listed_with_its_reason(library: Library, photos: Path) -> None:
    (photos / "broken.jpg").write_bytes(b"\xff\xd8 this is no photo")
    library.add_root(photos)
    skipped = [event for event in index(library) if isinstance(event, Skipped)]
    assert [event.path.name for event in skipped] == ["broken.jpg"]
    assert [(file.path.name, file.reason) for file in library.skipped()] == [("broken.jpg", skipped[0].reason)]
    assert library.status().skipped == 1


def test_an_unplugged_folder_keeps_its_photos(library: Library, photos: Path, tmp_path: Path) -> None:
    library.add_root(photos)
    index(library)
    photos.rename(tmp_path / "elsewhere")
    index(library)
    hit = library.find(described("red")).hits[0]
    photo = library.photo(hit.content_id)
    assert photo is not None and photo.offline
    assert library.thumbnail(hit.content_id)
    assert library.preview(hit.content_id, 800) is None
    assert library.roots()[0].offline


def test_removing_a_folder_leaves_the_files_alone(library: Library, photos: Path) -> None:
    root = library.add_root(photos)
    index(library)
    before = {path: path.read_bytes() for path in photos.rglob("*.*") if path.is_file()}
    library.remove_root(root.root_id)
    assert library.find(described("red")).hits == ()
    assert {path: path.read_bytes() for path in photos.rglob("*.*") if path.is_file()} == before


def test_one_process_writes_and_others_read(library: Library, photos: Path, crayons: Crayons) -> None:
    library.add_root(photos)
    index(library)
    with pytest.raises(LibraryBusy, match="already open"):
        Library.open(library.folder, make_encoder=crayons)
    with Library.open(library.folder, write=False, make_encoder=crayons) as reader:
        assert names(reader, "blue")[0] == "deep 🌊.png"


def test_preview_and_thumbnail_are_pictures(library: Library, photos: Path) -> None:
    paint(photos / "large.png", "#fe0000", (1200, 900))
    library.add_root(photos)
    index(library)
    hit = next(hit for hit in library.find(described("red")).hits if names(library, "red"))
    assert (library.thumbnail(hit.content_id) or b"").startswith(b"\xff\xd8")
    assert (library.preview(hit.content_id, 600) or b"").startswith(b"\xff\xd8")


def test_stopping_keeps_what_was_done(library: Library, photos: Path, crayons: Crayons) -> None:
    for number in range(1, 21):
        paint(photos / f"{number}.png", f"#{number:02x}80{number:02x}")
    library.add_root(photos)
    control = Control()
    for event in library.index(control):
        if isinstance(event, Indexed):
            control.stop()
    done = library.status().indexed
    assert 0 < done < 23
    index(library)
    assert library.status().indexed == 23
    assert crayons.pictures <= 23 + crayons.made[0].batch_size * 2


def test_errors_say_what_to_do(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no model “nothing”"):
        Library.open(tmp_path / "other", model="nothing")
    with pytest.raises(QueryError):
        library.find(described("  "))
    assert library.photo(99) is None
    assert library.thumbnail(99) is None
    assert library.preview(99, 100) is None


def test_a_model_that_left_does_not_close_the_library(library: Library, photos: Path, tmp_path: Path) -> None:
    library.add_root(photos)
    index(library)
    library.close()
    shutil.rmtree(tmp_path / "crayons")
    with Library.open(library.folder) as again:
        assert again.status().photos == 3
        assert len(again.find(Query())) == 3
        with pytest.raises(ModelMissing):
            again.find(described("red"))


def test_a_models_vectors_are_forgotten_once_another_has_seen_everything(
    library: Library, photos: Path, tmp_path: Path, crayons: Crayons
) -> None:
    library.add_root(photos)
    index(library)
    folder = library.folder
    library.close()
    other = make_model(tmp_path / "pastels")
    with Library.open(folder, make_encoder=crayons) as switching:
        switching.set_setting("model", str(other))
        assert switching.models.usage("crayons").photos == 3
        with pytest.raises(ModelError, match="in use"):
            switching.models.forget_vectors("pastels")
        with pytest.raises(ModelError, match="in use"):
            switching.models.forget_vectors("crayons")  # it answers until the other has caught up
        index(switching)
        switching.models.forget_vectors("crayons")
        assert switching.models.usage("crayons").photos == 0
        assert switching.models.usage("pastels").photos == 3
        assert switching.models.vector_bytes() == switching.models.usage("pastels").size > 0
        assert len(switching.find(described("red")).hits) == 3


def test_the_vectors_of_a_model_that_is_gone_are_forgotten_too(
    library: Library, photos: Path, tmp_path: Path, crayons: Crayons
) -> None:
    library.add_root(photos)
    index(library)
    shutil.rmtree(tmp_path / "crayons")
    with pytest.raises(ModelError, match="in use"):
        library.models.forget_vectors("crayons")
    library.close()
    with Library.open(library.folder, model=str(make_model(tmp_path / "pastels")), make_encoder=crayons) as other:
        index(other)
        assert other.models.forget_vectors("crayons") >= 0
        assert other.models.usage("crayons").photos == 0


def test_what_the_user_said_outlives_everything_the_library_forgets(
    library: Library, photos: Path, tmp_path: Path, crayons: Crayons
) -> None:
    """Stars stay while a photo is gone, while models change, and when the library's own file is damaged and rebuilt."""
    library.add_root(photos)
    index(library)
    red = library.photo(library.find(described("red")).hits[0].content_id)
    assert red is not None
    library.user_data.favourites.add([red.fingerprint])
    away = (photos / "a red door.jpg").rename(tmp_path / "away.jpg")
    index(library)
    assert "a red door.jpg" not in names(library, "red")
    library.models.use(str(make_model(tmp_path / "others")))
    index(library)
    away.rename(photos / "back again.jpg")
    index(library)
    assert starred_names(library) == ["back again.jpg"]
    library.close()

    database = library.folder / "library.sqlite"
    database.write_bytes(b"damaged" * 1000)
    with pytest.raises(LibraryDamaged) as raised:
        Library.open(library.folder, make_encoder=crayons)
    assert "move it away: Recollect then builds a new library" in raised.value.advice
    database.rename(tmp_path / "moved away.sqlite")
    with Library.open(library.folder, model=str(tmp_path / "crayons"), make_encoder=crayons) as again:
        again.add_root(photos)
        index(again)
        assert starred_names(again) == ["back again.jpg"] and again.check() == []


def starred_names(library: Library) -> list[str]:
    store = library._store  # pyright: ignore[reportPrivateUsage]
    found = [library.photo(int(one)) for one in store.content_ids_of(library.user_data.favourites.all())]
    return [photo.place.path.name for photo in found if photo is not None]


def test_damaged_user_data_are_told_and_found_by_the_check(library: Library, photos: Path, crayons: Crayons) -> None:
    library.add_root(photos)
    library.user_data.favourites.add([bytes(16)])
    library.close()
    (library.folder / "user.sqlite").write_bytes(b"damaged" * 1000)
    with pytest.raises(LibraryDamaged, match=r"favourites, albums and tags, “.*user.sqlite”, is damaged"):
        Library.open(library.folder, make_encoder=crayons)
    with Library.open(library.folder, write=False, make_encoder=crayons) as reading:  # searching goes on
        assert len(reading.roots()) == 1
        assert [found for found in reading.check() if "favourites" in title(found)]
    (library.folder / "user.sqlite").unlink()
    Library.open(library.folder, make_encoder=crayons).close()  # the lock was let go

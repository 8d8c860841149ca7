"""The text tower's last lesson: where words belong, and what stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from core import paths
from core.models import STARTER, read_model_folder

FOLDER = paths.resources() / "models" / STARTER
SENTENCES = ["a photo of a zebra", "狗", "two children run along a beach towards the water"]


@pytest.fixture(name="goals", scope="module")
def _goals(script: Any) -> Any:
    return script("word_goals")


@pytest.fixture(name="reader")
def _reader(script: Any) -> Any:
    return script("word_lesson").Reader(FOLDER)


def clusters(unit: Any, count: int = 40) -> np.ndarray:
    """Unit vectors around two directions that share a third, one after the other."""
    random = np.random.default_rng(1)
    middles = np.eye(6)[[0] * count + [1] * count] + 2 * np.eye(6)[2]
    return unit(middles + 0.2 * random.standard_normal(middles.shape))


def test_a_label_names_a_photo_and_a_caption_does_where_it_says_what_is_seen(script: Any, goals: Any) -> None:
    row, told = script("manifest").Row, ("a dog",) * 5
    rows = [row("pets", "a.webp", "train", told, (), ("Beagle",)), row("flickr8k", "b.webp", "train", told, (), ())]
    assert goals.photos_of_words(rows, {"dog"}) == {"beagle": [0], "dog": [1]}


def test_a_word_moves_towards_what_tells_its_photos_from_others(goals: Any) -> None:
    photos, place = clusters(goals.unit), goals.unit(np.ones(6))
    named = {"dog": range(40), "zebra": range(3)}
    found = goals.goals({"dog": place, "zebra": place, "ghost": place}, photos, named)
    assert found["dog"] @ np.eye(6)[0] > place[0] + 0.1 and found["dog"] @ np.eye(6)[1] < place[1] - 0.1
    assert abs(found["dog"][2] - place[2]) < 0.15, "what all photos share tells nothing"
    assert np.array_equal(found["zebra"], place) and np.array_equal(found["ghost"], place)


def test_a_goal_lies_between_the_languages_and_away_from_what_captions_share(goals: Any) -> None:
    one, other, common = np.eye(3)
    place = goals.between(one[None], other[None])
    assert place @ one == pytest.approx(place @ other) and np.linalg.norm(place) == pytest.approx(1)
    assert np.array_equal(goals.between(one[None], None), one)
    moved = goals.without_common(goals.unit(place + common), common[None])
    assert moved @ common < goals.unit(place + common) @ common


def test_many_sentences_are_read_as_each_alone(reader: Any) -> None:
    ids = reader.ids(SENTENCES)
    alone = torch.cat([reader.tower(own[None]) for own in ids]).detach().numpy()
    assert np.all((reader.places(ids) * alone).sum(1) > 0.999)


def test_words_go_to_their_goals_and_captions_stay(script: Any, reader: Any) -> None:
    captions, word = reader.ids(SENTENCES[2:]), reader.ids(SENTENCES[:1])
    before, start = reader.places(captions), reader.places(word)
    goal = torch.from_numpy(start).flip(1)
    frozen = reader.tower.token_embedding.weight.clone()
    lessons = script("word_lesson")
    words = lessons.Words([word], goal, torch.ones(1))
    reader.tower = lessons.teach(reader, words, captions, lessons.Plan(15, 2e-3, 2, 2))
    assert float((reader.places(word) * goal.numpy()).sum()) > float((start * goal.numpy()).sum()) + 0.2
    assert float((reader.places(captions) * before).sum()) > 0.9
    assert torch.equal(reader.tower.token_embedding.weight, frozen)


def test_a_version_with_another_text_tower_shares_the_vectors(script: Any, reader: Any, tmp_path: Path) -> None:
    text = {name: own + 0.01 for name, own in reader.tower.state_dict().items()}
    export = script("export")
    export.write_like(FOLDER, text, tmp_path)
    (old, new), (was, now) = (
        (read_model_folder(folder) for folder in (FOLDER, tmp_path)),
        (load_file(folder / export.FILE) for folder in (FOLDER, tmp_path)),
    )
    assert new.key.rpartition("@")[2] == old.key.rpartition("@")[2]
    assert new.build.rpartition("@")[2] != old.build.rpartition("@")[2]
    same = {name for name in was if torch.equal(was[name], now[name])}
    assert was.keys() == now.keys() and {name for name in was if name.startswith("visual.")} <= same
    assert not any(name in same for name in text)

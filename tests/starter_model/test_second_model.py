"""Pure pieces of the second model's training: draws, contrasts, the order of work, and the tail's way in and out."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch

CPU = torch.device("cpu")


@pytest.fixture(name="lesson")
def _lesson(script: Any, tmp_path: Path) -> Any:
    """Four photos, 2 held out: one caption each for the first two, word 0 names photo 0, word 1 both."""
    ragged = script("lesson").ragged
    held: dict[str, np.ndarray] = {
        "files": np.array(["a/0", "a/1", "a/2", "a/3"]),
        "trainable": np.array([True, True, False, False]),
        "described": np.array([True, True, False, False]),
        "said_word": np.array([0, 1], np.int32),
        "others": np.array([4], np.int32),
        "held_photos": np.array([2, 3]),
    }
    lists = {
        "english": [[0], [1], [], []],
        "chinese": [[], [5], [], []],
        "said": [[2], [3]],
        "named": [[0], [0, 1]],
        "tokens": [[1, 7, 8, 9, 99], [1, 5, 99], [1, 6, 99], [1, 4, 99], [1, 3, 2, 99], [1, 50, 51, 99]],
    }
    for name, own in lists.items():
        held[name], held[f"{name}_starts"] = ragged(own)
    path = tmp_path / "lesson.npz"
    np.savez(path, **held)  # pyright: ignore[reportArgumentType]
    return script("draws").Lesson(path, CPU)


def test_a_sentence_has_one_number(script: Any) -> None:
    number = script("lesson").Numbers()
    assert number(["a", "b", "a"]) == [0, 1, 0]
    assert number(["c", "b"]) == [2, 1]
    assert number.sentences == ["a", "b", "c"]


def test_photos_are_drawn_with_what_is_said_of_them(lesson: Any) -> None:
    torch.manual_seed(0)
    drawn = lesson.captions(200, 1.0)
    assert set(zip(drawn.photos.tolist(), drawn.sentences.tolist(), strict=True)) == {(0, 0), (1, 5)}
    words = lesson.words(200)
    pairs = zip(words.words.tolist(), words.sentences.tolist(), words.photos.tolist(), strict=True)
    assert set(pairs) == {(0, 2, 0), (1, 3, 0), (1, 3, 1)}
    both = drawn + words
    assert (both.where(both.words >= 0).photos == words.photos).all()


def test_forgotten_pieces_leave_no_gap_and_the_marks_stay(lesson: Any) -> None:
    torch.manual_seed(1)
    ids = lesson.ids(torch.zeros(300, dtype=torch.long))
    lengths = (ids != 0).sum(1)
    assert set(ids[:, 0].tolist()) == {1}
    assert ids.gather(1, lengths[:, None] - 1).unique().tolist() == [99]
    assert lengths.min() < 5
    assert lesson.ids(torch.tensor([0]), forget=False).tolist() == [[1, 7, 8, 9, 99]]


def test_a_word_that_names_the_photo_too_is_no_contrast(script: Any, lesson: Any) -> None:
    contrast, draws = script("contrast"), script("draws")
    first = torch.eye(6, 8)
    loss = contrast.Contrast(lesson, first.half())
    photos = torch.stack([first[2], first[1]])
    none = torch.zeros(0, dtype=torch.long)

    def of(words: list[int]) -> float:
        drawn = draws.Draw(torch.tensor([0, 1]), torch.tensor([2, 1]), torch.tensor(words))
        return float(loss(photos, first[[2, 2]], drawn, none, first[none]))

    # Photo 1 lies far from its sentence: that counts while word 0 does not name it, and not where word 1 does.
    assert of([0, -1]) > 1
    assert of([1, -1]) < of([0, -1])


def test_all_other_words_are_contrast_to_a_word(script: Any, lesson: Any) -> None:
    tail, draws = script("tail"), script("draws")
    first, bank = torch.eye(6, 256).half(), torch.zeros(4, 256)
    bank[0, 2] = bank[1, 3] = 1
    loss = tail.WordContrast(lesson, first, bank, torch.tensor([True, True, False, False]))

    def of(photo: int, word: int, at: int) -> float:
        drawn = draws.Draw(torch.tensor([photo, photo]), torch.tensor([0, 0]), torch.tensor([word, -1]))
        return float(loss(torch.eye(6, 256)[[at, 0]], drawn))

    assert of(1, 1, 3) < 1e-3  # at its own word
    assert of(1, 1, 2) > 10  # at a word that does not name it
    assert of(0, 1, 2) < 1e-3  # at a word that names it too


def test_work_begins_with_whole_held_out_photos_and_leaves_out_what_is_done(script: Any) -> None:
    features = script("features")
    trainable, described = np.array([True, True, True, False]), np.array([False, True, True, False])
    filled = np.zeros((2, 4), bool)
    filled[0, 1] = True
    work = features.work_left(filled, trainable, described)
    assert [(part.view, part.rows.tolist()[0], len(part.rows)) for part in work] == [(0, 3, 3), (1, work[1].rows[0], 3)]
    assert work[0].rows.tolist() == [3, 2, 0]
    assert set(work[1].rows.tolist()) == {0, 1, 2}
    assert work[1].rows[-1] == 0


def test_stored_features_are_found_again(script: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    features = script("features")
    monkeypatch.setattr(features, "SHAPES", {"pooled1": (3,)})
    store = features.Store(tmp_path, 4, write=True)
    store.put(1, np.array([2]), {"pooled1": np.array([[1.0, 2.0, 3.0]])})
    store.save()
    again = features.Store(tmp_path, 4)
    assert again.filled.tolist() == [[False] * 4, [False, False, True, False]]
    assert again.arrays["pooled1"][1][2].tolist() == [1, 2, 3]
    with pytest.raises(SystemExit, match="another lesson"):
        features.Store(tmp_path, 5)


def test_a_map_of_standardised_features_reads_features_as_they_are(script: Any) -> None:
    mapped, mean, deviation = torch.nn.Linear(5, 2), torch.randn(5), torch.rand(5) + 0.5
    seen = torch.randn(3, 5)
    weight, bias = script("goal").unstandardised(mapped, mean, deviation)
    assert torch.allclose(seen @ weight.T + bias, mapped((seen - mean) / deviation), atol=1e-5)


def test_the_tail_has_the_teachers_weights_under_its_own_names(script: Any) -> None:
    weights = _checkpoint(blocks=3)
    tail = script("tail").Tail(weights, first=1)
    assert tail.state_dict()["blocks.1._expand_conv.weight"].equal(weights["_blocks.2._expand_conv.weight"])
    assert tail.state_dict()["conv_head.weight"].equal(weights["_conv_head.weight"])
    assert {name.split(".")[0] for name in tail.state_dict()} == {"blocks", "conv_head", "bn1", "head"}
    assert tail.place(torch.rand(2, 4, 7, 7)).norm(dim=1).tolist() == pytest.approx([1, 1], abs=1e-3)


def _checkpoint(blocks: int) -> dict[str, torch.Tensor]:
    """A teacher of 4 channels, 8 within its blocks, 6 features."""
    shapes = {"_expand_conv": (8, 4, 1, 1), "_depthwise_conv": (8, 1, 5, 5), "_project_conv": (4, 8, 1, 1)}
    named = {f"_blocks.{k}.{name}.weight": shape for k in range(blocks) for name, shape in shapes.items()}
    named["_conv_head.weight"] = (6, 4, 1, 1)
    return {name: torch.rand(shape) for name, shape in named.items()}


def test_maps_keep_most_of_what_they_have(script: Any) -> None:
    torch.manual_seed(2)
    changed = script("tail").changed(torch.ones(400, 3, 7, 7))
    holes = (changed == 0).flatten(1).sum(1)
    assert set(holes.tolist()) == {0, 3 * 4}
    assert 80 < int((holes > 0).sum()) < 200


def test_the_average_follows_and_the_rate_falls(script: Any) -> None:
    steps = script("steps")
    module = torch.nn.Linear(1, 1)
    average = steps.Average(module, 0.5)
    with torch.no_grad():
        module.weight.fill_(8.0)
    for _ in range(60):
        average.add(module)
    assert average.module.weight.item() == pytest.approx(8.0)
    assert steps.rate(1.0, 0.0, 0) == pytest.approx(0.05)
    assert steps.rate(1.0, 1.0, 100) == pytest.approx(0.01)
    assert len(list(steps.clock(1e-9))) == 1


def test_crops_lie_inside_and_a_whole_view_is_the_photo(script: Any) -> None:
    views: ModuleType = script("views")
    box = views.boxes(200, CPU)
    assert box.min() >= 0
    assert box.max() <= 1.00001
    assert (box[:, 2:] > box[:, :2]).all()
    raw = torch.randint(0, 255, (1, views.STORED, views.STORED, 3), dtype=torch.uint8)
    seen = views.cut(raw, views.whole(1, CPU), views.STORED, shake=False)
    assert torch.allclose(seen, raw.permute(0, 3, 1, 2) / 255, atol=1e-3)

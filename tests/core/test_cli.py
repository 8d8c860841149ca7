"""The command line from the outside: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.core.tiny_model import make_tiny_model

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `recollect` on one library of this module, and return what came of it."""
    library = tmp_path_factory.mktemp("with space 库") / "library"

    def run(*arguments: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "core", "--library", str(library), *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )
        assert done.returncode == expect, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    for number in range(12):
        picture = Image.effect_noise((320 + number, 240), 20 + 15 * number).convert("RGB")
        picture.putpixel((number, number), (255, 0, 0))
        picture.save(folder / f"photo {number} 照片.jpg", quality=95)
    (folder / "broken.png").write_bytes(b"not a picture")
    return folder


@pytest.fixture(scope="module")
def indexed(run: Run, photos: Path, model: Path) -> Any:
    run("add", photos)
    return json.loads(run("index", "--json", "--model", model).stdout)


def test_index_search_status(run: Run, indexed: Any, photos: Path) -> None:
    assert (indexed["embedded"], indexed["skipped"]) == (12, 1)
    answer = json.loads(run("search", "a", "red", "car", "--json", "-n", 5).stdout)
    assert answer["query"] == "a red car"
    assert answer["model"].startswith("tiny@")
    assert [hit["rank"] for hit in answer["hits"]] == [1, 2, 3, 4, 5]
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in answer["hits"]:
        assert Path(hit["path"]) == Path(hit["root"]) / hit["relative_path"]
        assert Path(hit["path"]).is_file()
    status = json.loads(run("status", "--json", "--skipped").stdout)
    assert (status["photos"], status["indexed"], status["skipped"], status["pending"]) == (12, 12, 1, 0)
    assert status["skipped_files"][0]["path"] == str(photos / "broken.png")


def test_scores_are_open_clips_own(run: Run, indexed: Any, model: Path) -> None:
    import numpy as np

    from core.encoder import torchvision_guard

    torchvision_guard.install()
    import open_clip
    import torch

    made: Any = open_clip.create_model_and_transforms(f"local-dir:{model}")
    clip, _, transform = made
    tokenize: Any = open_clip.get_tokenizer(f"local-dir:{model}")
    words = tokenize(["a red car"])
    hits = json.loads(run("search", "a red car", "--json").stdout)["hits"]
    with torch.inference_mode():
        text = clip.eval().encode_text(words, normalize=True)
        pictures = torch.stack([transform(Image.open(hit["path"])) for hit in hits])
        expected = (clip.encode_image(pictures, normalize=True) @ text.T).squeeze(1).numpy()
    np.testing.assert_allclose([hit["score"] for hit in hits], expected, atol=0.01)


def test_paths_go_to_a_pipe(run: Run, indexed: Any, photos: Path) -> None:
    lines = run("search", "anything", "--paths", "--in", photos).stdout.splitlines()
    assert {Path(line) for line in lines} == set(photos.glob("*.jpg"))


def test_the_language_of_the_search_field(run: Run, indexed: Any, photos: Path) -> None:
    """Facts, pictures and an order beside words; what is not understood is said and looked for as words."""
    named = run("search", "name:*照片.jpg width:<=322 month:smarch", "--paths")
    assert {Path(line).name for line in named.stdout.splitlines()} == {f"photo {n} 照片.jpg" for n in range(3)}
    assert "“smarch” cannot be asked for with “month:”" in named.stderr
    listed = json.loads(run("search", "width:330.. order:name", "--json", "--explain").stdout)
    assert [Path(hit["path"]).name for hit in listed["hits"]] == ["photo 10 照片.jpg", "photo 11 照片.jpg"]
    assert (listed["model"], listed["hits"][0]["score"], listed["hits"][0]["reasons"]) == ("", None, ["facts"])
    assert listed["explanation"]["facts"] == [{"fact": "width:330..", "photos": 2}]
    assert listed["explanation"]["could_mean"] == []
    assert listed["explanation"]["calibration"] is None
    assert "how probable each hit is, is not known" in run("search", "noise", "--explain").stderr
    alike = json.loads(run("search", "--like", photos / "photo 7 照片.jpg", "-n", 3, "--json").stdout)
    assert Path(alike["hits"][0]["path"]).name == "photo 7 照片.jpg"
    assert alike["hits"][0]["score"] == pytest.approx(1, abs=0.01)
    ordered = json.loads(run("search", "noise", "-n", 12, "--order", "name", "--json").stdout)
    names = [hit["relative_path"] for hit in ordered["hits"]]
    assert names == sorted(names)
    assert len({hit["score"] for hit in ordered["hits"]}) > 1


def test_folders_and_check(run: Run, indexed: Any, photos: Path) -> None:
    (folder,) = json.loads(run("folders", "--json").stdout)
    assert (folder["path"], folder["photos"], folder["online"]) == (str(photos), 12, True)
    assert "whole" in run("check").stderr


def test_indexing_again_embeds_nothing(run: Run, indexed: Any) -> None:
    again = json.loads(run("index", "--json").stdout)
    assert (again["embedded"], again["linked"], again["removed"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["search", " - "], 1, "nothing to search for"),
        (["--model", "no-such-model", "search", "a dog"], 1, "no model “no-such-model”"),
        (["add", "no-such-folder"], 1, "no-such-folder"),
        (["remove", "no-such-folder"], 1, "not a folder of this library"),
        (["search"], 2, "Missing argument"),
        (["no-such-command"], 2, "No such command"),
        (["search", "a dog", "-n", "0"], 2, "-n"),
        (["evaluate", ".", "--captions", "no-such.json"], 1, "no-such.json"),
    ],
)
def test_failures_are_sentences(run: Run, indexed: Any, arguments: list[str], status: int, words: str) -> None:
    failed = run(*arguments, expect=status)
    assert words in failed.stderr
    assert failed.stdout == ""


def test_a_failure_has_a_code(run: Run, indexed: Any) -> None:
    told = json.loads(run("search", "--json", " ", expect=1).stdout)["error"]
    assert (told["code"], told["fields"]) == ("query_empty", {}) and told["title"] and told["advice"]


def test_evaluate(run: Run, indexed: Any, photos: Path, model: Path, tmp_path: Path) -> None:
    rows = [{"file": path.name, "captions": [f"photo {path.name}", "noise"]} for path in sorted(photos.glob("*.jpg"))]
    (tmp_path / "captions.json").write_text(json.dumps(rows), encoding="utf-8")
    arguments = ("evaluate", photos, "--captions", tmp_path / "captions.json", "--model", model, "--json")
    figures = json.loads(run(*arguments).stdout)
    assert (figures["photos"], figures["captions"], figures["skipped"]) == (12, 24, 0)
    assert 0 <= figures["recall@1"] <= figures["recall@5"] <= figures["recall@10"] <= 100
    assert figures["images_per_second"] > 0 and figures["ms_per_query"] > 0


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout.startswith("recollect, version ")
    assert "search" in run("--help").stdout


def test_photos_that_vanished_are_forgotten_only_when_told(run: Run, model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        Image.new("RGB", (40, 40), (number * 8, 0, 0)).save(folder / f"{number}.png")
    library = ("--library", tmp_path / "library", "--model", model)
    run(*library, "add", folder)
    run(*library, "index")
    for number in range(25):
        (folder / f"{number}.png").unlink()
    assert "They were kept" in run(*library, "index").stderr
    assert json.loads(run(*library, "status", "--json").stdout)["photos"] == 30
    run(*library, "index", "--forget-missing")
    assert json.loads(run(*library, "status", "--json").stdout)["photos"] == 5

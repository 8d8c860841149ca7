"""The starter model's folder and word lists are what the product and the training code take them for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "resources" / "models" / "recollect-starter"
WORDS = Path(__file__).with_name("everyday_words.tsv")
GLOSSARY = ROOT / "packaging" / "starter_model" / "glossary.tsv"


@pytest.fixture(scope="module", name="tokenizer")
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODEL / "tokenizer.json"))


@pytest.fixture(scope="module", name="text_cfg")
def _text_cfg() -> dict[str, Any]:
    config = json.loads((MODEL / "open_clip_config.json").read_text(encoding="utf-8"))
    return config["model_cfg"]["text_cfg"]


def cells(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("text", ["a dog", "雪地里的狗", "", "word " * 200, "🦓"])
def test_a_text_begins_and_ends_with_its_marks_and_the_end_has_the_highest_id(
    tokenizer: Tokenizer, text_cfg: dict[str, Any], text: str
) -> None:
    ids = tokenizer.encode(text).ids
    end = text_cfg["vocab_size"] - 1
    assert len(ids) == text_cfg["context_length"]
    assert ids[0] == 1
    assert ids.count(end) == 1
    assert set(ids[ids.index(end) + 1 :]) <= {text_cfg["pad_id"]}


def test_case_and_spaces_do_not_matter(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("  A  Birthday\tCAKE ").ids == tokenizer.encode("a birthday cake").ids


def test_the_folder_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 30_000_000


def test_sixty_everyday_words_in_both_languages() -> None:
    rows = cells(WORDS)
    assert len(rows) >= 60
    assert {"zebra", "train", "birthday cake"} <= {row[0] for row in rows}
    for english, chinese, shown in rows:
        assert english and re.compile(shown)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_the_glossary_pairs_each_english_word_once() -> None:
    pairs = cells(GLOSSARY)
    assert len(pairs) >= 1200
    assert all(len(pair) == 2 and all(pair) for pair in pairs)
    assert len({pair[0] for pair in pairs}) == len(pairs)

"""Which words and phrases a caption is taken to say, so that its photo is practised with them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging" / "starter_model"


@pytest.fixture(name="named", scope="module")
def _named() -> Iterator[ModuleType]:
    before = set(sys.modules)
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield importlib.import_module("named")
    finally:
        sys.path.remove(str(SCRIPTS))
        for script in SCRIPTS.glob("*.py"):
            if script.stem not in before:
                sys.modules.pop(script.stem, None)


@pytest.mark.parametrize(
    ("caption", "phrase"),
    [
        ("A girl rides her brown horse around a barrel .", "riding a horse"),
        ("two cups full of hot coffee", "cup of coffee"),
        ("People are running on the sunny beach with a dog", "dog running on the beach"),
        ("Three zebras", "zebra"),
        ("a red car", "red car"),
    ],
)
def test_a_caption_says(named: ModuleType, caption: str, phrase: str) -> None:
    assert named.Said([phrase])((caption,)) == {phrase}


@pytest.mark.parametrize(
    ("caption", "phrase"),
    [
        ("a hook to hang a coat on", "hanger"),
        ("a car beside a red wall", "red car"),
        ("a man on a bicycle looks at a horse", "riding a horse"),
        ("", "cup of tea"),
    ],
)
def test_a_caption_does_not_say(named: ModuleType, caption: str, phrase: str) -> None:
    assert named.Said([phrase])((caption,)) == set()


def test_the_words_of_a_phrase_must_stand_in_one_caption(named: ModuleType) -> None:
    assert named.Said(["riding a horse"])(("a man riding", "a horse")) == set()

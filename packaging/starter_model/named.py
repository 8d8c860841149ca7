"""Photos by the words that name them, so that a rare word is practised as often as a common one.

Photos are unevenly named: thousands show a dog, nine a zebra. Drawn photo by photo, a zebra's word is next to never
drawn to zebras; drawn word by word it is. A word's photos are those labelled with it, those the image teacher is sure
of, and those whose captions say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from cache import open_views
from corpus import CHINESE, ENGLISH, GLOSSARY, read_class_names, read_glossary
from joint_space import LOGIT_SCALE
from manifest import Row
from tokenizers import Tokenizer

SURE = 0.3  # the teacher's probability from which its class names a photo
EMPTY = frozenset(["a", "an", "the", "of", "in", "on", "with", "and", "to", "at", "by"])  # words that name nothing
ENDINGS = ("ing", "es", "ed", "s", "e")
LEAST = 3  # photos of a word: of fewer nothing general is learned


@dataclass(frozen=True)
class Practice:
    """Sentences (token ids), the row of a photo for each, and the number of the word each says."""

    sentences: list[np.ndarray]
    photos: np.ndarray
    words: np.ndarray


class Named:
    """Words with their photos (rows of the manifest) and the sentences that say them in both languages."""

    def __init__(self, data: Path, work: Path, rows: list[Row], tokenizer: Tokenizer) -> None:
        chinese: dict[str, list[str]] = {}
        for own, other in read_glossary(GLOSSARY):
            chinese.setdefault(own.lower(), []).append(other)
        found = photos_of_words(data, work, rows, set(chinese))
        words = sorted(word for word, photos in found.items() if len(photos) >= LEAST)
        self._photos = [np.array(sorted(found[word])) for word in words]
        self._said = [(k, _ids(tokenizer, english_of(word))) for k, word in enumerate(words)]
        known = [(k, chinese[word]) for k, word in enumerate(words) if word in chinese]
        self._said += [(k, _ids(tokenizer, chinese_of(others))) for k, others in known]

    def draw(self, count: int, rng: np.random.Generator) -> Practice:
        """Every word equally often, in each language it is known in."""
        picked = [self._said[k] for k in rng.integers(len(self._said), size=count)]
        photos = np.array([rng.choice(self._photos[word]) for word, _ in picked])
        sentences = [texts[rng.integers(len(texts))] for _, texts in picked]
        return Practice(sentences, photos, np.array([word for word, _ in picked]))

    def shown(self, words: np.ndarray, photos: np.ndarray) -> np.ndarray:
        """Bool [words, photos]: whether each photo (a row) is one of each word's."""
        return np.stack([np.isin(photos, self._photos[word]) for word in words])


def photos_of_words(data: Path, work: Path, rows: list[Row], wanted: set[str]) -> dict[str, set[int]]:
    """Rows of the photos to train on, by label, by the teacher's class and, for `wanted` words, by caption."""
    names = read_class_names(data)
    scores = np.asarray(open_views(work, 0, len(rows))["logits"], np.float32) * LOGIT_SCALE
    sure = 1.0 / np.exp(scores - scores.max(1, keepdims=True)).sum(1) > SURE
    said, found = Said(wanted), dict[str, set[int]]()
    for i, (row, top) in enumerate(zip(rows, scores.argmax(1).tolist(), strict=True)):
        if not row.trainable:
            continue
        words = {label.lower() for label in row.labels}
        words.update(name.lower() for name in names[top] if sure[i])
        words.update(said(row.captions) if row.described else ())
        for word in words:
            found.setdefault(word, set()).add(i)
    return found


class Said:
    """Finds which of many words and phrases a caption says.

    One or two words must stand there as they are, a plural's ending aside. Of a longer phrase all words must be in one
    caption, in whatever form and order: "a girl rides her brown horse" says "riding a horse".
    """

    def __init__(self, wanted: Iterable[str]) -> None:
        self._short = {phrase for phrase in wanted if phrase.count(" ") < 2}
        self._long = {phrase: stems(phrase) for phrase in wanted if phrase.count(" ") >= 2}
        self._with: dict[str, list[str]] = {}
        for phrase, parts in self._long.items():
            for part in parts:
                self._with.setdefault(part, []).append(phrase)

    def __call__(self, captions: tuple[str, ...]) -> set[str]:
        """The words and phrases that one of the captions says."""
        found: set[str] = set()
        for caption in captions:
            found |= self._short & _words_and_pairs(caption)
            own = stems(caption)
            near = {phrase for part in own for phrase in self._with.get(part, ())}
            found.update(phrase for phrase in near if self._long[phrase] <= own)
        return found


def _words_and_pairs(caption: str) -> set[str]:
    words = re.findall(r"[a-z]+", caption.lower())
    found = {*words, *(" ".join(pair) for pair in pairwise(words))}
    return found | {word.removesuffix(ending) for word in found for ending in ("s", "es")}


def stems(text: str) -> frozenset[str]:
    """The words of an English text without their endings, those left out that name nothing."""
    return frozenset(_stem(word) for word in re.findall(r"[a-z]+", text.lower()) if word not in EMPTY)


def _stem(word: str) -> str:
    ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    bare = word.removesuffix(ending)
    return bare[:-1] if ending and len(bare) > 3 and bare[-1] == bare[-2] else bare


def english_of(word: str) -> list[str]:
    """The word in every English template."""
    article = "an" if word[0] in "aeiou" else "a"
    return [shape.format(word).replace(" of a ", f" of {article} ") for shape in ENGLISH]


def chinese_of(words: list[str]) -> list[str]:
    """The words in every Chinese template."""
    return [shape.format(word) for word in words for shape in CHINESE]


def _ids(tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    return np.array([e.ids for e in tokenizer.encode_batch(texts)], np.int16)

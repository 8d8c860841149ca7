"""The second model's sentences and questions as numbers, so that its training needs only this file and the photos.

Sentences are token ids, each sentence once, with the photos they belong to, the words' photos, and the questions that
the figures are made from. Nothing said about a held-out photo is among what is trained on.

    python lesson.py DATA WORK --words ../../tests/starter_model/everyday_words.tsv
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from corpus import GLOSSARY, english, machine_translations, of_classes, of_glossary, read_glossary
from joint_space import label_queries
from manifest import Row, read_rows
from measure import read_words
from named import LEAST, chinese_of, english_of, photos_of_words
from tokenizers import Tokenizer

KEPT = 60_000  # sentences of no photo that must stay where they are


class Numbers:
    """The numbers of sentences; each sentence has one."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self._number: dict[str, int] = {}

    def __call__(self, sentences: Iterable[str]) -> list[int]:
        """Numbers of the sentences, new ones where they are met for the first time."""
        out: list[int] = []
        for sentence in sentences:
            if sentence not in self._number:
                self._number[sentence] = len(self.sentences)
                self.sentences.append(sentence)
            out.append(self._number[sentence])
        return out


def ragged(lists: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """All values one after the other, and where each list starts (one more than there are lists)."""
    starts = np.cumsum([0] + [len(own) for own in lists]).astype(np.int32)
    return np.array([v for own in lists for v in own], np.int32), starts


def of_photos(data: Path, rows: list[Row], number: Numbers) -> dict[str, np.ndarray]:
    """Captions of every photo in both languages; none of the held-out ones."""
    more = machine_translations(data, rows)
    own = [number(r.captions) if r.trainable else [] for r in rows]
    other = [number((*r.captions_zh, *more.get(i, ())[:3])) if r.trainable else [] for i, r in enumerate(rows)]
    out: dict[str, np.ndarray] = {}
    out["english"], out["english_starts"] = ragged(own)
    out["chinese"], out["chinese_starts"] = ragged(other)
    out["trainable"] = np.array([r.trainable for r in rows])
    out["described"] = np.array([r.described and r.trainable for r in rows])
    out["files"] = np.array([f"{r.source}/{r.file}" for r in rows])
    return out


def of_words(data: Path, work: Path, rows: list[Row], number: Numbers) -> dict[str, np.ndarray]:
    """Words, the photos each names, and the sentences that say it: one list a word and language."""
    chinese: dict[str, list[str]] = {}
    for own, other in read_glossary(GLOSSARY):
        chinese.setdefault(own.lower(), []).append(other)
    found = photos_of_words(data, work, rows, set(chinese))
    words = sorted(word for word, photos in found.items() if len(photos) >= LEAST)
    said = [(k, number(english_of(word))) for k, word in enumerate(words)]
    said += [(k, number(chinese_of(chinese[word]))) for k, word in enumerate(words) if word in chinese]
    out = {"said_word": np.array([k for k, _ in said], np.int32)}
    out["said"], out["said_starts"] = ragged([texts for _, texts in said])
    out["named"], out["named_starts"] = ragged([sorted(found[word]) for word in words])
    return out


def of_questions(rows: list[Row], words: Path, number: Numbers) -> dict[str, np.ndarray]:
    """What `measure.py` asks, with its right answers."""
    out: dict[str, np.ndarray] = {}
    sets = {
        "dev": [i for i, r in enumerate(rows) if r.split == "dev"],
        "coco": [i for i, r in enumerate(rows) if r.source == "coco" and r.split == "val"],
    }
    for name, photos in sets.items():
        out[f"{name}_photos"] = np.array(photos)
        out[f"{name}_en"], out[f"{name}_en_starts"] = ragged([number(rows[i].captions) for i in photos])
        out[f"{name}_zh"], out[f"{name}_zh_starts"] = ragged([number(rows[i].captions_zh) for i in photos])
    val = [i for i, r in enumerate(rows) if r.split == "val"]
    labels = label_queries(rows)
    out["val_photos"] = np.array(val)
    out["labels"] = np.array(number(f"a photo of {label}" for label in labels))
    out["label_shown"] = np.array([[label in rows[i].labels for i in val] for label in labels])
    held = [i for i, r in enumerate(rows) if not r.trainable]
    told = [" . ".join((*rows[i].labels, *rows[i].captions)) for i in held]
    asked = read_words(words)
    out["held_photos"] = np.array(held)
    out["words_en"] = np.array(number(w.english for w in asked))
    out["words_zh"] = np.array(number(w.chinese for w in asked))
    out["word_names"] = np.array([w.english for w in asked])
    out["word_shown"] = np.array([[bool(w.shown.search(text)) for text in told] for w in asked])
    return out


def of_others(data: Path, rows: list[Row], number: Numbers) -> np.ndarray:
    """Sentences of no photo, some of every kind, drawn once."""
    lines = [*english(data, rows, share=1), *of_glossary(read_glossary(GLOSSARY)), *of_classes(data)]
    texts = sorted({sentence.text for sentence in lines})
    drawn = np.random.default_rng(8).choice(len(texts), min(KEPT, len(texts)), replace=False)
    return np.array(number(texts[k] for k in sorted(drawn.tolist())), np.int32)


def main() -> None:
    """Write `WORK/second/lesson.npz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--words", type=Path, required=True, help="everyday words that the figures ask for")
    args = parser.parse_args()
    rows, number = read_rows(args.data), Numbers()
    out = of_photos(args.data, rows, number) | of_words(args.data, args.work, rows, number)
    out |= of_questions(rows, args.words, number) | {"others": of_others(args.data, rows, number)}
    tokenizer = Tokenizer.from_file(str(args.work / "text" / "tokenizer.json"))
    tokenizer.no_padding()
    tokens, out["tokens_starts"] = ragged([e.ids for e in tokenizer.encode_batch(number.sentences)])
    out["tokens"] = tokens.astype(np.int16)
    path = args.work / "second" / "lesson.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **out)  # pyright: ignore[reportArgumentType]
    print(f"{len(rows)} photos, {len(number.sentences)} sentences, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""CLIP's byte-pair encoding, made of the word list inside open_clip: the ids of its SimpleTokenizer, without torch."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_WORDS = "bpe_simple_vocab_16e6.txt.gz"
_SIZE = 49408
_MERGES = _SIZE - 2 * 256 - 2
START, END = "<start_of_text>", "<end_of_text>"
_PIECES = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def clip_tokenizer(open_clip: Path) -> Tokenizer:
    """Return the tokenizer; texts are to be cleaned and made small before.

    Args:
        open_clip: the package's folder.
    """
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors

    lines = gzip.decompress((open_clip / _WORDS).read_bytes()).decode("utf-8").split("\n")[1 : _MERGES + 1]
    letters = _letters()
    names = [*letters, *(f"{letter}</w>" for letter in letters), *(line.replace(" ", "") for line in lines), START, END]
    vocabulary = {name: number for number, name in enumerate(names)}
    merges = [(first, second) for first, _, second in (line.partition(" ") for line in lines)]
    tokenizer = Tokenizer(models.BPE(vocabulary, merges, continuing_subword_prefix="", end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    ends = [(START, vocabulary[START]), (END, vocabulary[END])]
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{START} $A {END}", special_tokens=ends)
    tokenizer.add_special_tokens([START, END])
    return tokenizer


def _letters() -> list[str]:
    """Return the letter that stands for each byte, in the order of their ids: those that can be seen first."""
    seen = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    return [*map(chr, seen), *(chr(256 + number) for number in range(256 - len(seen)))]

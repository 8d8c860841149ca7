"""Words to token ids, the same ids the model was trained with.

A folder with `tokenizer.json` is read by the `tokenizers` package alone: the ids are those of transformers (a test
compares them), without its import and its network. Every other model uses CLIP's byte-pair encoding, whose word list
comes inside open_clip and is read without it, for its import brings torch.
"""

from __future__ import annotations

import html
import json
import string
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.encoder.clip_words import clip_tokenizer
from core.errors import ModelError
from core.messages import engine_messages
from core.models import ModelFolder
from core.models.install import open_clip_folder
from core.small_files import read_small

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Tokenize = Callable[[Sequence[str]], NDArray[np.int64]]
"""Texts → token ids, int64 (n, context_length)."""

_CLIP_VOCABULARY = 49408
"""Size of the byte-pair encoding that comes inside open_clip."""

_MODES_NOT_KNOWN = ("clips",)


def tokenizer_of(model: ModelFolder) -> Tokenize:
    """Return the tokenizer of a model.

    Raises:
        ModelError: if the text tower needs tokenizer files that the folder lacks, or that cannot be read.
    """
    text: dict[str, Any] = model.config["model_cfg"]["text_cfg"]
    if model.layout == "onnx" and not text.get("hf_tokenizer_name"):
        return _clip_words(model, _read_tokenizer(model))
    # A folder from a hub may hold the same byte-pair encoding once more, for other programs.
    own = (model.path / "tokenizer.json").is_file() and text.get("vocab_size") != _CLIP_VOCABULARY
    if own or text.get("hf_tokenizer_name"):
        return _from_file(model, text)
    if not text.get("tokenizer_kwargs"):
        return _clip_words(model, clip_tokenizer(open_clip_folder()))
    from core.encoder import torchvision_guard

    torchvision_guard.install()
    from open_clip.tokenizer import SimpleTokenizer

    tokenize: Any = SimpleTokenizer(context_length=model.context_length, **text.get("tokenizer_kwargs", {}))
    return lambda texts: tokenize(list(texts)).numpy()


def _clip_words(model: ModelFolder, tokenizer: Tokenizer) -> Tokenize:
    """Do what open_clip's SimpleTokenizer does: clean, make small, encode, cut or pad with 0 to the context length."""
    clean = cleaner("lower")
    tokenizer.enable_truncation(model.context_length)
    tokenizer.enable_padding(length=model.context_length, pad_id=0)

    def tokenize(texts: Sequence[str]) -> NDArray[np.int64]:
        encodings = tokenizer.encode_batch([clean(text) for text in texts])
        return np.array([encoding.ids for encoding in encodings], dtype=np.int64)

    return tokenize


def _read_tokenizer(model: ModelFolder) -> Tokenizer:
    """Return the tokenizer in a model's folder.

    Raises:
        ModelError: if there is none, or it is damaged.
    """
    from tokenizers import Tokenizer

    file = model.tokenizer_folder / "tokenizer.json"
    if not file.is_file():
        raise ModelError(engine_messages.TOKENIZER_MISSING(name=model.name))
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:  # the package raises plain Exception for a damaged file
        raise ModelError(engine_messages.TOKENIZER_DAMAGED(name=model.name)) from error


def _from_file(model: ModelFolder, text: dict[str, Any]) -> Tokenize:
    """Do what open_clip's HFTokenizer does with transformers: clean, encode, cut or pad to the context length."""
    if text.get("tokenizer_mode") in _MODES_NOT_KNOWN:
        raise ModelError(engine_messages.TOKENIZER_MISSING(name=model.name))
    tokenizer = _read_tokenizer(model)
    settings = _settings(model)
    options: dict[str, Any] = text.get("tokenizer_kwargs") or {}
    clean = cleaner(str(options.get("clean", "whitespace")))
    pad, pad_id = _special(tokenizer, settings, "pad_token", "<pad>")
    _, separator = _special(tokenizer, settings, "sep_token", "")
    tokenizer.enable_truncation(model.context_length, direction=settings.get("truncation_side", "right"))
    tokenizer.enable_padding(
        length=model.context_length, pad_id=pad_id, pad_token=pad, direction=settings.get("padding_side", "right")
    )

    def tokenize(texts: Sequence[str]) -> NDArray[np.int64]:
        encodings = tokenizer.encode_batch([clean(text) for text in texts])
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        if options.get("strip_sep_token"):
            ids[ids == separator] = 0
        return ids

    return tokenize


def cleaner(kind: str) -> Callable[[str], str]:
    """Return one of open_clip's ways to clean a text: "whitespace", "lower" or "canonicalize".

    Raises:
        ModelError: if there is no such way.
    """
    if kind == "whitespace":
        return _basic
    if kind == "lower":
        return lambda text: _basic(text).lower()
    if kind == "canonicalize":
        return _canonical
    raise ModelError(engine_messages.CLEANING_UNKNOWN(kind=kind))


def _basic(text: str) -> str:
    """Repair mojibake and character references, and make every run of white space one blank."""
    fixed = text if _has_nothing_to_fix(text) else _fixed(text)
    return " ".join(html.unescape(html.unescape(fixed)).split()).strip()


def _has_nothing_to_fix(text: str) -> bool:
    """Tell whether a text is plain ASCII, of which ftfy changes control characters and character references alone."""
    return text.isascii() and text.isprintable() and "&" not in text


def _fixed(text: str) -> str:
    import ftfy  # as long to import as a small model takes to load

    return ftfy.fix_text(text)


def _canonical(text: str) -> str:
    """Also drop ASCII punctuation and case, as SigLIP was trained: "A dog, on_grass." → "a dog on grass"."""
    plain = _basic(text).replace("_", " ").translate(str.maketrans("", "", string.punctuation))
    return " ".join(plain.lower().split()).strip()


def _settings(model: ModelFolder) -> dict[str, Any]:
    try:
        settings = json.loads(read_small(model.tokenizer_folder / "tokenizer_config.json"))
    except (OSError, ValueError):
        return {}
    return settings if isinstance(settings, dict) else {}


def _special(tokenizer: Any, settings: dict[str, Any], name: str, default: str) -> tuple[str, int]:
    """Return a special token and its id; tokenizer_config.json names it as a string or inside an object."""
    token = settings.get(name) or default
    content = str(token["content"] if isinstance(token, dict) else token)
    found: int | None = tokenizer.token_to_id(content) if content else None
    return content, 0 if found is None else found

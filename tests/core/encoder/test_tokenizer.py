"""Token ids without transformers are the ids transformers gives, in many languages and for all kinds of text."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ftfy
import numpy as np
import pytest
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from core.encoder import tokenizer
from core.encoder.tokenizer import cleaner, tokenizer_of
from core.errors import ModelError
from core.models import ModelFolder, read_model_folder
from tests.core.models.folders import write_model

PHRASES = (
    "a photo of a dog on the beach",
    "Two children, running; in the RAIN!",
    "雪山上的日落",
    "红色的汽车停在雨中。",
    "夕焼けの海辺を歩く犬",
    "눈 덮인 산의 일몰",
    "ein Hund am Strand bei Sonnenuntergang",
    "deux chats sur un canapé près de l’œuvre",
    "una niña con un globo rojo ¿dónde?",
    "собака бежит по пляжу",
    "الغروب على الشاطئ",
    "שקיעה על החוף",
    "สุนัขบนชายหาด",
    "समुद्र तट पर कुत्ता",
    "bãi biển lúc hoàng hôn",
    "kumsalda koşan köpek İSTANBUL",
    "σκύλος στην παραλία",
    "pies na plaży, źdźbło",
    "🏔️ 🐕 family 👨‍👩‍👧‍👦",
    "IMG_2041.JPG from C:\\photos\\new",
)

VARIATIONS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    str.upper,
    lambda text: f"  {text}\n\t{text[::-1]} ",
    lambda text: f"“{text}” &amp; &lt;b&gt;{text[:5]}&lt;/b&gt;",
    lambda text: " ".join([text] * 12),  # longer than any context
    lambda text: text.replace(" ", "_") + "...!?",
    lambda text: text.encode().decode("latin-1")[:40],  # mojibake
    lambda text: f"{text} e\u0301\u200bﬁ①Ａ\u3000x",  # to be composed, folded, dropped
    lambda text: text[:1],
    lambda text: f"{text} <eos> <pad> </s> <0x41> ▁ 12345 3.14",
)

TEXTS = [vary(phrase) for phrase in PHRASES for vary in VARIATIONS]
CONTEXT = 24


def gemma_like() -> Tokenizer:
    """Byte-pair encoding with a fallback to bytes and "▁" for blanks, as SigLIP 2 has it."""
    tokenizer = gemma_bare()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A <eos>", special_tokens=[("<eos>", 1)])
    return tokenizer


def gemma_bare() -> Tokenizer:
    """The same without its end."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    special = ["<pad>", "<eos>", "<bos>", "<unk>", *(f"<0x{byte:02X}>" for byte in range(256))]
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(PHRASES[:10] * 20, trainer)
    return tokenizer


def xlm_like() -> Tokenizer:
    """Unigram pieces between <s> and </s>, as XLM-R has it."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = trainers.UnigramTrainer(
        vocab_size=500, special_tokens=special, unk_token="<unk>", show_progress=False, n_sub_iterations=1
    )
    tokenizer.train_from_iterator(PHRASES * 5, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


GEMMA: dict[str, Any] = {
    "tokenizer_class": "GemmaTokenizer",
    "pad_token": "<pad>",
    "eos_token": "<eos>",
    "bos_token": "<bos>",
    "unk_token": "<unk>",
    "add_bos_token": False,
    "add_eos_token": True,
    "padding_side": "right",
    "clean_up_tokenization_spaces": False,
}
XLM: dict[str, Any] = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "pad_token": {"content": "<pad>", "lstrip": False, "__type": "AddedToken"},
    "sep_token": "</s>",
    "bos_token": "<s>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
}

KINDS: dict[str, tuple[Callable[[], Tokenizer], dict[str, Any], dict[str, Any]]] = {
    "siglip2": (gemma_like, GEMMA, {"clean": "canonicalize"}),
    "gemma without ends": (gemma_bare, {**GEMMA, "add_eos_token": False}, {"clean": "lower"}),
    "padded on the left": (gemma_like, {**GEMMA, "padding_side": "left"}, {}),
    "xlm-roberta": (xlm_like, XLM, {}),
    "without its separator": (xlm_like, XLM, {"strip_sep_token": True}),
}


def model_with(folder: Path, kind: str) -> ModelFolder:
    make, settings, options = KINDS[kind]
    write_model(folder)
    make().save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    config = json.loads((folder / "open_clip_config.json").read_text())
    text = {"context_length": CONTEXT, "hf_tokenizer_name": "someone/words", "tokenizer_kwargs": options}
    config["model_cfg"]["text_cfg"] = text
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    return read_model_folder(folder)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_ids_are_those_of_transformers(tmp_path: Path, kind: str) -> None:
    pytest.importorskip("transformers")
    from core.encoder import torchvision_guard

    torchvision_guard.install()
    from open_clip.tokenizer import HFTokenizer

    assert len(TEXTS) == 200
    model = model_with(tmp_path / "model", kind)
    theirs = HFTokenizer(str(model.path), context_length=CONTEXT, **KINDS[kind][2])(TEXTS)
    ours = tokenizer_of(model)(TEXTS)
    assert ours.dtype == np.int64
    different = [
        text for text, row, expected in zip(TEXTS, ours, theirs.numpy(), strict=True) if (row != expected).any()
    ]
    assert different == []


def test_the_cleaning_is_open_clips() -> None:
    from core.encoder import torchvision_guard

    torchvision_guard.install()
    from open_clip.tokenizer import get_clean_fn

    for kind in ("whitespace", "lower", "canonicalize"):
        theirs, ours = get_clean_fn(kind), cleaner(kind)
        assert [ours(text) for text in TEXTS] == [theirs(text) for text in TEXTS]
    with pytest.raises(ModelError, match="not known"):
        cleaner("scrub")


def test_a_model_without_its_own_words_uses_open_clips(tmp_path: Path) -> None:
    model = read_model_folder(write_model(tmp_path / "model"))
    ids = tokenizer_of(model)(["a photo of a dog", ""])
    assert ids.shape == (2, 16)
    assert ids.dtype == np.int64
    assert list(ids[0, :3]) == [49406, 320, 1125]
    assert list(ids[1, :3]) == [49406, 49407, 0]


def test_the_ids_of_clips_words_are_those_of_open_clip(tmp_path: Path) -> None:
    from core.encoder import torchvision_guard

    torchvision_guard.install()
    from open_clip.tokenizer import SimpleTokenizer

    theirs: Any = SimpleTokenizer(context_length=16)
    texts = [*TEXTS, "it's I'LL <end_of_text> we're", "don’t", "naïve café"]
    ours = tokenizer_of(read_model_folder(write_model(tmp_path / "model")))(texts)
    assert [
        text for text, row, row_ in zip(texts, ours, theirs(texts).numpy(), strict=True) if (row != row_).any()
    ] == []


def test_the_same_words_for_another_program_are_not_used(tmp_path: Path) -> None:
    """Repositories of CLIP models hold a tokenizer.json for transformers, which pads differently."""
    folder = write_model(tmp_path / "model")
    gemma_like().save(str(folder / "tokenizer.json"))
    assert tokenizer_of(read_model_folder(folder))(["a photo"])[0, 0] == 49406


@pytest.mark.parametrize("content", [None, "{", '{"version": "1.0"}'])
def test_a_tokenizer_that_is_missing_or_damaged_is_told(tmp_path: Path, content: str | None) -> None:
    model = model_with(tmp_path / "model", "siglip2")
    (model.path / "tokenizer.json").unlink()
    if content is not None:
        (model.path / "tokenizer.json").write_text(content)
    with pytest.raises(ModelError, match="tokenizer") as caught:
        tokenizer_of(model)
    assert caught.value.advice


def test_it_can_be_read_without_its_settings(tmp_path: Path) -> None:
    model = model_with(tmp_path / "model", "xlm-roberta")
    expected = tokenizer_of(model)(TEXTS[:20])
    (model.path / "tokenizer_config.json").unlink()
    np.testing.assert_array_equal(tokenizer_of(dataclasses.replace(model))(TEXTS[:20]), expected)


def test_what_needs_no_repair_is_what_the_repair_leaves_alone() -> None:
    plain = "".join(map(chr, range(32, 127))).replace("&", "")
    for start in range(len(plain)):
        text = plain[start:] + " " + plain[:start]
        assert tokenizer._has_nothing_to_fix(text)  # type: ignore[attr-defined]
        assert ftfy.fix_text(text) == text
    for text in ("caf\u00c3\u00a9", "a &amp; b", "a\x1b[31m", "line\r\n"):
        assert not tokenizer._has_nothing_to_fix(text)  # type: ignore[attr-defined]

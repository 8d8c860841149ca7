"""Every word the user may read is translated, and the translations are of the words as they are now."""

from __future__ import annotations

import gc
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from app.text import language
from app.text.language import NAMES
from app.text.translation import CONTEXT, translated
from core.messages import CATALOGUE, OTHER, Message, engine_messages, file_reasons, folder_messages, library_errors
from core.paths import resources

ROOT = Path(__file__).resolve().parents[3]
FOLDER = resources() / "translations"
UPDATE = FOLDER / "update.py"
HOLE = re.compile(r"\{\w+\}|%L?n")


def messages(path: Path) -> list[tuple[str, str, list[str], bool]]:
    """Return context, source, translations, and whether it is finished, of every message of a .ts file."""
    found: list[tuple[str, str, list[str], bool]] = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            target = message.find("translation")
            assert target is not None
            forms = [form.text or "" for form in target.iter("numerusform")] or [target.text or ""]
            found.append((name, message.findtext("source", ""), forms, target.get("type") is None))
    return found


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gather the program's sentences afresh, beside the translations there are."""
    folder = tmp_path_factory.mktemp("translations")
    for path in FOLDER.glob("*.ts"):
        shutil.copy(path, folder)
    subprocess.run([sys.executable, str(UPDATE), "--gather", str(folder)], check=True, timeout=120)
    return folder


@pytest.mark.parametrize("code", NAMES)
def test_the_translations_are_of_the_words_as_they_are(code: str, gathered: Path) -> None:
    now = {(context, source) for context, source, _, _ in messages(gathered / f"recollect_{code}.ts")}
    kept = {(context, source) for context, source, _, _ in messages(FOLDER / f"recollect_{code}.ts")}
    assert now == kept, f"run {UPDATE.name}"


def test_no_sentence_stands_where_it_is_not_gathered() -> None:
    """Within the braces of another text the gathering passes over it."""
    inside = re.compile(r"""f"[^"\n]*\{self\.tr\('""")
    assert [path.name for path in (ROOT / "app").rglob("*.py") if inside.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("code", NAMES)
def test_nothing_is_left_untranslated(code: str) -> None:
    for context, source, forms, finished in messages(FOLDER / f"recollect_{code}.ts"):
        assert finished and all(forms), f"{context}: {source}"
        for form in forms:
            assert sorted(HOLE.findall(form)) == sorted(HOLE.findall(source)), f"{context}: {source}"


@pytest.mark.parametrize("code", NAMES)
def test_what_is_translated_is_compiled(code: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"recollect_{code}.qm"))
    for context, source, forms, _ in messages(FOLDER / f"recollect_{code}.ts"):
        number = 5 if "%Ln" in source else -1
        said = translator.translate(context, source, "", number)
        assert said in forms, f"run {UPDATE.name}"


@pytest.mark.parametrize(
    ("told", "chinese"),
    [
        (file_reasons.EMPTY(), "文件是空的。"),
        (library_errors.OPEN_ELSEWHERE(), "这个图库已经在另一个 Recollect 中打开。"),
        (folder_messages.ADD_NO_FOLDER(folder="/a b/ç"), "“/a b/ç”不是文件夹。"),
        (file_reasons.TOO_LARGE(size=2048, limit=1024), "这个文件有 2,048 MB；Recollect 最多读取 1,024 MB。"),
        (engine_messages.NO_CARD(reason=engine_messages.DRIVER_OLD()), "显卡：显卡驱动程序太旧"),
        (
            engine_messages.NOT_USED(engine=engine_messages.OPENVINO_16(), reason=engine_messages.NO_FASTER()),
            "OpenVINO（16 位）：在这里并不更快",
        ),
    ],
)
def test_core_is_understood_in_chinese(qapp: QApplication, told: Message, chinese: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / "recollect_zh_CN.qm"))
    qapp.installTranslator(translator)
    try:
        assert translated(told) == chinese
    finally:
        qapp.removeTranslator(translator)


def test_a_translation_that_is_written_anew_harms_no_program_that_runs(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "translations").mkdir()
    held = Path(shutil.copy(FOLDER / "recollect_zh_CN.qm", tmp_path / "translations"))
    monkeypatch.setattr(language, "resources", lambda: tmp_path)
    spoken = language.Language(qapp, "zh_CN")
    with held.open("r+b") as file:
        file.write(bytes(held.stat().st_size))
    gc.collect()
    assert translated(file_reasons.EMPTY()) == "文件是空的。"
    held.unlink()
    spoken.choose("zh_CN")
    assert translated(file_reasons.EMPTY()) == "The file is empty."


@pytest.mark.parametrize("code", NAMES)
def test_every_message_of_core_is_translated(code: str, qapp: QApplication) -> None:
    if code == "en":  # they are written in it
        return
    sources = {source for context, source, _, _ in messages(FOLDER / f"recollect_{code}.ts") if context == CONTEXT}
    wanted = {text for one in CATALOGUE.values() if one is not OTHER for text in (one.title, one.advice) if text}
    assert wanted <= sources, f"run {UPDATE.name}"


def test_a_sentence_from_elsewhere_is_shown_as_it_came(qapp: object) -> None:
    assert translated(OTHER(text="Something new happened.")) == "Something new happened."


def test_a_message_is_found_and_not_searched_for(qapp: object) -> None:
    """However many sentences there are, one costs the same few steps, and none of them is a pattern."""
    messages = [file_reasons.TOO_LARGE(size=number, limit=1024) for number in range(10_000)]
    called: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called[frame.f_globals["__name__"]] += 1

    sys.setprofile(count)
    try:
        said = [translated(message) for message in messages]
    finally:
        sys.setprofile(None)
    assert len(set(said)) == 10_000
    assert called.total() < 10 * len(messages) and "re" not in called

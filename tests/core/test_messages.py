"""What core says: every code has its English, is used, and is given all the fields that its sentences need."""

from __future__ import annotations

import ast
import importlib
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from core.errors import DiskFull, ModelError
from core.messages import (
    CATALOGUE,
    MODULES,
    OTHER,
    Message,
    Wording,
    advice,
    engine_messages,
    file_reasons,
    library_errors,
    message_from_json,
    model_errors,
    sentence,
    title,
)
from core.messages.message import packed_fields, unpacked_message

ROOT = Path(__file__).resolve().parents[2]


class Use(NamedTuple):
    """A place in core that names a wording; `given` are the fields it is called with there, None if it is not."""

    place: str
    wording: Wording
    given: frozenset[str] | None


def uses() -> Iterator[Use]:
    for path in sorted(path for room in ("core", "app") for path in (ROOT / room).rglob("*.py")):
        if path.parent.name == "messages" or path.name == "old_reasons.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        named = imported_wordings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute) and (wording := named.get(ast.unparse(node))) is not None:
                call = calls.get(id(node))
                given = None if call is None else frozenset(word.arg or "**" for word in call.keywords)
                yield Use(f"{path.relative_to(ROOT)}:{node.lineno}", wording, given)


def imported_wordings(tree: ast.Module) -> dict[str, Wording]:
    """Return the wordings of a file by how they are written there: `EMPTY`, `file_reasons.EMPTY`."""
    found: dict[str, Wording] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("core.messages"):
            source = importlib.import_module(node.module or "")
            for alias in node.names:
                value = getattr(source, alias.name)
                inside = {f"{alias.name}.{name}": one for name, one in vars(value).items()} if value in MODULES else {}
                found |= {name: one for name, one in inside.items() if isinstance(one, Wording)}
                if isinstance(value, Wording):
                    found[alias.asname or alias.name] = value
    return found


USES = tuple(uses())


def test_no_code_is_given_twice() -> None:
    wordings = [one for module in MODULES for one in vars(module).values() if isinstance(one, Wording)]
    assert len({one.code for one in wordings}) == len(wordings) == len(CATALOGUE) - 1


@pytest.mark.parametrize("wording", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_a_code_has_an_english_sentence(wording: Wording) -> None:
    assert wording.code.replace("_", "").isalnum() and wording.code.islower()
    message = wording(**dict.fromkeys(wording.fields, "something"))
    assert title(message) and "{" not in sentence(message) and "…" not in sentence(message)


def test_every_code_is_used() -> None:
    unused = CATALOGUE.keys() - {use.wording.code for use in USES} - {OTHER.code}
    assert not unused


def test_every_use_gives_the_fields_that_the_sentence_needs() -> None:
    assert len(USES) > 80
    wrong = [use for use in USES if use.given is not None and use.given != use.wording.fields]
    assert not wrong


def test_nothing_is_raised_with_a_sentence() -> None:
    """An error is raised with a message, and the sentences stand in `core.messages` alone."""
    found: list[str] = []
    for path in sorted((ROOT / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                found += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for one in node.args
                    if isinstance(one, ast.Constant | ast.JoinedStr)
                ]
    assert not found


ERRORS = {
    name
    for name, value in vars(importlib.import_module("core.errors")).items()
    if isinstance(value, type) and issubclass(value, Exception)
}


ENGLISH_ONLY = ("cli", "doctor.py")
"""What only a terminal or a report of a bug says."""
SENTENCE = re.compile(r"[A-Z“…].* .*[^\s.]\.", re.DOTALL)


def core_sentences() -> Iterator[tuple[str, str]]:
    """Yield place and text of every sentence in the code of core, with "…" for what is filled in."""
    for path in sorted((ROOT / "core").rglob("*.py")):
        if path.relative_to(ROOT).parts[1] in ("messages", *ENGLISH_ONLY) or path.name == "old_reasons.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        silent = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
        silent |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
            id(node) for node in nodes if isinstance(node, ast.JoinedStr)
        }
        for node in nodes:
            text = re.sub(r"\{\w+\}", "…", text_of(node))
            if id(node) not in silent and SENTENCE.fullmatch(text):
                yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", text


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "…" for part in node.values)
    return ""


def test_no_sentence_stands_elsewhere() -> None:
    """Whatever core says to a person has a code, so that it can be said in another language."""
    assert not list(core_sentences()), "give it a code in core/messages"


def test_numbers_and_reasons_become_part_of_the_sentence() -> None:
    assert title(file_reasons.TOO_LARGE(size=12345, limit=1024)) == (
        "This file is 12,345 MB; Recollect reads up to 1,024 MB."
    )
    assert title(file_reasons.NEEDS_MEMORY(limit=0.3)).startswith("This picture needs more than 0.3 GB")
    note = engine_messages.NOT_USED(
        engine=engine_messages.TORCH_16(), reason=engine_messages.ANSWERS_DIFFER(cosine=0.9871)
    )
    assert title(note) == "torch in 16 bits: its answers differ (cosine 0.9871)"


def test_what_stands_in_a_field_is_never_read_as_a_template() -> None:
    message = library_errors.MISSING(folder=Path("/{folder}/{0.__class__}"))
    assert title(message) == f"There is no library in “{Path('/{folder}/{0.__class__}')}”."


@pytest.mark.parametrize(
    "message",
    [
        file_reasons.EMPTY(),
        file_reasons.TOO_LARGE(size=3, limit=2),
        file_reasons.NEEDS_MEMORY(limit=0.5),
        library_errors.MISSING(folder="odd \udcff name"),
        engine_messages.NOT_USED(engine=engine_messages.ONNX_RUNTIME(), reason=engine_messages.NO_FASTER()),
    ],
    ids=lambda message: message.code,
)
def test_a_message_survives_being_stored_and_sent(message: Message) -> None:
    assert message_from_json(message.as_json()) == message
    assert unpacked_message(message.code, packed_fields(message)) == message
    assert pickle.loads(pickle.dumps(message)) == message
    assert hash(message) == hash(message_from_json(message.as_json()))


def test_the_order_of_fields_means_nothing() -> None:
    assert file_reasons.TOO_LARGE(size=3, limit=2) == file_reasons.TOO_LARGE(limit=2, size=3)


def test_what_is_not_known_is_shown_as_well_as_can_be() -> None:
    assert title(message_from_json("An old sentence.")) == "An old sentence."
    assert title(OTHER(text="100 {percent}")) == "100 {percent}"
    assert title(Message("from_the_future", (("name", "x"), ("size", 3)))) == "from_the_future (x, 3)"
    assert advice(Message("from_the_future")) == ""
    assert title(Message("file_too_large", (("size", 3),))) == "This file is 3 MB; Recollect reads up to … MB."
    assert unpacked_message("file_empty", "no JSON") == file_reasons.EMPTY()


def test_an_error_carries_its_message_through_a_pipe() -> None:
    error = ModelError(model_errors.IN_USE(name="a"))
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, ModelError) and again.message == error.message
    assert error.title == "“a” is in use." and error.advice.startswith("Use another model")
    assert str(DiskFull(library_errors.DISK_FULL(folder="/x"))).startswith("The disk that holds the library in “/x”")

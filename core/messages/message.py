"""What is said to a person, before it is a sentence: a code that never changes its meaning, and the fields with it.

A code can be stored, sent to another process, compared and read by a program. The sentence is made of it once, where
it is shown and in the language of whoever reads it (`core.messages.title`).
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias, cast

Value: TypeAlias = "str | int | float | Message"


@dataclass(frozen=True, slots=True)
class Message:
    """A code and its fields, by name: text, numbers, or another message (the reason within a sentence).

    Made by calling a `Wording`, so that no code is written twice.
    """

    code: str
    fields: tuple[tuple[str, Value], ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it as values that JSON knows: `{"code": …, "fields": {…}}`."""
        return {"code": self.code, "fields": dict(_packed_fields(self))}


@dataclass(frozen=True, slots=True)
class Wording:
    """The English of a code: what happened and, for an error, what to do about it. `{name}` stands for a field."""

    code: str
    title: str
    advice: str = ""

    def __call__(self, **fields: Value | PurePath) -> Message:
        """Return the message of this code with these fields."""
        plain = ((name, str(value) if isinstance(value, PurePath) else value) for name, value in fields.items())
        return Message(self.code, tuple(sorted(plain, key=lambda field: field[0])))

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that its sentences need."""
        parts = string.Formatter().parse(f"{self.title} {self.advice}")
        return frozenset(name for _, name, _, _ in parts if name)


OTHER = Wording("other", "{text}")
"""A sentence from elsewhere, shown as it is: an older library's that is not known any more, or another program's."""


def megabytes(size: int) -> int:
    """Return a number of bytes as sentences tell it: a megabyte is a million, as on the label of a disk."""
    return round(size / 1_000_000)


def message_from_json(value: object) -> Message:
    """Return the message that `Message.as_json` gave; plain text is a sentence that an older version wrote."""
    if isinstance(value, Mapping):
        known = cast("Mapping[str, object]", value)
        code, fields = known.get("code"), known.get("fields", {})
        if isinstance(code, str) and isinstance(fields, Mapping):
            pairs = cast("Mapping[str, object]", fields).items()
            return Message(code, tuple(sorted((str(name), _unpacked(field)) for name, field in pairs)))
    return OTHER(text=str(value))


def packed_fields(message: Message) -> str:
    """Return the fields of a message as JSON text, for where the code is kept beside it."""
    return json.dumps(dict(_packed_fields(message)))


def unpacked_message(code: str, fields: str) -> Message:
    """Return the message whose code and fields were kept apart."""
    try:
        return message_from_json({"code": code, "fields": json.loads(fields)})
    except ValueError:
        return Message(code)


def _packed_fields(message: Message) -> Iterator[tuple[str, object]]:
    for name, value in message.fields:
        yield name, value.as_json() if isinstance(value, Message) else value


def _unpacked(value: object) -> Value:
    return value if isinstance(value, str | int | float) else message_from_json(value)

"""Everything core says to a person: its codes with their English, and the way from a code to a sentence.

    file_reasons     why a file is no searchable photo
    folder_messages  why a folder is offline, what watching it lacks, why it cannot be added
    library_errors   the library's own files, and what its check finds
    keep_reasons     why one of several copies is worth keeping
    query_notes      what of a question was not understood
    user_data_errors the file of favourites, albums and tags
    maintenance_messages  backups, restoring and exporting
    model_errors     finding, fetching and importing models
    engine_messages  loading and running models: what runs them, and what does not
    serve_messages   the web server
    other_errors     the rest

Whoever finds something out returns or raises a `Message`; whoever shows it calls `title` and `advice`, with a function
that translates the English templates if English is not what is read there. `resources/translations/update.py` hands the
templates to the translators from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from core.messages import (
    engine_messages,
    file_reasons,
    folder_messages,
    keep_reasons,
    library_errors,
    maintenance_messages,
    model_errors,
    other_errors,
    query_notes,
    serve_messages,
    user_data_errors,
)
from core.messages.message import OTHER, Message, Value, Wording, message_from_json

__all__ = ["CATALOGUE", "OTHER", "Message", "Wording", "advice", "message_from_json", "sentence", "title"]

Translate = Callable[[str], str]
"""From an English template to the same in another language, its `{fields}` kept."""

MODULES = (
    file_reasons,
    folder_messages,
    library_errors,
    keep_reasons,
    query_notes,
    user_data_errors,
    maintenance_messages,
    model_errors,
    engine_messages,
    serve_messages,
    other_errors,
)

CATALOGUE: Mapping[str, Wording] = MappingProxyType(
    {
        wording.code: wording
        for wording in (OTHER, *(value for module in MODULES for value in vars(module).values()))
        if isinstance(wording, Wording)
    }
)
"""Every wording by its code."""


def _as_it_is(template: str) -> str:
    return template


def title(message: Message, translate: Translate = _as_it_is) -> str:
    """Return what happened, as a sentence. A code that a newer version wrote is shown with its fields."""
    wording = CATALOGUE.get(message.code)
    if wording is None:
        return f"{message.code} ({', '.join(_shown(value, translate) for _, value in message.fields)})"
    return _filled(wording.title, message, translate)


def advice(message: Message, translate: Translate = _as_it_is) -> str:
    """Return what to do about it; empty where there is nothing to do."""
    wording = CATALOGUE.get(message.code)
    return _filled(wording.advice, message, translate) if wording is not None and wording.advice else ""


def sentence(message: Message, translate: Translate = _as_it_is) -> str:
    """Return title and advice as one text."""
    return f"{title(message, translate)} {advice(message, translate)}".strip()


class _Fields(dict[str, str]):
    """Fields as text; one that is missing leaves a gap that can be seen."""

    def __missing__(self, name: str) -> str:
        return "…"


def _filled(template: str, message: Message, translate: Translate) -> str:
    return translate(template).format_map(_Fields({name: _shown(value, translate) for name, value in message.fields}))


def _shown(value: Value, translate: Translate) -> str:
    if isinstance(value, Message):
        return title(value, translate)
    if isinstance(value, float):
        return f"{value:g}"
    return f"{value:,}" if isinstance(value, int) else value

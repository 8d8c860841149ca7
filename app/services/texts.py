"""Titles and captions, as changes that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.services.changes import Applied
from app.text import formatting
from core.user_records import TextKind

if TYPE_CHECKING:
    from core.library import Library


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def written(self, kind: TextKind, text: str | None) -> str:
        if kind is TextKind.TITLE:
            said = self.tr("Title “{text}”") if text else self.tr("Title removed")
        else:
            said = self.tr("Caption “{text}”") if text else self.tr("Caption removed")
        return said.format(text=formatting.shortened(text or ""))


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True)
class WriteText:
    """Gives a photo a title or a caption; an empty one is none, whatever the file says."""

    content_id: int
    kind: TextKind
    text: str

    def apply(self, library: Library) -> Applied | None:
        prints = library.fingerprints([self.content_id]).values()
        return PutTexts(self.kind, dict.fromkeys(prints, self.text)).apply(library) if prints else None


@dataclass(frozen=True, slots=True, eq=False)
class PutTexts:
    """Gives each photo a text of its own, or takes it away (None)."""

    kind: TextKind
    texts: Mapping[bytes, str | None]

    def apply(self, library: Library) -> Applied:
        marks = library.user_data.marks(self.texts.keys())
        library.user_data.texts.put(self.kind, self.texts)
        kind, text = self.kind, next(iter(self.texts.values()))
        before = {one: said.title if kind is TextKind.TITLE else said.caption for one, said in marks.items()}
        return Applied(lambda: _PHRASES.written(kind, text), PutTexts(kind, before))

"""Why a photo is in an answer, and how likely it is right, in words: a number would promise too much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.text import formatting
from app.text.questions import query_words
from core.groups import Standing
from core.photo import Photo
from core.query import Query, Words
from core.results import Hit, Reason

_VERY = 0.8
_HARDLY = 0.2
_LONGEST = 60
_HEIF = (".heic", ".heif", ".hif")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reason is said with.

    Attributes:
        query: the question.
        photo: the hit; None while it is not known.
        line: the line of text in the picture that has the words; empty where it is not known.
    """

    query: Query
    photo: Photo | None = None
    line: str = ""


class _Phrases(QObject):
    """The sentences of this file."""

    def heading(self, number: int) -> str:
        return self.tr("%Ln likely match(es) for “{words}”", "", number)

    def likelihood(self, likelihood: float, likely_from: float) -> str:
        if likelihood >= max(_VERY, likely_from):
            return self.tr("Very likely a match")
        if likelihood >= likely_from:
            return self.tr("Likely a match")
        return self.tr("Hardly a match") if likelihood < _HARDLY else self.tr("Less likely a match")

    def looks_like(self, words: str) -> str:
        return self.tr("looks like “{words}”").format(words=_shortened(words))

    def likeness(self) -> str:
        return self.tr("looks like the picture")

    def text(self, line: str) -> str:
        if not line:
            return self.tr("the words are written in the picture")
        return self.tr("text “{line}”").format(line=_shortened(line))

    def description(self, found: str) -> str:
        if not found:
            return self.tr("the words are in its title, caption or keywords")
        return self.tr("described as “{text}”").format(text=_shortened(found))

    def file_name(self, name: str) -> str:
        return self.tr("name “{name}”").format(name=_shortened(name))

    def folder_name(self, name: str) -> str:
        return self.tr("folder “{name}”").format(name=_shortened(name))

    def alike(self, number: int) -> str:
        return self.tr("one of %Ln alike", "", number)

    def shot(self) -> str:
        return self.tr("{formats} of one shot")

    def some_name(self) -> str:
        return self.tr("the words are in the name of the file or folder")

    def between(self) -> str:
        return self.tr("; ")

    def joined(self) -> str:
        return self.tr("{likelihood}: {reasons}")


_PHRASES = _Phrases()


def heading(number: int, words: str) -> str:
    """Return the line over an answer that has likely matches."""
    return _PHRASES.heading(number).format(words=words)


def alike(standing: Standing, photo: Photo | None) -> str:
    """Say of a photo how many, itself among them, show the same, or that it is of one shot with another file."""
    if standing.shot:
        return _PHRASES.shot().format(formats=_formats(photo))
    return _PHRASES.alike(standing.photos)


def group_name(standing: Standing, photo: Photo | None) -> str:
    """Return what stands on the photo that is shown for a group: how many there are, or which formats a shot has."""
    return _formats(photo) if standing.shot else formatting.count(standing.photos)


def _formats(photo: Photo | None) -> str:
    """Return what a camera wrote of one shot: "RAW+JPEG"."""
    beside = () if photo is None else photo.shot
    of_heif = photo is not None and photo.facts.format == "HEIF"
    return "RAW+HEIF" if of_heif or any(place.path.suffix.lower() in _HEIF for place in beside) else "RAW+JPEG"


def why(hit: Hit, likely_from: float, evidence: Evidence) -> str:
    """Say in one line how likely a hit is right, and what it was found for; nothing if there is nothing to say."""
    said = (_reason(reason, evidence) for reason in hit.reasons)
    reasons = _PHRASES.between().join(filter(None, said))
    if hit.likelihood is None:
        return reasons[:1].upper() + reasons[1:]
    return _PHRASES.joined().format(likelihood=_PHRASES.likelihood(hit.likelihood, likely_from), reasons=reasons)


def _reason(reason: Reason, evidence: Evidence) -> str:
    photo = evidence.photo
    match reason:
        case Reason.WORDS:
            return _alike(evidence.query)
        case Reason.LIKENESS:
            return _PHRASES.likeness()
        case Reason.FACTS:
            return _shortened(query_words(Query(filter=evidence.query.filter)))
        case Reason.TEXT:
            return _PHRASES.text(evidence.line)
        case Reason.DESCRIPTION:
            facts = None if photo is None else photo.facts
            texts = () if facts is None else (facts.title or "", facts.caption or "", *facts.keywords)
            return _PHRASES.description(_holding(texts, evidence.query.words))
        case Reason.NAME:
            return _name(photo, evidence.query.words)


def _alike(query: Query) -> str:
    """Say what of a question a photo looks like: its words, and a picture if there is one."""
    wanted = [term.subject for term in query.terms if term.weight > 0]
    said = [_PHRASES.looks_like(query.words)]
    if any(not isinstance(subject, Words) for subject in wanted):
        said.append(_PHRASES.likeness())
    return _PHRASES.between().join(said)


def _name(photo: Photo | None, words: str) -> str:
    """Say which name of a photo has the words: of its file, or of the nearest folder that has them."""
    path = None if photo is None else photo.place.path
    if path is not None and _holding([path.name], words):
        return _PHRASES.file_name(path.name)
    folder = "" if path is None else _holding([one.name for one in path.parents], words)
    return _PHRASES.folder_name(folder) if folder else _PHRASES.some_name()


def _holding(texts: Sequence[str], words: str) -> str:
    """Return the text that has most of the words; an empty one if none has any."""
    from core.store import best_line  # late: it is there once there is an answer, and not needed to show the window

    best = best_line(texts, words)
    return "" if best is None else " ".join(texts[best].split())


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

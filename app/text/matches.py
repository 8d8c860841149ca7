"""Why a photo is in an answer, and how likely it is right, in words: a number would promise too much."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.results import Hit, Reason

_VERY = 0.8
_HARDLY = 0.2


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

    def reason(self, reason: Reason) -> str:
        known = {
            Reason.WORDS: self.tr("looks like the words"),
            Reason.LIKENESS: self.tr("looks like the picture"),
            Reason.FACTS: self.tr("has the facts asked for"),
            Reason.TEXT: self.tr("the words are written in the picture"),
            Reason.DESCRIPTION: self.tr("the words are in its title, caption or keywords"),
            Reason.NAME: self.tr("the words are in the name of the file or folder"),
        }
        return known.get(reason, "")

    def between(self) -> str:
        return self.tr("; ")

    def joined(self) -> str:
        return self.tr("{likelihood}: {reasons}")


_PHRASES = _Phrases()


def heading(number: int, words: str) -> str:
    """Return the line over an answer that has likely matches."""
    return _PHRASES.heading(number).format(words=words)


def why(hit: Hit, likely_from: float) -> str:
    """Say in one line how likely a hit is right, and what it was found for; nothing if there is nothing to say."""
    reasons = _PHRASES.between().join(filter(None, map(_PHRASES.reason, hit.reasons)))
    if hit.likelihood is None:
        return reasons[:1].upper() + reasons[1:]
    return _PHRASES.joined().format(likelihood=_PHRASES.likelihood(hit.likelihood, likely_from), reasons=reasons)

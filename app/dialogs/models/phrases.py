"""What is said of a model, in the language of the person at the screen."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from app.services.model_info import Cost, Learned, ModelInfo, Step
from app.text import formatting
from app.text.translation import translated
from core.languages import in_language
from core.messages import Message
from core.photo import Status

ANY_LANGUAGE = "*"
EXCELLENT = 52.0
VERY_GOOD = 45.0
"""COCO text-to-image recall@1 in percent from which a model is called so; below, it is good."""


class _Phrases(QObject):
    """The sentences of this file. They are here because the translation tools know plurals only of `self.tr`."""

    def languages(self, codes: tuple[str, ...]) -> str:
        if codes == (ANY_LANGUAGE,):
            return self.tr("over a hundred languages")
        names = [self._language(code) for code in codes if code != ANY_LANGUAGE]
        joined = self.tr(" and ").join(names)
        return self.tr("{language}, and many other languages").format(language=joined) if "*" in codes else joined

    def _language(self, code: str) -> str:
        ours = {"en": self.tr("English"), "zh": self.tr("Chinese")}
        return ours.get(code) or QLocale(code).nativeLanguageName() or code

    def licence(self, licence: str, commercial: bool) -> str:
        if commercial:
            return self.tr("{licence} (commercial use allowed)").format(licence=licence)
        return self.tr("{licence} (not for commercial use)").format(licence=licence)

    def unknown(self) -> str:
        return self.tr("Added by you: its languages, quality and licence are as its makers say.")

    def starter_quality(self) -> str:
        return self.tr("Modest quality; there is no published figure")

    def quality(self, recall: float) -> str:
        text = self.tr("Good: the right photo is the very first in %Ln of 100 searches (COCO)", "", round(recall))
        if recall >= EXCELLENT:
            text = self.tr(
                "Excellent: the right photo is the very first in %Ln of 100 searches (COCO)", "", round(recall)
            )
        elif recall >= VERY_GOOD:
            text = self.tr(
                "Very good: the right photo is the very first in %Ln of 100 searches (COCO)", "", round(recall)
            )
        return text

    def chinese(self, recall: float) -> str:
        return self.tr("in Chinese %Ln of 100 (Crossmodal-3600)", "", round(recall))

    def source(self, source: str) -> str:
        return self.tr("Published in: {source}").format(source=source)

    def speed(self, per_second: float) -> str:
        if per_second >= 1:
            return self.tr("about %Ln photo(s)/s here", "", round(per_second))
        return self.tr("about %Ln photo(s) a minute here", "", max(1, round(per_second * 60)))

    def unmeasured(self) -> str:
        return self.tr("speed not measured here yet")

    def states(self, offer: ModelInfo) -> list[str]:
        badges = {
            self.tr("In use"): offer.in_use,
            self.tr("Answering for now"): offer.answering,
            self.tr("Built in"): offer.entry is not None and offer.entry.built_in,
            self.tr("On this computer"): offer.installed and not offer.in_use and not offer.answering,
            self.tr("Recommended"): offer.advised and not offer.installed,
            self.tr("Needs the full Recollect"): not offer.runs_here,
        }
        return [badge for badge, fits in badges.items() if fits]

    def phase(self, step: Step) -> str:
        if step.phase == "fetching":
            return self.tr("{done} of {total}").format(done=size(step.done), total=size(step.total))
        return {
            "waiting": self.tr("Waiting for the other download…"),
            "asking": self.tr("Asking for its files…"),
            "checking": self.tr("Checking what has arrived…"),
        }[step.phase]

    def rate(self, per_second: float) -> str:
        return self.tr("{size} a second").format(size=size(round(per_second)))

    def left(self, seconds: float) -> str:
        return self.tr("{time} left").format(time=formatting.duration(seconds))

    def forgetting(self, learned: Learned) -> str:
        text = self.tr("Also forget what it learned of {photos} ({size})")
        return text.format(photos=formatting.photos(learned.photos), size=size(learned.size))

    def runs_on(self, device: str) -> str:
        return self.tr("Runs on: {device}").format(device=device)

    def left_out(self, notes: list[str]) -> str:
        return self.tr("Not used: {ways}").format(ways=self.tr("; ").join(notes))

    def cost(self, cost: Cost) -> str:
        if not cost.pending:
            return self.tr("It knows all your photos already: it answers at once.")
        if cost.seconds is None:
            text = self.tr(
                "{photos} have to be looked at; how long that takes here is not known before it is measured. "
                "Your current results stay until then."
            )
            return text.format(photos=formatting.photos(cost.pending))
        text = self.tr("{photos}, about {time} on this device. Your current results stay until then.")
        return text.format(photos=formatting.photos(cost.pending), time=formatting.duration(cost.seconds))


_PHRASES = _Phrases()


def title(offer: ModelInfo) -> str:
    return offer.entry.title_in(QLocale().name()) if offer.entry else offer.name


def model(status: Status) -> str:
    """Return what the user calls the model in use: its title, or its name where the list has none."""
    return in_language(status.titles, QLocale().name()) if status.titles else status.model


def advice(offer: ModelInfo) -> str:
    return offer.entry.advice_in(QLocale().name()) if offer.entry else _PHRASES.unknown()


def size(number: int) -> str:
    """Return so many bytes as disks and downloads are labelled."""
    digits = 1 if number >= 1e9 else 0
    return QLocale().formattedDataSize(number, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def facts(offer: ModelInfo) -> str:
    """Tell size, languages and licence."""
    parts = [size(offer.size)] if offer.size else []
    if offer.entry:
        parts.append(_PHRASES.languages(offer.entry.languages))
        parts.append(_PHRASES.licence(offer.entry.licence, offer.entry.commercial))
    return " · ".join(parts)


def quality(offer: ModelInfo) -> str:
    """Tell how well it finds, and how fast it is here."""
    return " · ".join(part for part in (_finding(offer), _pace(offer)) if part)


def _finding(offer: ModelInfo) -> str:
    entry = offer.entry
    if entry is None or entry.coco_recall is None:
        return _PHRASES.starter_quality() if entry and entry.built_in else ""
    parts = [_PHRASES.quality(entry.coco_recall)]
    if entry.chinese_recall is not None and QLocale().language() == QLocale.Language.Chinese:
        parts.append(_PHRASES.chinese(entry.chinese_recall))
    return " · ".join(parts)


def _pace(offer: ModelInfo) -> str:
    if offer.photos_per_second:
        return _PHRASES.speed(offer.photos_per_second)
    return _PHRASES.unmeasured() if offer.installed else ""


def origin(offer: ModelInfo) -> str:
    """Tell where the figures come from, for a tooltip."""
    return _PHRASES.source(offer.source) if offer.entry and offer.entry.coco_recall else ""


def running(device: Message | None, notes: tuple[Message, ...]) -> str:
    """Tell what a model runs on, and why on nothing faster."""
    lines = [_PHRASES.runs_on(translated(device)) if device else ""]
    if notes:
        lines.append(_PHRASES.left_out([translated(note) for note in notes]))
    return "\n".join(line for line in lines if line)


def forgetting(learned: Learned) -> str:
    """Offer to forget what a model found in the photos, if there is something."""
    return _PHRASES.forgetting(learned) if learned.photos else ""


def states(offer: ModelInfo) -> list[str]:
    """Return what a model is at the moment, a few words each."""
    return _PHRASES.states(offer)


def progress(step: Step) -> str:
    """Tell how far getting a model is."""
    parts = [_PHRASES.phase(step)]
    if step.phase == "fetching" and step.per_second > 0:
        parts.append(_PHRASES.rate(step.per_second))
        if step.seconds_left is not None:
            parts.append(_PHRASES.left(step.seconds_left))
    return " · ".join(parts)


def cost(value: Cost) -> str:
    """Tell what using a model means."""
    return _PHRASES.cost(value)

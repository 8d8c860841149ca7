"""What many events of an indexing run amount to.

A run over a hundred thousand known photos yields events faster than a window can or should repaint. They are
gathered here, in the indexing thread, and handed over a few times a second as one value.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.events import (
    Comparing,
    Event,
    Exporting,
    FactsChanged,
    Finished,
    Indexed,
    Linked,
    ManyGone,
    Moved,
    Note,
    PreparingSearch,
    Progress,
    ReadingFacts,
    ReadingText,
    Removed,
    RootOffline,
    SaidElsewhere,
    Scanned,
    Scanning,
    Skipped,
    TextFound,
)


@dataclass(slots=True)
class EventBatch:
    """The events of a moment, merged: the newest of what replaces itself, the count of what adds up.

    Attributes:
        changed: photos that came, moved or went, so that what is on screen may be out of date.
        skipped: files that turned out unreadable.
    """

    scanning: Scanning | None = None
    scanned: list[Scanned] = field(default_factory=list[Scanned])
    progress: Progress | None = None
    reading_facts: ReadingFacts | None = None
    preparing_search: PreparingSearch | None = None
    reading_text: ReadingText | None = None
    exporting: Exporting | None = None
    texts: int = 0
    changed: int = 0
    skipped: int = 0
    offline: list[RootOffline] = field(default_factory=list[RootOffline])
    questions: list[ManyGone] = field(default_factory=list[ManyGone])
    notes: list[Note] = field(default_factory=list[Note])
    said_elsewhere: list[SaidElsewhere] = field(default_factory=list[SaidElsewhere])
    finished: Finished | None = None

    def add(self, event: Event) -> None:
        match event:
            case Scanning():
                self.scanning = event
            case Scanned():
                self.scanned.append(event)
                self.scanning = None
            case Progress():
                self.progress = event
                self.scanning = None
            case ReadingFacts():
                self.reading_facts = event
            case FactsChanged():
                pass  # it shows in the next answer, and in `SaidElsewhere`
            case SaidElsewhere():
                self.said_elsewhere.append(event)
            case Comparing():
                pass  # what it finds shows in the next answer
            case PreparingSearch():
                self.preparing_search = event
            case ReadingText():
                self.reading_text = event
            case Exporting():
                self.exporting = event
            case TextFound(content_ids=ids):
                self.texts += len(ids)
            case Indexed(content_ids=ids) | Removed(content_ids=ids):
                self.changed += len(ids)
            case Linked() | Moved():
                self.changed += 1
            case Skipped():
                self.skipped += 1
            case RootOffline():
                self.offline.append(event)
            case ManyGone():
                self.questions.append(event)
            case Note():
                self.notes.append(event)
            case Finished():
                self.finished = event

"""What a run has to do, one small value a photo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from core.changes import file_time
from core.decode import Result
from core.store import FileStamp


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Something to do: read a file. Unless `afresh`, content the library knows is only recognised."""

    file: FileStamp
    path: Path
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class UseThumbnail:
    """Something to do: embed a content none of whose files can be reached from its thumbnail."""

    content_id: int
    fingerprint: bytes


Task = ReadFile | UseThumbnail


def as_read(task: ReadFile, result: Result) -> ReadFile:
    """Return the task with its file as it looked when it was read."""
    size = task.file.size if result.size is None else result.size
    mtime_ns = task.file.mtime_ns if result.mtime_ns is None else file_time(result.mtime_ns)
    return replace(task, file=replace(task.file, size=size, mtime_ns=mtime_ns))

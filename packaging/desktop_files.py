"""The files by which a Linux desktop knows the program: menu entry, icons, software-centre page, manual."""

from __future__ import annotations

import gzip
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from contents import ROOT
from project import APP_ID, Release, project, releases

_LINUX = ROOT / "packaging" / "linux"
_ICONS = ROOT / "resources" / "icons"
_MARKUP = re.compile(r"\*\*|`|\[([^\]]+)\]\([^)]*\)")


def stage(share: Path) -> None:
    """Write everything into `share`, laid out like /usr/share."""
    _write(share / "applications" / "recollect.desktop", (_LINUX / "recollect.desktop").read_text(encoding="utf-8"))
    _write(share / "metainfo" / f"{APP_ID}.metainfo.xml", metainfo())
    for png in _ICONS.glob("recollect-*.png"):
        size = png.stem.rpartition("-")[2]
        _copy(png, share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "recollect.png")
    _copy(_ICONS / "recollect.svg", share / "icons" / "hicolor" / "scalable" / "apps" / "recollect.svg")
    manual = (_LINUX / "recollect.1").read_text(encoding="utf-8").replace("@VERSION@", project().version)
    compress(share / "man" / "man1" / "recollect.1.gz", manual)


def metainfo() -> str:
    """Return the AppStream page, with the changelog as its list of releases."""
    dated = [release for release in releases() if release.date] or [Release(project().version, "", "")]
    text = (_LINUX / "metainfo.xml").read_text(encoding="utf-8")
    values = {
        "@APP_ID@": APP_ID,
        "@DEVELOPER_ID@": APP_ID.rpartition(".")[0].lower(),
        "@RELEASES@": "\n".join(map(_release, dated)),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def compress(path: Path, text: str) -> None:
    """Write text with gzip, the same bytes every time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def _release(release: Release) -> str:
    # AppStream wants a date for every release; the one being built has none until its heading gets one.
    date = release.date or datetime.now(UTC).date().isoformat()
    items = [_plain(line) for line in release.notes.splitlines() if line.startswith("- ")]
    listed = "".join(f"\n          <li>{escape(item)}</li>" for item in items)
    body = f"\n      <description>\n        <ul>{listed}\n        </ul>\n      </description>\n    " if items else ""
    return f'    <release version="{release.version}" date="{date}">{body}</release>'


def _plain(line: str) -> str:
    return _MARKUP.sub(r"\1", line.removeprefix("- ")).strip()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

"""What is done with albums, as changes that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.services.changes import Applied
from app.services.search import within_reach
from core.query.parser import parse
from core.user_records import Album

if TYPE_CHECKING:
    from core.library import Library

Ids = NDArray[np.int64]


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def added(self, photos: int, name: str) -> str:
        return self.tr("%Ln photo(s) added to “{album}”", "", photos).format(album=name)

    def removed(self, photos: int, name: str) -> str:
        return self.tr("%Ln photo(s) taken out of “{album}”", "", photos).format(album=name)

    def made(self, name: str) -> str:
        return self.tr("Album “{album}” made").format(album=name)

    def deleted(self, name: str) -> str:
        return self.tr("Album “{album}” deleted; its photos stay").format(album=name)

    def renamed(self, name: str) -> str:
        return self.tr("Album renamed to “{album}”").format(album=name)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True, eq=False)
class MakeAlbum:
    """Makes an album of photos, in the order given."""

    name: str
    content_ids: Ids

    def apply(self, library: Library) -> Applied:
        album = library.user_data.albums.create(self.name)
        library.user_data.albums.add(album.album_id, _prints(library, self.content_ids))
        return Applied(lambda: _PHRASES.made(album.name), DeleteAlbum(album))


@dataclass(frozen=True, slots=True)
class MakeAlbumOfSearch:
    """Makes an album of what a question finds now: of ranked photos those that are likely right."""

    name: str
    question: str

    def apply(self, library: Library) -> Applied:
        results = library.find(within_reach(parse(self.question).query, library), fold=False)
        return MakeAlbum(self.name, results.ids[: results.likely]).apply(library)


@dataclass(frozen=True, slots=True, eq=False)
class DeleteAlbum:
    """Takes an album away; its photos stay where they are."""

    album: Album

    def apply(self, library: Library) -> Applied | None:
        album = _as_it_is(library, self.album)
        if album is None:
            return None
        prints = library.user_data.albums.photos(album.album_id)
        library.user_data.albums.delete(album.album_id)
        return Applied(lambda: _PHRASES.deleted(album.name), RestoreAlbum(album, prints))


@dataclass(frozen=True, slots=True, eq=False)
class RestoreAlbum:
    """Brings an album back as it was."""

    album: Album
    prints: tuple[bytes, ...]

    def apply(self, library: Library) -> Applied:
        library.user_data.albums.restore(self.album, self.prints)
        return Applied(lambda: _PHRASES.made(self.album.name), DeleteAlbum(self.album))


@dataclass(frozen=True, slots=True, eq=False)
class RenameAlbum:
    """Calls an album otherwise."""

    album: Album
    name: str

    def apply(self, library: Library) -> Applied | None:
        before = _as_it_is(library, self.album)
        if before is None or before.name == self.name.strip():
            return None
        library.user_data.albums.rename(before.album_id, self.name)
        now = _as_it_is(library, before) or before
        return Applied(lambda: _PHRASES.renamed(now.name), RenameAlbum(now, before.name))


@dataclass(frozen=True, slots=True, eq=False)
class AddToAlbum:
    """Puts photos at the end of an album."""

    album: Album
    content_ids: Ids

    def apply(self, library: Library) -> Applied | None:
        before = library.user_data.albums.photos(self.album.album_id)
        known = set(before)
        new = [one for one in _prints(library, self.content_ids) if one not in known]
        number, name = len(new), self.album.name
        if not new:
            return None
        return PutAlbum(self.album, (*before, *new), lambda: _PHRASES.added(number, name)).apply(library)


@dataclass(frozen=True, slots=True, eq=False)
class TakeOutOfAlbum:
    """Takes photos out of an album."""

    album: Album
    content_ids: Ids

    def apply(self, library: Library) -> Applied | None:
        before = library.user_data.albums.photos(self.album.album_id)
        going = set(_prints(library, self.content_ids)) & set(before)
        number, name = len(going), self.album.name
        if not going:
            return None
        staying = tuple(one for one in before if one not in going)
        return PutAlbum(self.album, staying, lambda: _PHRASES.removed(number, name)).apply(library)


@dataclass(frozen=True, slots=True, eq=False)
class PutAlbum:
    """Lets an album have just these photos, in this order."""

    album: Album
    prints: tuple[bytes, ...]
    said: Callable[[], str]

    def apply(self, library: Library) -> Applied:
        before = library.user_data.albums.photos(self.album.album_id)
        library.user_data.albums.replace(self.album.album_id, self.prints)
        return Applied(self.said, PutAlbum(self.album, before, self.said))


def _as_it_is(library: Library, album: Album) -> Album | None:
    """Return an album by the name it has now: what is on the screen may be a moment old."""
    return next((one for one in library.user_data.albums.all() if one.album_id == album.album_id), None)


def _prints(library: Library, content_ids: Ids) -> list[bytes]:
    """Return fingerprints in the order of the photos."""
    known = library.fingerprints(content_ids.tolist())
    return [known[one] for one in content_ids.tolist() if one in known]

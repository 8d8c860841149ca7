"""All that the user said of photos, in one object."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.messages import Message
from core.paths import LibraryPaths
from core.store.bulk import rows_for
from core.user_data.albums import Albums
from core.user_data.carrying import carry_over
from core.user_data.database import UserDatabase, UserFile
from core.user_data.marks import Favourites, Ratings, Tags, Turns, tags_of
from core.user_data.own_words import OwnWords
from core.user_data.saved import Decisions, RecentSearches, SavedSearches
from core.user_data.sidecars import SidecarRecords
from core.user_data.texts import OwnTexts, texts_of
from core.user_records import Marks, TextKind


class UserData:
    """The open user data of a library. Methods may be called from any thread.

    Every change is one transaction, on the disk when the method returns; every question may raise `LibraryDamaged`,
    which names the newest good copy.

    Attributes:
        favourites, ratings, tags, turns, texts: what was said of single photos.
        sidecars: what was written beside photos.
        albums: photos under a name, in order.
        searches: questions under a name.
        recent: questions that were asked last.
        decisions: answers that are not asked for again.
        words: what was written of photos here, found by words.
    """

    def __init__(self, database: UserDatabase) -> None:
        self._database = database
        self.favourites = Favourites(self._database)
        self.ratings = Ratings(self._database)
        self.tags = Tags(self._database)
        self.turns = Turns(self._database)
        self.texts = OwnTexts(self._database)
        self.sidecars = SidecarRecords(self._database)
        self.albums = Albums(self._database)
        self.searches = SavedSearches(self._database)
        self.recent = RecentSearches(self._database)
        self.decisions = Decisions(self._database)
        self.words = OwnWords(self._database)

    @classmethod
    def open(cls, layout: LibraryPaths, *, write: bool) -> UserData:
        """Open the user data. Whoever wants to write holds the library's lock.

        Raises:
            LibraryNewer, LibraryDamaged, LibraryReadOnly, DiskFull: as the file is, when it is opened for writing.
        """
        return cls(UserFile(layout, write=write))

    def close(self) -> None:
        """Close the file. May be called twice."""
        self.words.close()
        self._database.close()

    def marks(self, fingerprints: Collection[bytes]) -> dict[bytes, Marks]:
        """Return what was said of each of these photos."""
        if not self._database.exists:  # asked for each photo on screen: a file that is empty need not be made up
            return {one: Marks() for one in fingerprints}
        with self._database.reading() as connection:
            starred = {
                one
                for (one,) in rows_for(
                    connection, "SELECT fingerprint FROM favourites WHERE fingerprint IN ({})", fingerprints
                )
            }
            rated = dict(
                rows_for(connection, "SELECT fingerprint, rating FROM ratings WHERE fingerprint IN ({})", fingerprints)
            )
            turned = dict(
                rows_for(connection, "SELECT fingerprint, quarters FROM turns WHERE fingerprint IN ({})", fingerprints)
            )
            tags = tags_of(connection, fingerprints)
            texts = texts_of(connection, fingerprints)
        return {
            one: Marks(
                one in starred,
                rated.get(one),
                tuple(tags.get(one, ())),
                turned.get(one, 0),
                title=texts.get(one, {}).get(TextKind.TITLE),
                caption=texts.get(one, {}).get(TextKind.CAPTION),
            )
            for one in fingerprints
        }

    def put_marks(self, marks: Mapping[bytes, Marks]) -> None:
        """Say of each of these photos this, and nothing else."""
        before = self.marks(marks.keys())
        changed = {one: said for one, said in marks.items() if said != before[one]}
        self.favourites.add([one for one, said in changed.items() if said.favourite])
        self.favourites.remove([one for one, said in changed.items() if not said.favourite])
        self.ratings.put({one: said.rating for one, said in changed.items()})
        self.turns.put({one: said.turned for one, said in changed.items()})
        self.texts.put(TextKind.TITLE, {one: said.title for one, said in changed.items()})
        self.texts.put(TextKind.CAPTION, {one: said.caption for one, said in changed.items()})
        for one, said in changed.items():
            for tag in set(said.tags) - set(before[one].tags):
                self.tags.add(tag, [one])
            for tag in set(before[one].tags) - set(said.tags):
                self.tags.remove(tag, [one])

    def carry_over(self, prints: Mapping[bytes, bytes]) -> None:
        """Say of photos what was said of others, whose files were written anew: by what each was called before."""
        carry_over(self._database, prints)

    def check(self) -> list[Message]:
        """Return what is wrong with the file and its copies; an empty list means healthy."""
        return self._database.check()

"""What was said of a photo is said of the one that is kept in its place, as a change that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.services.changes import Applied

if TYPE_CHECKING:
    from core.library import Library
    from core.user_data.passing_on import PassedOn


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def passed_on(self, photos: int) -> str:
        return self.tr("Stars, tags and albums of %Ln photo(s) passed on", "", photos)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True)
class PassOn:
    """Says of photos that are kept what was said of others.

    Attributes:
        heirs: the photo that is kept, for each of the others (fingerprints).
    """

    heirs: Mapping[bytes, bytes]

    def apply(self, library: Library) -> Applied | None:
        from core.user_data.passing_on import pass_on  # with the database, which the window begins without

        passed = pass_on(library.user_data, self.heirs)
        if passed is None:
            return None
        number = len(passed.marks)
        return Applied(lambda: _PHRASES.passed_on(number), _TakeBack(self.heirs, passed))


@dataclass(frozen=True, slots=True)
class _TakeBack:
    """Says of photos what was said of them before."""

    heirs: Mapping[bytes, bytes]
    passed: PassedOn

    def apply(self, library: Library) -> Applied:
        from core.user_data.passing_on import take_back

        take_back(library.user_data, self.passed)
        number = len(self.passed.marks)
        return Applied(lambda: _PHRASES.passed_on(number), PassOn(self.heirs))

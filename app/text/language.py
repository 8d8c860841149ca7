"""The language of the window: the system's if there is a translation for it, or the one chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.paths import resources

NAMES = {"en": "English", "zh_CN": "中文（简体）"}
"""Each language in its own words, as someone looks for it who cannot read the current one."""

SYSTEM = "system"


class _Translator(QTranslator):
    """A translation that is held in memory.

    Qt maps a file that it loads itself: one that is written anew in its place, as by an update, ends the program.
    """

    def read(self, path: Path) -> bool:
        """Load a file; False if it is not there, or no translation."""
        try:
            self._data = path.read_bytes()  # Qt keeps no copy
        except OSError:
            return False
        return self.load(self._data)


class Language:
    """Installs the translations of the application; again when another language is chosen."""

    def __init__(self, application: QCoreApplication, choice: str = SYSTEM) -> None:
        self._application = application
        self._installed: list[QTranslator] = []
        self.choice = choice
        self._install()

    def choose(self, choice: str) -> None:
        """Speak another language from now on. Words already on screen stay until they are written anew."""
        self.choice = choice
        self._install()

    @property
    def code(self) -> str:
        return resolved(self.choice, QLocale.system())

    def _install(self) -> None:
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed.clear()
        locale = QLocale.system() if self.choice == SYSTEM else QLocale(self.code)
        QLocale.setDefault(locale)
        ours = resources() / "translations" / f"recollect_{self.code}.qm"
        theirs = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{self.code}.qm")
        for path in (theirs, ours):
            translator = _Translator(self._application)
            if translator.read(path):
                self._application.installTranslator(translator)
                self._installed.append(translator)


def resolved(choice: str, system: QLocale) -> str:
    """Return the code of the translation to use."""
    if choice in NAMES:
        return choice
    return "zh_CN" if system.language() == QLocale.Language.Chinese else "en"

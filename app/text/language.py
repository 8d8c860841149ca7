"""The language of the window: the system's if there is a translation for it, or the one chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.paths import resources

NAMES = {"en": "English", "zh_CN": "中文（简体）"}
"""Each language in its own words, as someone looks for it who cannot read the current one."""

SYSTEM = "system"


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
        ours = str(resources() / "translations" / f"recollect_{self.code}.qm")
        theirs = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath) + f"/qtbase_{self.code}.qm"
        for path in (theirs, ours):
            translator = QTranslator(self._application)
            if translator.load(path):
                self._application.installTranslator(translator)
                self._installed.append(translator)


def resolved(choice: str, system: QLocale) -> str:
    """Return the code of the translation to use."""
    if choice in NAMES:
        return choice
    return "zh_CN" if system.language() == QLocale.Language.Chinese else "en"

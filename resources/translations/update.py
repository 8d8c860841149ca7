"""Bring the translations up to date with the program: gather its sentences, then compile what is translated.

python resources/translations/update.py            gather and compile
python resources/translations/update.py --gather   only gather, into the folder given next (the tests do)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import PySide6

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from core.messages import CATALOGUE, OTHER  # noqa: E402
from core.query import descriptions  # noqa: E402

CONTEXT = "core"
TOOLS = Path(PySide6.__file__).resolve().parent
LANGUAGES = ("en", "zh_CN")


def tool(name: str) -> str:
    """Return the path of a Qt tool that comes with PySide6."""
    found = next((path for path in (TOOLS / name, TOOLS / f"{name}.exe") if path.exists()), None)
    if found is None:
        raise SystemExit(f"{name} is not in {TOOLS}")
    return str(found)


def gather(folder: Path) -> None:
    """Write the sentences of the program into the .ts files of a folder, keeping the translations there."""
    with tempfile.TemporaryDirectory() as aside:
        marked = Path(aside) / "core_messages.py"
        marked.write_text("".join(f"QT_TRANSLATE_NOOP({CONTEXT!r}, {text!r})\n" for text in core_templates()), "utf-8")
        gather_from(
            [str(marked), *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "app").rglob("*.py"))], folder
        )


def core_templates() -> Iterator[str]:
    """Yield the English of core's messages: core knows nothing of Qt, so that they are marked for its tools here."""
    for wording in CATALOGUE.values():
        if wording is not OTHER:
            yield from filter(None, (wording.title, wording.advice))
    yield from descriptions.templates()


def gather_from(sources: list[str], folder: Path) -> None:
    for language in LANGUAGES:
        # English needs only its plurals: everything else is written in English already.
        plural = ["-pluralonly"] if language == "en" else []
        target = str(folder / f"recollect_{language}.ts")
        options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
        subprocess.run(
            [tool("lupdate"), *plural, *options, *sources, "-ts", target],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def compile_all(folder: Path) -> None:
    for language in LANGUAGES:
        source = folder / f"recollect_{language}.ts"
        subprocess.run([tool("lrelease"), "-silent", str(source), "-qm", str(source.with_suffix(".qm"))], check=True)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--gather"]:
        gather(Path(arguments[1]))
    else:
        gather(HERE)
        compile_all(HERE)


if __name__ == "__main__":
    main(sys.argv[1:])

"""`text`: what is written in a picture."""

from __future__ import annotations

from pathlib import Path

import click

from core.answers import line_as_json
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.paths import at_home


@click.command(cls=RecollectCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with where each line is and how sure it is.")
@pass_session
def text(session: Session, file: Path, as_json: bool) -> None:
    """Print the text that can be read in the picture FILE, line by line. It need not be in the library."""
    from core.ocr.work import read_text_of  # it brings the codecs, which no other command needs at its start

    lines = read_text_of(at_home(file).absolute())
    if as_json:
        say_json({"path": str(file), "lines": [line_as_json(line) for line in lines]})
        return
    for line in lines:
        say(line.text)
    if not lines:
        hint("No text found.")

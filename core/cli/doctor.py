"""`doctor`: what a bug report should begin with."""

from __future__ import annotations

import signal
import sys

import click

from core import doctor as installation
from core.cli.session import RecollectCommand, Session, pass_session, say, say_json

ENDED = 143  # 128 + SIGTERM, as shells count


@click.command(cls=RecollectCommand)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def doctor(session: Session, as_json: bool) -> None:
    """Describe this installation for a bug report: versions, device, codecs, health. No personal data."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))  # in order: it has a process of its own
    try:
        report = installation.examine(session.folder)
    finally:
        signal.signal(signal.SIGTERM, before)
    if as_json:
        say_json(report.as_json())
    else:
        say(report.as_text())

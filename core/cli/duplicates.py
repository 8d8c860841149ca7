"""`duplicates`: what there is more than once, and which of each is worth keeping. Nothing is moved or removed."""

from __future__ import annotations

from collections.abc import Iterator

import click

from core.answers import copies_as_json
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.copies import Copy, CopyGroup, Likeness
from core.library import Library
from core.messages import title
from core.messages.message import megabytes

_AT_ONCE = 500
_HEADINGS = {Likeness.FILE: "Same file", Likeness.PICTURE: "Same picture", Likeness.MOMENT: "Same moment"}


@click.command(cls=RecollectCommand)
@click.option(
    "--same",
    "kinds",
    multiple=True,
    type=click.Choice([likeness.value for likeness in Likeness]),
    help="Only these: the same bytes, the same picture in any size, or taken within seconds. May be given twice.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--paths", is_flag=True, help="Print only the files that may go, one a line; of one moment none.")
@pass_session
def duplicates(session: Session, kinds: tuple[str, ...], *, as_json: bool, paths: bool) -> None:
    """List the photos there are more than once, and which of each to keep. No file is touched."""
    asked = [Likeness(kind) for kind in kinds] or list(Likeness)
    with session.library() as library:
        if as_json:
            say_json([copies_as_json(group) for likeness in asked for group in _groups(library, likeness)])
        elif paths:
            _say_paths(group for likeness in asked for group in _groups(library, likeness))
        else:
            found = [_say_groups(library, likeness) for likeness in asked]
            if not any(found):
                hint("No duplicates found.")


def _groups(library: Library, likeness: Likeness) -> Iterator[CopyGroup]:
    numbers = library.duplicates.listed(likeness).numbers.tolist()
    for start in range(0, len(numbers), _AT_ONCE):
        yield from library.duplicates.groups(likeness, numbers[start : start + _AT_ONCE])


def _say_paths(groups: Iterator[CopyGroup]) -> None:
    for group in groups:
        for copy in group.suggested if group.unattended else ():
            for file in copy.files:
                say(str(file.location.path))


def _say_groups(library: Library, likeness: Likeness) -> bool:
    """Say all groups of a kind; return whether there are any."""
    listed = library.duplicates.listed(likeness)
    if not len(listed):
        return False
    going, size = (int(column[listed.unattended].sum()) for column in (listed.going, listed.sizes))
    could_go = f"; {going:,} could go ({megabytes(size):,} MB)" if going else ""
    say(f"{_HEADINGS[likeness]}: {len(listed):,} group{'s' if len(listed) > 1 else ''}{could_go}")
    for group in _groups(library, likeness):
        say("")
        going = frozenset(copy.number for copy in group.suggested)
        for copy in group.copies:
            _say_copy(copy, group, going)
    say("")
    return True


def _say_copy(copy: Copy, group: CopyGroup, going: frozenset[int]) -> None:
    keeps = copy is group.keeper
    goes = "may go" if group.unattended else "look"
    mark = "keep" if keeps else goes if copy.number in going else "stays"
    shown = copy.shown
    pixels = f"{shown.width:,} × {shown.height:,}" if shown.width and shown.height else "?"
    why = f"  ({title(group.reason)})" if keeps else ""
    offline = "  (offline)" if copy.offline else ""
    more = "".join(f" + {file.location.path.name}" for file in copy.files[1:] if file.is_raw != shown.is_raw)
    facts = f"{pixels:>15}  {shown.format or '?':>5}  {copy.size / 1e6:8.2f} MB"
    say(f"  {mark:<7} {facts}  {shown.location.path}{more}{offline}{why}")

"""`models`: which models there are, how good and how fast, and getting, taking, using, moving and removing them."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from types import FrameType
from typing import Any

import click

from core.absent_drives import require_drive
from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.encoder.benchmark import Speed, known_speed, measure_speed
from core.encoder.preparing import prepare as prepare_tower
from core.errors import ModelError
from core.events import Control
from core.library import Library
from core.messages import model_errors, title
from core.messages.message import megabytes
from core.models import (
    STARTER,
    TOWERS,
    CatalogueEntry,
    ModelFolder,
    converted_folder,
    find_entry,
    find_model,
    installed_models,
    read_catalogue,
    read_origin,
    recommend,
    runs_here,
)
from core.models.fetch import Checking, Fetched, FetchEvent, Fetching, FetchNote, FetchPlanned, fetch_model
from core.models.hub import Network
from core.models.install import import_model, move_models, remove_model
from core.paths import LibraryPaths
from core.setting_names import HUB_MIRROR, HUB_PROXY, WANTED_MODEL


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List, get, use, import, move, remove and measure models."""
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session), as_json)


@models.command("list", cls=RecollectCommand)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def list_models(session: Session, as_json: bool) -> None:
    """List the models on offer and those installed. The one in use is marked with *."""
    _list(session, as_json)


def _list(session: Session, as_json: bool) -> None:
    rows = _rows(session)
    if as_json:
        say_json(rows)
        return
    for row in rows:
        mark = "*" if row["in_use"] else " "
        state = "installed" if row["installed"] else _in_megabytes(row["download_bytes"])
        state = state if row["runs_here"] else "needs the full Recollect"
        speed = f"{row['photos_per_second']:.0f} photos/s here" if row["photos_per_second"] else ""
        languages = ", ".join("many languages" if code == "*" else code for code in row["languages"])
        say("\t".join((f"{mark} {row['name']}", state, languages, row["licence"], speed)).rstrip())
        if row["advice"]:
            say(f"    {row['advice']}")
    if not any(row["installed"] for row in rows):
        hint(f"Get one with: recollect models get {recommend('en', gpu=False).name}")


@models.command(cls=RecollectCommand)
@click.argument("name")
@click.option("--mirror", default="", metavar="URL", help="Fetch from a mirror of the hub (or set HF_ENDPOINT).")
@click.option("--proxy", default="", metavar="URL", help="Fetch through a proxy (or set HTTPS_PROXY).")
@click.option("--json", "as_json", is_flag=True, help="Print the installed model as JSON.")
@pass_session
def get(session: Session, name: str, mirror: str, proxy: str, as_json: bool) -> int:
    """Fetch a model from the hub. Stopped with Ctrl+C, it goes on where it was when it is run again."""
    entry = find_entry(name)
    network = Network(
        endpoint=mirror or _of_this_computer(session, HUB_MIRROR), proxy=proxy or _of_this_computer(session, HUB_PROXY)
    )
    control = Control()
    fetched: ModelFolder | None = None
    with _stopping_on_interrupt(control), _Bar() as bar:
        for event in fetch_model(entry, _room_for_models(session), network=network, control=control):
            bar.show(event)
            if isinstance(event, Fetched):
                fetched = event.model
    if fetched is None:
        hint("Stopped; what has arrived is kept.")
        return 130
    _say_model(fetched, as_json, f"Installed {fetched.name}. Use it with: recollect models use {fetched.name}")
    return 0


@models.command(cls=RecollectCommand)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the model as JSON.")
@pass_session
def use(session: Session, name: str, as_json: bool) -> None:
    """Search with another model. Photos it has not seen yet are read by the next `recollect index`."""
    model = find_model(name, _layout(session).models)
    session.model = None
    with session.library(write=True, make=True) as library:
        library.models.use(name)
    _say_model(model, as_json, f"Using {model.name} from now on. Next: recollect index")


@models.command("import", cls=RecollectCommand)
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--architecture", default="", help="open_clip's name of it, for a checkpoint file.")
@click.option("--name", default="", help="What to call it.")
@click.option("--json", "as_json", is_flag=True, help="Print the model as JSON.")
@pass_session
def import_(session: Session, source: Path, architecture: str, name: str, as_json: bool) -> None:
    """Take in a model: a folder in open_clip's layout or of ONNX towers, or a checkpoint and its architecture."""
    model = import_model(source, _room_for_models(session), architecture=architecture, name=name)
    _say_model(model, as_json, f"Imported {model.name}. Use it with: recollect models use {model.name}")


@models.command(cls=RecollectCommand)
@click.argument("name")
@click.option("--vectors", is_flag=True, help="Forget what it found in the photos, too: see `models forget`.")
@pass_session
def remove(session: Session, name: str, vectors: bool) -> None:
    """Delete a model's files. The one in use has to be replaced by another first."""
    if name == _in_use(session):
        raise ModelError(model_errors.IN_USE_HERE(name=name, other=STARTER))
    freed = _forget(session, name) if vectors else 0
    remove_model(name, _layout(session).models)
    hint(f"Removed {name}." + (f" The library is {_in_megabytes(freed)} smaller." if vectors else ""))


@models.command(cls=RecollectCommand)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print what was freed as JSON.")
@pass_session
def forget(session: Session, name: str, as_json: bool) -> None:
    """Forget what a model found in the photos: frees space, and using it again means indexing again."""
    freed = _forget(session, name)
    if as_json:
        say_json({"name": name, "freed_bytes": freed})
    else:
        hint(f"Forgot the vectors of {name}. The library is {_in_megabytes(freed)} smaller.")


@models.command(cls=RecollectCommand)
@click.argument("folder", type=click.Path(path_type=Path))
@pass_session
def move(session: Session, folder: Path) -> None:
    """Move all fetched and imported models into another folder, such as one on a larger disk."""
    move_models(_layout(session).models, folder)
    hint(f"The models are in {folder} now.")


@models.command(cls=RecollectCommand)
@click.argument("name", required=False)
@pass_session
def prepare(session: Session, name: str | None) -> int:
    """Find the fastest engine for a model and convert it for that, which otherwise happens in a quiet minute."""
    folder = _layout(session).models
    model = find_model(name or session.model or _in_use(session), folder)
    control = Control()
    with _stopping_on_interrupt(control):
        whole = all(prepare_tower(model, tower, converted_folder(folder), control) for tower in TOWERS)
    if control.stopped:
        return 130
    hint(f"{model.name} is prepared." if whole else f"{model.name} could not be prepared; the log says why.")
    return 0 if whole else 1


@models.command(cls=RecollectCommand)
@click.argument("name", required=False)
@click.option("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps …")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def benchmark(session: Session, name: str | None, device: str, as_json: bool) -> None:
    """Measure how fast a model (by default the one in use) is on this computer."""
    folder = _layout(session).models
    model = find_model(name or session.model or _in_use(session), folder)
    speed = measure_speed(model, cache=converted_folder(folder), device=device)
    if as_json:
        say_json(_speed_as_json(speed))
        return
    say(f"{model.name}\t{speed.photos_per_second:.1f} photos/s\t{speed.milliseconds_per_query:.0f} ms per query")
    say(f"on {title(speed.device)}")
    for note in speed.notes:
        hint(f"not used: {title(note)}")


def _speed_as_json(speed: Speed) -> dict[str, Any]:
    told = {"device": title(speed.device), "notes": [title(note) for note in speed.notes]}
    return {**dataclasses.asdict(speed), **told, "note_codes": [note.code for note in speed.notes]}


class _Bar:
    """Shows a fetch on standard error: a bar in a terminal, a line or two elsewhere."""

    def __init__(self) -> None:
        self._open = contextlib.ExitStack()
        self._bar: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def show(self, event: FetchEvent) -> None:
        match event:
            case FetchPlanned():
                hint(f"{event.name}: {_in_megabytes(event.total - event.present)} to fetch")
                bar = click.progressbar(length=event.total, file=sys.stderr, show_pos=False)
                self._bar = self._open.enter_context(bar)
                self._bar.update(event.present)
            case Fetching():
                self._bar.update(event.done - self._bar.pos)
            case Checking():
                self._bar.update(0, event.file)
            case FetchNote():
                hint(title(event.message))
            case _:
                pass


def _rows(session: Session) -> list[dict[str, Any]]:
    """Return the documented JSON of `models list`: those on offer, then those only installed."""
    folder = _layout(session).models
    installed = {model.name: model for model in installed_models(folder)}
    in_use = _in_use(session)
    rows = [_row(entry, installed.get(entry.name), in_use, folder) for entry in read_catalogue()]
    offered = {entry.name for entry in read_catalogue()}
    rows += [_row(None, model, in_use, folder) for name, model in installed.items() if name not in offered]
    return rows


def _row(entry: CatalogueEntry | None, model: ModelFolder | None, in_use: str, folder: Path) -> dict[str, Any]:
    name = entry.name if entry else model.name if model else ""
    speed: Speed | None = known_speed(model, converted_folder(folder)) if model else None
    origin = read_origin(model) if model else None
    return {
        "name": name,
        "title": entry.title_in("en") if entry else name,
        "advice": entry.advice_in("en") if entry else "",
        "installed": model is not None,
        "in_use": name == in_use,
        "runs_here": runs_here(model or entry),
        "download_bytes": entry.download_bytes if entry else 0,
        "memory_bytes": entry.memory_bytes if entry else 0,
        "dimension": model.dimension if model else entry.dimension if entry else 0,
        "resolution": model.pixels.width if model else entry.resolution if entry else 0,
        "languages": list(entry.languages) if entry else [],
        "licence": entry.licence if entry else "",
        "commercial": entry.commercial if entry else None,
        "coco_recall@1": entry.coco_recall if entry else None,
        "flickr_recall@1": entry.flickr_recall if entry else None,
        "chinese_recall@1": entry.chinese_recall if entry else None,
        "photos_per_second": speed.photos_per_second if speed else None,
        "milliseconds_per_query": speed.milliseconds_per_query if speed else None,
        "device": title(speed.device) if speed else None,
        "repository": origin.repository if origin else entry.repository if entry else "",
        "revision": origin.commit if origin else None,
        "path": str(model.path) if model else None,
    }


def _say_model(model: ModelFolder, as_json: bool, words: str) -> None:
    if as_json:
        say_json({"name": model.name, "key": model.key, "path": str(model.path), "dimension": model.dimension})
    else:
        hint(words)


def _layout(session: Session) -> LibraryPaths:
    return LibraryPaths(session.folder)


def _room_for_models(session: Session) -> Path:
    """Return the folder of the models; raises `DriveAbsent` where the drive of the library is not connected."""
    layout = _layout(session)
    if not layout.folder.exists():
        require_drive(layout.folder)
    return layout.models


def _in_use(session: Session) -> str:
    return session.model or _from_library(session, lambda library: str(library.setting(WANTED_MODEL) or "")) or STARTER


def _of_this_computer(session: Session, name: str) -> str:
    return _from_library(session, lambda library: library.machine_settings.text(name))


def _from_library(session: Session, ask: Callable[[Library], str]) -> str:
    """Return what a library answers, without creating one only to ask."""
    if not _layout(session).database.is_file():
        return ""
    chosen, session.model = session.model, None  # a model that is missing must not keep another from being fetched
    try:
        with session.library() as library:
            return ask(library)
    finally:
        session.model = chosen


def _forget(session: Session, name: str) -> int:
    if not _layout(session).database.is_file():
        return 0
    session.model = None
    with session.library(write=True) as library:
        if not library.models.usage(name).photos and name != _in_use(session):
            hint(f"The library holds no vectors of {name}.")
        return library.models.forget_vectors(name)


def _in_megabytes(size: int) -> str:
    return f"{megabytes(size):,} MB"


@contextlib.contextmanager
def _stopping_on_interrupt(control: Control) -> Generator[None, None, None]:
    """Let Ctrl+C end the fetch between two chunks."""

    def stop(number: int, frame: FrameType | None) -> None:
        control.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

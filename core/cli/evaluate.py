"""`evaluate`: how well a model finds photos, on photos of one's own with captions."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.session import RecollectCommand, Session, hint, pass_session, say, say_json
from core.encoder.process import EncoderProcess
from core.evaluate import evaluate as measure
from core.evaluate import read_captions
from core.match_evaluation import MatchFigures
from core.models import STARTER, converted_folder, find_model
from core.paths import LibraryPaths
from core.small_evaluation import SmallFigures


@click.command(cls=RecollectCommand)
@click.argument("photos", type=click.Path(path_type=Path))
@click.option(
    "--captions", type=click.Path(path_type=Path), required=True, help='JSON: [{"file": …, "captions": […]}, …].'
)
@click.option("--matches", is_flag=True, help="Also how well likely matches are told from others.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_session
def evaluate(session: Session, photos: Path, captions: Path, matches: bool, as_json: bool) -> None:
    """Measure how well the model finds the photos in PHOTOS by their captions."""
    rows = read_captions(photos, captions)
    models = LibraryPaths(session.folder).models
    model = find_model(session.model or STARTER, models)
    cache = converted_folder(models)
    images, texts = EncoderProcess(model, "images", cache=cache), EncoderProcess(model, "texts", cache=cache)
    try:
        figures = measure(rows, images, texts, matches=matches)
    finally:
        images.close()
        texts.close()
    if as_json:
        say_json(figures.as_json())
        return
    hint(f"{model.name}: {figures.captions} captions of {figures.photos} photos")
    if figures.skipped:
        hint(f"{figures.skipped} photos could not be read and do not count.")
    for cut, value in figures.recall.items():
        say(f"recall@{cut:<3} {value:6.1f} %")
    say(f"median rank {figures.median_rank:5.0f}")
    say(f"photos/s    {figures.images_per_second:5.1f}")
    say(f"ms/query    {figures.ms_per_query:5.1f}")
    if figures.matches is not None:
        _say_matches(figures.matches)
    elif matches:
        hint("Likely matches: nothing can be said. The captions name too little, or the model tells nothing apart.")


def _say_matches(figures: MatchFigures) -> None:
    hint(
        f"Likely matches: {figures.things} things among {figures.photos} photos, {figures.base:.0f} % of the best right"
    )
    say(f"right from wrong, the best 30          AUROC {figures.auroc:.3f}  (cosine {figures.auroc_cosine:.3f})")
    say(f"there from removed, one of the first   AUROC {figures.there:.3f}  (cosine {figures.there_cosine:.3f})")
    say(f"expected calibration error                   {figures.calibration_error:.3f}")
    if figures.likely_right is not None:
        say(f"right among the likely of the best 30       {figures.likely_right:5.1f} %")
    if figures.small is not None:
        _say_small(figures.small)


def _say_small(figures: SmallFigures) -> None:
    hint(f"Among {figures.photos} of them, by phrases and bare words in both languages:")
    if figures.missed is not None:
        say(f"no clear match, of {figures.there:5} that are there       {figures.missed:5.1f} %")
    if figures.false is not None:
        say(f"likely matches, of {figures.absent:5} that are not         {figures.false:5.1f} %")
    say(f"that one of the first is right: calibration error {figures.calibration_error:.3f}")

"""From lines to text: the decoding of answers, and one picture read by the real networks."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.decode.job import DecodeLimits, Unreadable
from core.ocr import TextLine, networks
from core.ocr.reader import PaddleReader, limited_size
from core.ocr.recognition import decoded, recognise
from core.ocr.work import TextJob, TextRead, TextWork, pixels_to_read
from core.photo import fingerprint
from tests.core.engines import needs_engine

LETTERS = ("", "a", "b", " ")


def answers(*best: int, likely: float = 0.9) -> NDArray[np.float32]:
    rest = (1 - likely) / (len(LETTERS) - 1)
    return np.array([[likely if index == one else rest for index in range(len(LETTERS))] for one in best], np.float32)


def test_repeated_answers_are_one_character_and_nothing_between_makes_two() -> None:
    assert decoded(answers(0, 1, 1, 0, 1, 2, 2, 0), LETTERS).text == "aab"


def test_the_confidence_is_that_of_the_characters_alone() -> None:
    mixed = np.concatenate([answers(0, likely=0.4), answers(1, likely=0.8)])
    assert decoded(mixed, LETTERS).confidence == pytest.approx(0.8)


def test_a_line_of_nothing_is_empty() -> None:
    assert decoded(answers(0, 0, 0), LETTERS).text == ""
    assert decoded(answers(3, 3), LETTERS).text == ""


class WidthAsLetter:
    """Answers "a" for a line of bright pixels and "b" for a dark one, whatever batch it is in."""

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        bright = batch[:, :, :, 0].mean(axis=(1, 2)) > 0
        return np.stack([answers(1 if one else 2, 0) for one in bright])


def test_lines_keep_their_order_whatever_their_width() -> None:
    cuts = [Image.new("RGB", (width, 48), (shade,) * 3) for width, shade in ((900, 255), (30, 0), (5000, 255), (60, 0))]
    assert [reading.text for reading in recognise(cuts, WidthAsLetter(), LETTERS)] == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("size", "limited"),
    [((800, 600), (800, 600)), ((4000, 3000), (2560, 1920)), ((1080, 9000), (1024, 8533)), ((1, 5), (1, 5))],
)
def test_a_very_long_picture_keeps_the_size_of_its_writing(size: tuple[int, int], limited: tuple[int, int]) -> None:
    assert limited_size(size, 2560) == limited


def test_there_is_a_character_for_every_answer() -> None:
    listed = networks.characters()
    assert len(listed) == 18710
    assert listed[0] == "" and listed[-1] == " "
    assert {"A", "z", "€", "国", "國", "あ", "ß"} <= set(listed)


def test_the_networks_are_installed_with_their_notice() -> None:
    assert networks.are_installed()
    assert "Apache License" in (networks.folder() / "NOTICE.md").read_text(encoding="utf-8")


class OneLine:
    """Reads the same in every picture."""

    version = "test"

    def read_text(self, pixels: NDArray[np.uint8]) -> tuple[TextLine, ...]:
        return (TextLine(f"{pixels.shape[1]} x {pixels.shape[0]}", ((0, 0), (1, 0), (1, 1), (0, 1)), 0.9),)


def test_a_worker_answers_with_what_it_read_and_of_which_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.ocr.work.yield_to_everything", lambda: None)
    file = tmp_path / "photo.png"
    Image.new("RGB", (300, 200)).save(file)
    work: TextWork = pickle.loads(pickle.dumps(TextWork(DecodeLimits(), OneLine)))
    read = work(TextJob(7, file), lambda size, mtime_ns: None)
    assert isinstance(read, TextRead)
    assert (read.token, read.fingerprint) == (7, fingerprint(file.read_bytes()))
    assert read.lines[0].text == "300 x 200"


def test_a_damaged_picture_is_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.ocr.work.yield_to_everything", lambda: None)
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 nothing")
    assert isinstance(TextWork(DecodeLimits(), OneLine)(TextJob(1, file), lambda size, mtime_ns: None), Unreadable)


def test_a_large_picture_is_read_at_the_size_a_reader_wants(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    Image.new("RGB", (5120, 2560), (200, 200, 200)).save(file)
    assert pixels_to_read(file.read_bytes(), file.name, 10**9).shape == (1280, 2560, 3)


def test_two_lines_are_read_level_and_upside_down() -> None:
    needs_engine("onnxruntime")
    picture = Image.new("RGB", (352, 96), (240, 240, 230))
    draw = ImageDraw.Draw(picture)
    draw.text((12, 10), "Hardware store 1832", fill=(20, 20, 40), font=ImageFont.load_default(26))
    draw.text((12, 56), "two screws, 3.50", fill=(160, 20, 20), font=ImageFont.load_default(20))
    reader = PaddleReader()
    first, second = reader.read_text(np.asarray(picture))
    assert (first.text, second.text) == ("Hardware store 1832", "two screws, 3.50")
    assert first.corners[0][1] < second.corners[0][1] and first.confidence > 0.9
    turned = reader.read_text(np.asarray(picture.rotate(180)))
    assert [line.text for line in turned] == ["two screws, 3.50", "Hardware store 1832"]
    assert turned[0].corners[0][0] > 0.6  # it begins at the right

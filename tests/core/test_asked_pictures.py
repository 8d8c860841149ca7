"""Pictures that are asked with: kept under a name of their own, read once."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.asked_pictures import AskedPictures, Origin, origin_of
from core.query import PictureLike, Query, Term
from core.query.parser import parse
from core.remembered_pictures import remembered


def test_a_picture_is_kept_under_a_name_that_a_question_can_hold(tmp_path: Path) -> None:
    pictures = AskedPictures(tmp_path / "asked")
    name = pictures.keep(b"a picture", Origin.PASTED, ".PNG")
    assert pictures.file(name).read_bytes() == b"a picture"
    assert pictures.keep(b"a picture", Origin.PASTED, ".png") == name
    question = Query((Term(PictureLike(name)),))
    assert parse(str(question)).query.terms == question.terms
    assert origin_of(name) is Origin.PASTED and origin_of(Path(str(name).replace("pasted", "other"))) is None


def test_other_files_are_where_they_are_named(tmp_path: Path) -> None:
    pictures = AskedPictures(tmp_path / "asked")
    for other in (Path("b.jpg"), Path("/a/pasted-0123456789abcdef.png"), Path("pasted-../../x.png")):
        assert pictures.file(other) == other and origin_of(other) is None


def test_the_oldest_go_but_not_those_of_saved_searches(tmp_path: Path) -> None:
    pictures = AskedPictures(tmp_path / "asked", most=2)
    names: list[Path] = []
    for number in range(4):
        names.append(pictures.keep(bytes([number]), Origin.PART, ".jpg", [f"dog + like:{name}" for name in names[:1]]))
        os.utime(pictures.file(names[-1]), (number, number))
    assert [pictures.file(name).exists() for name in names] == [True, False, True, True]


def test_a_picture_is_read_once_for_each_state_of_its_file(tmp_path: Path) -> None:
    read: list[Path] = []

    def vector_of(path: Path) -> NDArray[np.float32]:
        read.append(path)
        return np.ones(2, np.float32)

    vector = remembered(vector_of, lambda path: tmp_path / path)
    (tmp_path / "a.jpg").write_bytes(b"1")
    vector(Path("a.jpg"))
    vector(Path("a.jpg"))
    assert read == [tmp_path / "a.jpg"]
    (tmp_path / "a.jpg").write_bytes(b"12")
    vector(Path("a.jpg"))
    vector(Path("gone.jpg"))
    vector(Path("gone.jpg"))
    assert len(read) == 4

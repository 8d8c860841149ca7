"""What a comparison makes of what is known and what was found, whatever happened between."""

from __future__ import annotations

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from core.changes import Stamp, compare, name_key
from tests.core.test_scanner import NOTHING, Known, summary


def test_unlisted_folders_cover_what_is_below_them_only() -> None:
    known = [Known(i, path, 1, 1, i) for i, path in enumerate(["a/b/1", "a/bc/2", "a/3", "a/b"], 1)]
    assert summary(compare(known, {}, unlisted=["a/b"])) == NOTHING | {"gone": ["a/bc/2", "a/3"], "unchanged": 2}


def test_name_key() -> None:
    assert name_key("É.JPG") == name_key(unicodedata.normalize("NFD", "é.jpg"))
    assert name_key("a") != name_key("b")


_NAMES = st.sampled_from(["a/x", "a/y", "b/x", "b/y", "c/X", "d"])
_STAMPS = st.builds(Stamp, st.integers(1, 2), st.integers(1, 2), st.integers(0, 3))


@given(st.dictionaries(_NAMES, _STAMPS), st.dictionaries(_NAMES, _STAMPS))
def test_every_file_is_accounted_for_once(before: dict[str, Stamp], after: dict[str, Stamp]) -> None:
    """Whatever happened, applying the changes to what is known gives what was found."""
    known = [Known(i, path, *stamp) for i, (path, stamp) in enumerate(before.items())]
    changes = compare(known, after)
    assert changes.known == len(before)
    now = dict(before)
    for move in changes.moved:
        source = now.pop(move.source)
        assert source[:2] == move.target.stamp[:2]
        assert move.target.relative_path not in before
        now[move.target.relative_path] = source
    for missing in changes.gone:
        assert before[missing.relative_path].size == missing.size
        del now[missing.relative_path]
    for found in (*changes.new, *changes.changed):
        assert (found.relative_path in before) == (found in changes.changed)
        now[found.relative_path] = found.stamp
    assert {path: stamp[:2] for path, stamp in now.items()} == {path: stamp[:2] for path, stamp in after.items()}


def test_a_hundred_thousand_files_are_compared_in_a_blink() -> None:
    found = {f"{i // 100}/{i}.jpg": Stamp(i, i, i) for i in range(100_000)}
    known = [Known(i, f"old/{path}", *stamp) for i, (path, stamp) in enumerate(found.items())]
    started = time.process_time()  # what others do on this machine does not count
    assert len(compare(known, found).moved) == 100_000
    assert time.process_time() - started < 5  # 0.5 s on a quiet machine

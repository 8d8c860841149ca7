"""Window or terminal: what the command line decides."""

from __future__ import annotations

import pytest

from app.__main__ import Options, window_options


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], Options()),
        (["--library", "/tmp/l"], Options(library="/tmp/l")),
        (["--library=/tmp/l", "--model", "starter"], Options(library="/tmp/l", model="starter")),
        (["search", "dog"], None),
        (["--library", "/tmp/l", "search", "dog"], None),
        (["--help"], None),
        (["--version"], None),
        (["--library"], None),
    ],
)
def test_what_opens_the_window(arguments: list[str], expected: Options | None) -> None:
    assert window_options(arguments) == expected

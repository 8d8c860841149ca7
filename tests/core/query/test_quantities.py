"""What a number in a question means: everything that is rounded to it."""

from __future__ import annotations

import pytest

from core.query import quantities


@pytest.mark.parametrize(
    ("written", "meant", "others"),
    [
        ("1", (1.0,), (0.8, 1.3)),
        ("2s", (2.0,), (1.6, 2.5)),
        ("30", (30.0, 29.7), (25.0,)),
        ("0.3", (0.3, 1 / 3), (0.25 - 1e-9, 0.4)),
        ("1/60", (1 / 60,), (1 / 50, 1 / 80)),
        ("1/3", (1 / 3,), (0.4, 0.25)),
    ],
)
def test_exposures_are_those_of_one_setting(written: str, meant: tuple[float, ...], others: tuple[float, ...]) -> None:
    span = quantities.seconds(written)
    assert span is not None
    assert all(span.low <= one < span.high for one in meant)
    assert not any(span.low <= one < span.high for one in others)

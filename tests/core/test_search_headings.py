"""What the command line says above its hits, by how probably they are right."""

from __future__ import annotations

import numpy as np
import pytest

from core.cli.search import heading
from core.likelihood import Likelihoods
from core.query import described
from core.results import Results


@pytest.mark.parametrize(
    ("likelihoods", "there", "said"),
    [
        ([0.8, 0.2], 0.9, ""),
        ([0.4, 0.3], 0.6, "No photo is likely by itself, but probably one of the first is right:"),
        ([0.4, 0.3], 0.45, "No clear match; the nearest are:"),
        ([], 0.0, ""),
    ],
)
def test_what_is_said_of_hits_that_are_not_likely(likelihoods: list[float], there: float, said: str) -> None:
    found = Results(described("dog"), "m", np.arange(len(likelihoods)), np.ones(len(likelihoods), np.float32))
    assert heading(found.with_likelihoods(Likelihoods(np.array(likelihoods, np.float32), there), 0.5)) == said
    assert heading(found.with_likelihoods(None, 0.5)) == ""

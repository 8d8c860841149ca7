"""The API as its own OpenAPI describes it: schemathesis makes requests from the description, and compares the answers.

What is asked is what the description allows, and what it does not; the tests of `test_api` ask what no description
would think of.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.applications import Starlette

from core.library import Library
from core.serve.application import application
from core.serve.description import OPERATIONS
from tests.core.serve.conftest import BEARER, RULES, AnyWords

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

HEADERS = {**BEARER, "Host": "127.0.0.1:8421"}
EXAMPLES = 20
NOT_CHECKED = [checks.ignored_auth, checks.negative_data_rejection]
"""Every request has the token here, whatever was left out of it (without: `test_access`), and what stands behind "?"
that the API does not know is passed over, as browsers' own additions are."""


@pytest.fixture(scope="module", name="writing")
def _writing(folder: Path) -> Iterator[Starlette]:
    """What answers for the library, which is open for writing."""
    with Library.open(folder, make_encoder=AnyWords) as library:
        yield application(library, RULES)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_answers_are_as_described(writing: Starlette, operation: Any, mode: str) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", writing, headers=HEADERS)
    cases = schema[operation.path][operation.method].as_strategy(generation_mode=schemathesis.GenerationMode(mode))

    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    def ask(case: Any) -> None:
        case.call_and_validate(headers=HEADERS, excluded_checks=NOT_CHECKED)

    ask()

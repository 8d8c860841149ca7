"""Facts and words are answered from the server's indexes, not by looking at every photo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from core.query.parser import parse
from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.connections import Connections, ServerConnection

PHOTOS = 20_000
_FILL = (
    "INSERT INTO contents (fingerprint, dated, taken_at, camera, lens, iso, aperture, rating, format, place, "
    "latitude, longitude, facts_due) SELECT decode(lpad(to_hex(n), 32, '0'), 'hex'), day, day, 'camera ' || n % 500, "
    "'lens ' || n % 500, n % 5000, n % 5000, CASE WHEN n % 5000 = 0 THEN 5 END, 'F' || n % 900, n % 900, "
    "n % 170 - 85, n % 350 - 175, FALSE "
    "FROM generate_series(1, {photos}) AS numbers (n), "
    "LATERAL (SELECT to_char(timestamp '2000-01-01' + n * interval '11 hours', 'YYYY-MM-DD\"T\"HH24:MI:SS') AS day) "
    "AS days",
    "INSERT INTO roots (id, path) VALUES (1, '/photos')",
    "INSERT INTO files (root_id, relative_path, size, mtime_ns, content_id) "
    "SELECT 1, convert_to(id || '.jpg', 'UTF8'), id, 1, id FROM contents",
    "INSERT INTO words SELECT id * 8, 'word' || id % 5000 FROM contents",
    "INSERT INTO pieces SELECT id * 8, 'word' || id % 5000 FROM contents",
    "INSERT INTO texts SELECT id, 'keywords', 0, 'Key' || id % 5000, 'key' || id % 5000 FROM contents",
    # Not of all tables: it would wait for the indexes that other tests make, and they for it.
    "ANALYZE contents, files, texts, words, pieces",
)
QUESTIONS = {
    "date:2003-05-03": "contents_by_taken_at",
    "camera:none": "contents_by_camera",
    "iso:4999": "contents_by_iso",
    "size:77": "files_by_size",
    "keyword:key77": "texts_by_kind",
}


@pytest.fixture(scope="module")
def filled(server: str) -> Iterator[ServerCatalog]:
    from tests.core.shared.server import new_address

    with new_address(server) as address:
        yield from _filled(address)


def _filled(address: Address) -> Iterator[ServerCatalog]:
    with ServerCatalog.open(address) as catalog:
        opened = Connections(address).open()
        for statement in _FILL:
            opened.plain(statement.format(photos=PHOTOS))
        opened.raw.close()
        yield catalog


@pytest.fixture
def plans(filled: ServerCatalog, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans of what is asked, by the server's own account."""
    plans: list[str] = []
    plain = ServerConnection.plain

    def explained(self: ServerConnection, statement: str, values: Iterable[Any] = ()) -> Any:
        given = list(values)
        if statement.startswith("SELECT"):
            plans.append("\n".join(line for (line,) in plain(self, f"EXPLAIN {statement}", given)))
        return plain(self, statement, given)

    monkeypatch.setattr(ServerConnection, "plain", explained)
    return plans


@pytest.mark.parametrize(("question", "index"), QUESTIONS.items())
def test_a_fact_is_answered_by_its_index(filled: ServerCatalog, plans: list[str], question: str, index: str) -> None:
    filled.passing(parse(question).query.filter)
    assert any(index in plan for plan in plans), plans


def test_no_plan_is_made_for_any_values(filled: ServerCatalog, plans: list[str]) -> None:
    """One of a list of thousands would look for each row in it one by one."""
    asked = parse("camera:none").query.filter
    for _ in range(12):  # from the sixth on a statement is prepared
        filled.passing(asked)
    (plan,) = set(plans)
    assert "$" not in plan


def test_words_are_answered_by_their_indexes(filled: ServerCatalog, plans: list[str]) -> None:
    assert filled.word_hits("word77")
    assert any("words_sought" in plan for plan in plans), plans

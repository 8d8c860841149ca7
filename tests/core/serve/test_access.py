"""Who is answered: those who have the token, under a name of this computer, from the library's own page."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette

from core.serve.access import TOKEN_FILE, token_of
from tests.core.serve.asgi import ask
from tests.core.serve.conftest import BEARER, RULES, TOKEN


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": "Bearer é"},
        {"cookie": "recollect-8421=wrong"},
        {"cookie": f"recollect-1={TOKEN}"},
        {"cookie": "\x00;;=="},
    ],
)
def test_nothing_is_told_without_the_token(served: Starlette, headers: dict[str, str]) -> None:
    for address in ("/api/find?q=red", "/api/status", "/api/photos/1/thumbnail", "/api/openapi.json", "/api/none"):
        answer = ask(served, address, headers=headers)
        assert (answer.status, answer.code) == (401, "serve_token_needed")
    assert ask(served, f"/api/status?token={TOKEN}").status == 401  # addresses end up in histories


def test_the_address_with_the_token_sets_a_cookie_and_goes_away(served: Starlette) -> None:
    answer = ask(served, f"/?token={TOKEN}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    assert ask(served, "/api/status", headers={"cookie": cookie.partition(";")[0]}).status == 200
    wrong = ask(served, "/?token=wrong")
    assert wrong.status == 200 and "set-cookie" not in wrong.headers


def test_the_page_itself_is_no_secret_and_may_load_nothing_from_elsewhere(served: Starlette) -> None:
    for address in ("/", "/page.js", "/grid.js", "/viewer.js", "/words.js", "/page.css", "/icon.svg"):
        answer = ask(served, address)
        assert answer.status == 200 and answer.body
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        unchanged = ask(served, address, headers={"if-none-match": answer.headers["etag"]})
        assert (unchanged.status, unchanged.body) == (304, b"")


@pytest.mark.parametrize("host", ["127.0.0.1:8421", "localhost:8421", "[::1]:8421", "192.168.1.7", "photos.example"])
def test_names_of_this_computer_are_answered(served: Starlette, host: str) -> None:
    assert ask(served, "/api/status", headers={**BEARER, "host": host}).status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "[", "127.0.0.1.evil.example", "é"])
def test_other_names_are_not(served: Starlette, host: str) -> None:
    for address in ("/", "/api/status"):
        answer = ask(served, address, headers={**BEARER, "host": host})
        assert (answer.status, answer.code) == (421, "serve_strange_host")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://[", ""])
def test_pages_from_elsewhere_are_not(served: Starlette, origin: str) -> None:
    answer = ask(served, "/api/status", headers={**BEARER, "origin": origin})
    assert (answer.status, answer.code) == (403, "serve_strange_origin")
    assert ask(served, "/api/status", headers={**BEARER, "origin": "http://127.0.0.1:8421"}).status == 200


def test_the_token_stays_until_a_new_one_is_asked_for(tmp_path: Path) -> None:
    first = token_of(tmp_path)
    assert len(first) >= 32 and token_of(tmp_path) == first
    second = token_of(tmp_path, renew=True)
    assert second != first and token_of(tmp_path) == second
    (tmp_path / TOKEN_FILE).write_bytes(b"\xff" * 40)
    assert token_of(tmp_path) not in (first, second)
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / TOKEN_FILE).stat().st_mode) == 0o600


def test_the_rules_do_not_show_the_token() -> None:
    assert TOKEN not in repr(RULES)


def test_a_library_on_a_server_keeps_its_token_here(tmp_path: Path) -> None:
    assert token_of(tmp_path / "servers" / "one") == token_of(tmp_path / "servers" / "one")

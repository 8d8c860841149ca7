"""The API: the answers of the command line, a page at a time."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette

from core.library import Library
from core.paths import LibraryPaths
from core.query.parser import parse
from core.serve.api import parts_of
from core.serve.application import application
from core.serve.description import OPERATIONS
from core.user_data import UserData
from tests.core.serve.asgi import Answer, ask
from tests.core.serve.conftest import BEARER, RULES, Ask
from tests.core.test_library import Crayons, index, paint


def names(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.json
    return [Path(hit["path"]).name for hit in answer.json["hits"]]


def test_a_question_is_answered_a_page_at_a_time(get: Ask) -> None:
    answer = get("/api/find?q=red")
    assert names(answer)[0] == "red.png" and answer.json["total"] == 3
    assert answer.json["parts"] == [{"kind": "words", "text": "red", "without": ""}]
    pages = [get(f"/api/find?q=red&limit=1&offset={offset}") for offset in range(4)]
    assert [name for page in pages for name in names(page)] == names(answer)
    assert [hit["rank"] for page in pages for hit in page.json["hits"]] == [1, 2, 3]


def test_no_question_lists_everything(get: Ask) -> None:
    assert sorted(names(get("/api/find"))) == ["blue.png", "green.png", "red.png"]
    assert names(get("/api/find?q=name:gre")) == ["green.png"]


def test_what_was_not_understood_is_said(get: Ask) -> None:
    (note,) = get("/api/find?q=month:smarch").json["notes"]
    assert "smarch" in note["reason"] and note["code"]


def test_a_photo_its_pictures_and_its_like(get: Ask) -> None:
    hit = get("/api/find?q=blue&limit=1").json["hits"][0]
    photo = get(f"/api/photos/{hit['id']}")
    assert (photo.json["width"], photo.json["height"], photo.json["favourite"]) == (80, 60, False)
    for address in (hit["thumbnail"], f"{hit['preview']}&size=64"):
        answer = get(address)
        assert answer.headers["content-type"] == "image/jpeg" and "immutable" in answer.headers["cache-control"]
        red, green, blue = Image.open(BytesIO(answer.body)).convert("RGB").getpixel((20, 20))  # type: ignore[misc]
        assert blue > 200 and red < 60 and green < 60
    similar = get(f"/api/photos/{hit['id']}/similar")
    assert sorted(names(similar)) == ["green.png", "red.png"]


def test_a_photo_out_of_reach_has_its_thumbnail(folder: Path, get: Ask) -> None:
    hit = get("/api/find?q=green&limit=1").json["hits"][0]
    file = Path(hit["path"])
    data = file.read_bytes()
    file.unlink()
    try:
        assert get(hit["preview"]).status in (404, 503) and get(hit["thumbnail"]).status == 200
    finally:
        file.write_bytes(data)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/photos/99", 404, "serve_no_such_photo"),
        ("/api/photos/99/thumbnail", 404, "serve_no_such_photo"),
        ("/api/photos/99/similar", 404, "serve_no_such_photo"),
        ("/api/photos/99999999999999999999999", 400, "serve_bad_value"),
        ("/api/photos/one", 400, "serve_bad_value"),
        ("/api/photos/-1", 400, "serve_bad_value"),
        ("/api/find?limit=0", 400, "serve_bad_value"),
        ("/api/find?offset=-1", 400, "serve_bad_value"),
        ("/api/photos/1/preview?size=99999", 400, "serve_bad_value"),
        (f"/api/find?q={'x' * 20_000}", 400, "serve_bad_value"),
        ("/api/nothing", 404, "serve_no_such_page"),
        ("/../etc/passwd", 404, "serve_no_such_page"),
    ],
)
def test_what_makes_no_sense_is_told(get: Ask, address: str, status: int, code: str) -> None:
    answer = get(address)
    assert (answer.status, answer.code) == (status, code)


def test_a_library_open_for_reading_is_not_changed(get: Ask) -> None:
    assert get("/api/status").json["writable"] is False
    for method, address, body in (
        ("PATCH", "/api/photos/1", b'{"favourite": true}'),
        ("PUT", "/api/saved/red", b'{"query": "red"}'),
        ("DELETE", "/api/saved/red", b""),
    ):
        answer = get(address, method, body)
        assert (answer.status, answer.code) == (403, "serve_only_reading")
    assert get("/api/find", "POST").status == 405
    allowed = get("/api/photos/1", "OPTIONS").headers["allow"].split(", ")
    assert {"GET", "HEAD", "PATCH"} == set(allowed)


def test_stars_and_saved_questions(tmp_path: Path, folder: Path) -> None:
    with Library.open(folder, make_encoder=Crayons()) as library:
        served = application(library, RULES, write=True)

        def change(method: str, address: str, **body: object) -> Answer:
            return ask(served, address, method, headers=BEARER, body=json.dumps(body).encode())

        assert change("PATCH", "/api/photos/1", favourite=True, rating=4).json["rating"] == 4
        assert change("PATCH", "/api/photos/1", favourite=False).json["rating"] == 4
        assert change("PATCH", "/api/photos/1", rating=None).json["rating"] is None
        for wrong in ({"rating": 6}, {"rating": True}, {"rating": "4"}, {"favourite": 1}):
            assert change("PATCH", "/api/photos/1", **wrong).code == "serve_bad_value"
        assert ask(served, "/api/photos/1", "PATCH", headers=BEARER, body=b"[").code == "serve_bad_value"
        assert ask(served, "/api/photos/1", "PATCH", headers=BEARER, body=b"x" * 100_000).code == "serve_bad_value"
        assert change("PUT", "/api/saved/At sea", query="sea -beach").json == [
            {"name": "At sea", "query": "sea -beach"}
        ]
        assert change("PUT", "/api/saved/At sea", query=" ").status == 400
        assert change("PUT", "/api/saved/  ", query="sea").status == 400
        assert change("DELETE", "/api/saved/at sea").json == []


def test_the_page_sees_what_another_process_indexes(tmp_path: Path, folder: Path, get: Ask) -> None:
    assert get("/api/find?q=red").json["total"] == 3
    new = folder.parent / "photos" / "new.png"
    paint(new, "#fe0202")
    try:
        with Library.open(folder, make_encoder=Crayons()) as writer:
            index(writer)
        assert "new.png" in names(get("/api/find?q=red"))
    finally:
        new.unlink()
        with Library.open(folder, make_encoder=Crayons()) as writer:
            index(writer)
    assert get("/api/find?q=red").json["total"] == 3


def test_a_mistake_of_ours_says_nothing_of_itself(
    served: Starlette, get: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Library, "find", fail)
    with pytest.raises(ZeroDivisionError):  # starlette answers and lets it go on, to uvicorn's log
        get("/api/find?q=red")
    assert "a request failed" in caplog.text


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_each_part_can_be_taken_away(typed: str) -> None:
    query = parse(typed).query
    for part in parts_of(query):
        left = parse(part["without"]).query
        assert len(parts_of(left)) < len(parts_of(query))


ADDRESSES = st.sampled_from([operation.path for operation in OPERATIONS] + ["/", "/api", "/api/openapi.json"])


@given(
    address=ADDRESSES,
    number=st.one_of(st.integers(-5, 5).map(str), st.text(max_size=5)),
    name=st.text(max_size=8),
    values=st.dictionaries(st.sampled_from(["q", "limit", "offset", "size", "token"]), st.text(max_size=12)),
    method=st.sampled_from(["GET", "HEAD", "PUT", "PATCH", "DELETE", "POST", "OPTIONS"]),
    body=st.binary(max_size=30),
)
@settings(max_examples=300, deadline=None)
def test_no_request_is_a_mistake_of_ours(
    served: Starlette, address: str, number: str, name: str, values: dict[str, str], method: str, body: bytes
) -> None:
    path = address.replace("{number}", quote(number, safe="")).replace("{name}", quote(name, safe=""))
    answer = ask(served, f"{path}?{urlencode(values)}", method, headers=BEARER, body=body)
    assert answer.status < 500
    if answer.status >= 400 and method != "HEAD":
        assert answer.json["error"]["title"]


def test_the_description_names_every_operation(get: Ask) -> None:
    described = get("/api/openapi.json").json
    assert {(path, method.upper()) for path, ways in described["paths"].items() for method in ways} == {
        (operation.path, operation.method) for operation in OPERATIONS
    }


def turn(folder: Path, content_id: int, quarters: int) -> None:
    with Library.open(folder, write=False) as library:
        prints = library.fingerprints([content_id])
    user_data = UserData.open(LibraryPaths(folder), write=True)
    user_data.turns.put(dict.fromkeys(prints.values(), quarters))
    user_data.close()


def test_a_photo_that_was_turned_is_shown_turned(folder: Path, get: Ask) -> None:
    hit = get("/api/find?q=blue&limit=1").json["hits"][0]
    turn(folder, hit["id"], 1)
    try:
        again = get("/api/find?q=blue&limit=1").json["hits"][0]
        assert (again["width"], again["height"]) == (hit["height"], hit["width"])
        assert again["thumbnail"] != hit["thumbnail"]  # so that no browser keeps the other one
        for address in (again["thumbnail"], f"{again['preview']}&size=64"):
            width, height = Image.open(BytesIO(get(address).body)).size
            assert width < height
    finally:  # the other tests have the same library
        turn(folder, hit["id"], 0)

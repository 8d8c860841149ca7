"""The question for a newer version, asked of a server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.releases import Release, newer_release, numbers, releases_address


class Hub(ThreadingHTTPServer):
    """Answers every question with `answer`; `asked` are the lines and the headers it got."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answer: bytes = b""
        self.status = 200
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/repos/someone/recollect/releases/latest"

    def publish(self, tag: object, page: object = "http://127.0.0.1/page") -> None:
        self.answer = json.dumps({"tag_name": tag, "html_url": page, "assets": []}).encode()


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Hub)
        self.server.asked.append((self.requestline, dict(self.headers)))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("tag", "is_newer"),
    [("v1.2.0", True), ("1.10", True), ("v1.1.0", False), ("v1.1", False), ("v0.9.9", False), ("v2", True)],
)
def test_only_a_newer_version_is_told(hub: Hub, tag: str, is_newer: bool) -> None:
    hub.publish(tag)
    found = newer_release(hub.address, "1.1.0")
    assert found == (Release(tag.removeprefix("v"), "http://127.0.0.1/page") if is_newer else None)
    line, headers = hub.asked[0]
    assert line.startswith("GET /repos/someone/recollect/releases/latest ")
    assert headers["User-Agent"] == "Recollect/1.1.0"
    assert set(headers) <= {"Accept-Encoding", "Host", "User-Agent", "Connection"}


@pytest.mark.parametrize(
    ("tag", "page"),
    [(None, "http://x/"), ("v2", None), ("v2", "file:///bin/sh"), ("v2", "javascript:1"), ("v2rc1", "http://x/")],
)
def test_what_cannot_be_understood_is_an_error(hub: Hub, tag: object, page: object) -> None:
    hub.publish(tag, page)
    with pytest.raises(ValueError):
        newer_release(hub.address, "1.1.0")


@pytest.mark.parametrize("answer", [b"", b"[]", b"<html>", b"\xff" * 40])
def test_nonsense_is_an_error(hub: Hub, answer: bytes) -> None:
    hub.answer = answer
    with pytest.raises(ValueError):
        newer_release(hub.address, "1.1.0")


def test_no_answer_is_an_error(hub: Hub) -> None:
    hub.status = 403
    with pytest.raises(OSError):
        newer_release(hub.address, "1.1.0")
    hub.server_close()
    with pytest.raises(OSError):
        newer_release("http://127.0.0.1:9/", "1.1.0", timeout=1)


def test_a_proxy_is_asked_instead(hub: Hub) -> None:
    hub.publish("v3")
    found = newer_release("http://recollect.invalid/latest", "1", proxy=f"http://127.0.0.1:{hub.server_port}")
    assert found is not None and found.version == "3"
    assert hub.asked[0][0].startswith("GET http://recollect.invalid/latest ")


def test_numbers() -> None:
    assert numbers("1.10.0") == numbers("1.10") > numbers("1.9.9")
    for wrong in ("", "?", "1.", "1.2rc1", "１.２x"):
        with pytest.raises(ValueError):
            numbers(wrong)


def test_the_address_is_that_of_the_build(tmp_path: Path) -> None:
    assert releases_address() == ""
    assert releases_address(tmp_path) == ""
    (tmp_path / "releases.txt").write_text(" https://host/latest \n", encoding="utf-8")
    assert releases_address(tmp_path) == "https://host/latest"
    for wrong in (b"file:///etc/passwd", b"", b"\xff\xfe"):
        (tmp_path / "releases.txt").write_bytes(wrong)
        assert releases_address(tmp_path) == ""

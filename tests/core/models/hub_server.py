"""A model hub on loopback that speaks as much of the real one's protocol as fetching needs, and fails on demand."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class FakeHub:
    """What the server holds and how it misbehaves.

    Attributes:
        repositories: files by repository.
        drop_after: bytes of a file's body after which the connection is cut, for the first `drops` requests.
        stalls: requests whose body ends in silence half way, for as long as the server lives.
        wrong: names of files that are served with other bytes than were promised.
        status: answer to everything, if set.
        ranges: whether "Range" is honoured.
        requested: paths asked for, with the range.
    """

    repositories: dict[str, dict[str, bytes]]
    drop_after: int = 0
    drops: int = 0
    stalls: int = 0
    wrong: set[str] = field(default_factory=set[str])
    status: int = 0
    ranges: bool = True
    requested: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    tokens: list[str] = field(default_factory=list[str])
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def asked_for(self, name: str) -> list[str]:
        """Return the ranges with which a file was asked for."""
        return [span for path, span in self.requested if path.endswith("/" + name)]


@contextmanager
def serving(hub: FakeHub) -> Generator[FakeHub, None, None]:
    class Handler(_Handler):
        state = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        hub.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    state: FakeHub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].replace("%2F", "/")
        if path.startswith("http://"):  # as a proxy is asked
            path = "/" + path.split("/", 3)[3]
        self.state.requested.append((path, self.headers.get("Range", "")))
        self.state.tokens.append(self.headers.get("Authorization", ""))
        if self.state.status:
            self._error(self.state.status)
        elif path.startswith("/api/models/"):
            self._describe(path.removeprefix("/api/models/").partition("/revision/")[0])
        else:
            self._file(path)

    def _describe(self, repository: str) -> None:
        files = self.state.repositories.get(repository)
        if files is None:
            self._error(404, "RepoNotFound")
            return
        siblings: list[dict[str, Any]] = []
        for name, data in files.items():
            blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            entry: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": blob}
            if name.endswith(".safetensors"):
                entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 134}
            siblings.append(entry)
        body = json.dumps({"id": repository, "sha": COMMIT, "siblings": siblings}).encode()
        self._head(200, len(body), {"Content-Type": "application/json"})
        self.wfile.write(body)

    def _file(self, path: str) -> None:
        repository, _, rest = path.strip("/").partition("/resolve/")
        commit, _, name = rest.partition("/")
        data = self.state.repositories.get(repository, {}).get(name)
        if data is None or commit != COMMIT:
            self._error(404, "EntryNotFound")
            return
        if name in self.state.wrong:
            data = bytes(len(data))
        start = self._start()
        body = data[start:]
        extra = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        self._head(206 if start else 200, len(body), extra)
        self._send(body, large=name.endswith(".safetensors"))

    def _start(self) -> int:
        span = self.headers.get("Range", "")
        return int(span.removeprefix("bytes=").rstrip("-")) if span and self.state.ranges else 0

    def _send(self, body: bytes, *, large: bool) -> None:
        if large and self.state.stalls > 0:
            self.state.stalls -= 1
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.state.over.wait(60)
            self.close_connection = True
            return
        if large and self.state.drops > 0:
            self.state.drops -= 1
            self.wfile.write(body[: self.state.drop_after])
            self.wfile.flush()
            self.close_connection = True
            return
        self.wfile.write(body)

    def _error(self, status: int, code: str = "") -> None:
        self._head(status, 0, {"X-Error-Code": code} if code else {})

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

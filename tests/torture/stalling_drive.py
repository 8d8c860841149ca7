"""A drive that falls asleep: a folder shown through FUSE, read-only, which answers nothing while a file stands.

Run as `python -m tests.torture.stalling_drive SHOWN MOUNT ASLEEP KIND`, as root of a Linux (anybody is root of their
own under `unshare --map-root-user --mount`). It says "mounted" and serves until its input is closed. It speaks the
kernel's protocol (https://docs.kernel.org/filesystems/fuse/fuse.html, include/uapi/linux/fuse.h) without a library:
what is needed is little, and nothing has to be installed.

What waits for a sleeping drive is stuck inside the kernel. KIND "ends" lets a process that is killed go, as NFS does;
"holds" lets nothing go, as an sshfs without its server: not even kill -9 ends what waits there.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import stat
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

_DEVICE = Path("/dev/fuse")
_NO_SUID, _NO_DEVICES, _READ_ONLY, _DETACH = 2, 4, 1, 2
_LARGEST = 1 << 20
_LOOK_S = 0.02
"""How often it is looked whether it sleeps."""

_LOOKUP, _FORGET, _GETATTR, _READLINK, _OPEN, _READ, _STATFS, _RELEASE, _FLUSH = 1, 2, 3, 5, 14, 15, 17, 18, 25
_INIT, _OPENDIR, _READDIR, _RELEASEDIR, _ACCESS, _INTERRUPT, _DESTROY, _FORGET_MANY = 26, 27, 28, 29, 34, 36, 38, 42
_UNANSWERED = (_FORGET, _FORGET_MANY, _DESTROY)

_REQUEST = struct.Struct("=IIQQIIIHH")
_ANSWER = struct.Struct("=IiQ")
_ATTRIBUTES = struct.Struct("=QQQQQQIIIIIIIIII")
_ROOM = struct.pack("=QQQQQIIII24x", 1 << 20, 1 << 19, 1 << 19, 0, 0, 4096, 255, 4096, 0)
"""What it says of its room: some."""
_LISTED = struct.Struct("=QQII")


def refusal() -> str:
    """Return why no such drive can be made here; nothing if it can."""
    if sys.platform != "linux":
        return "FUSE is tried on Linux"
    try:
        os.close(os.open(_DEVICE, os.O_RDWR))
    except OSError as problem:
        return f"{_DEVICE} cannot be opened: {problem.strerror}"
    return "" if os.geteuid() == 0 else "only root may mount; try it under: unshare --map-root-user --mount"


class StallingDrive:
    """Shows a folder below another. `asleep` is the file that lets it answer nothing."""

    def __init__(self, shown: Path, mount: Path, asleep: Path) -> None:
        self._shown, self._mount, self._asleep = shown, mount, asleep
        self._device = os.open(_DEVICE, os.O_RDWR)
        self._paths: dict[int, Path] = {1: shown}
        self._nodes: dict[Path, int] = {shown: 1}
        self._waiting: list[bytes] = []
        self._answers: dict[int, Callable[[int, bytes], bytes]] = {
            _INIT: lambda _node, body: self._greet(body),
            _LOOKUP: lambda node, body: self._entry(self._paths[node] / os.fsdecode(body[:-1])),
            _GETATTR: lambda node, _body: struct.pack("=QII", 0, 0, 0) + self._attributes(self._paths[node]),
            _READLINK: lambda node, _body: os.fsencode(self._paths[node].readlink()),
            _OPEN: lambda _node, _body: struct.pack("=QII", 0, 0, 0),
            _OPENDIR: lambda _node, _body: struct.pack("=QII", 0, 0, 0),
            _READ: lambda node, body: self._read(self._paths[node], body),
            _READDIR: lambda node, body: self._list(self._paths[node], body),
            _STATFS: lambda _node, _body: _ROOM,
            _ACCESS: lambda _node, _body: b"",
            _FLUSH: lambda _node, _body: b"",
            _RELEASE: lambda _node, _body: b"",
            _RELEASEDIR: lambda _node, _body: b"",
        }

    def put_up(self) -> None:
        """Mount it.

        Raises:
            OSError: if that is not allowed.
        """
        self._mount.mkdir(exist_ok=True)
        options = f"fd={self._device},rootmode={stat.S_IFDIR:o},user_id=0,group_id=0,allow_other".encode()
        flags = _NO_SUID | _NO_DEVICES | _READ_ONLY
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mount(b"recollect-test", os.fsencode(self._mount), b"fuse", flags, options):
            raise OSError(ctypes.get_errno(), "mounting")

    def take_down(self) -> None:
        """Take it out; whatever waits for it fails."""
        ctypes.CDLL(None).umount2(os.fsencode(self._mount), _DETACH)
        os.close(self._device)

    def serve(self, *, holds: bool) -> None:
        """Answer until the input is closed."""
        while True:
            asleep = self._asleep.exists()
            watched = [self._device, sys.stdin] if holds or not asleep else [sys.stdin]
            ready = select.select(watched, [], [], _LOOK_S)[0]
            if sys.stdin in ready:
                return
            if self._device in ready:
                self._take(asleep=asleep)
            elif not asleep:
                for request in self._waiting:
                    self._answer(request)
                self._waiting.clear()

    def _take(self, *, asleep: bool) -> None:
        try:
            request = os.read(self._device, _LARGEST + 4096)
        except OSError as problem:  # it was called off before it could be read
            if problem.errno in (errno.ENOENT, errno.EINTR, errno.EAGAIN, errno.ENODEV):
                return
            raise
        if asleep:
            self._waiting.append(request)
        else:
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        _length, kind, number, node, *_rest = _REQUEST.unpack_from(request)
        if kind in _UNANSWERED or kind == _INTERRUPT:
            return
        body, failed = b"", 0
        try:
            answer = self._answers.get(kind)
            failed = 0 if answer else errno.ENOSYS
            body = answer(node, request[_REQUEST.size :]) if answer else b""
        except OSError as problem:
            failed = problem.errno or errno.EIO
        with suppress(FileNotFoundError):  # nobody waits for it any more
            os.write(self._device, _ANSWER.pack(_ANSWER.size + len(body), -failed, number) + body)

    def _greet(self, body: bytes) -> bytes:
        major, minor, ahead, _flags = struct.unpack_from("=IIII", body)
        return struct.pack("=IIIIHHIIHHI28x", major, min(minor, 31), ahead, 0, 64, 48, _LARGEST, 1, 0, 0, 0)

    def _entry(self, path: Path) -> bytes:
        attributes = self._attributes(path)
        node = self._nodes.setdefault(path, len(self._nodes) + 1)
        self._paths[node] = path
        return struct.pack("=QQQQII", node, 0, 0, 0, 0, 0) + attributes

    def _attributes(self, path: Path) -> bytes:
        of = path.lstat()
        times = (of.st_atime_ns, of.st_mtime_ns, of.st_ctime_ns)
        whole, parts = [one // 10**9 for one in times], [one % 10**9 for one in times]
        owner = (of.st_mode, of.st_nlink, of.st_uid, of.st_gid, 0, 4096, 0)
        return _ATTRIBUTES.pack(of.st_ino, of.st_size, of.st_blocks, *whole, *parts, *owner)

    def _read(self, path: Path, body: bytes) -> bytes:
        _handle, offset, size = struct.unpack_from("=QQI", body)
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(size)

    def _list(self, path: Path, body: bytes) -> bytes:
        _handle, offset, size = struct.unpack_from("=QQI", body)
        listed = b""
        for number, (inode, name, kind) in enumerate(self._names(path), start=1):
            one = _LISTED.pack(inode, number, len(name), kind) + name
            one += bytes(-len(one) % 8)
            if number > offset and len(listed) + len(one) <= size:
                listed += one
        return listed

    def _names(self, path: Path) -> Iterator[tuple[int, bytes, int]]:
        for one in sorted(path.iterdir()):
            of = one.lstat()
            yield of.st_ino, os.fsencode(one.name), stat.S_IFMT(of.st_mode) >> 12


def main(shown: Path, mount: Path, asleep: Path, kind: str) -> int:
    drive = StallingDrive(shown, mount, asleep)
    drive.put_up()
    try:
        sys.stdout.write("mounted\n")
        sys.stdout.flush()
        drive.serve(holds=kind == "holds")
    finally:
        drive.take_down()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]))

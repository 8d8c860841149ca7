"""Find a window by its title and close it as a user does, on X11 and on Windows, with the system's library alone."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from typing import Any

_CLIENT_MESSAGE = 33
_IS_VIEWABLE = 2
_WM_CLOSE = 0x0010


class _Event(ctypes.Structure):
    """XClientMessageEvent, with room for the largest XEvent behind it."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("room", ctypes.c_byte * 128),
    )


class _Attributes(ctypes.Structure):
    """XWindowAttributes up to the field that is read, and room for the rest."""

    _fields_ = (
        ("position", ctypes.c_int * 6),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        ("kind", ctypes.c_int * 4),
        ("planes", ctypes.c_ulong * 2),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int),
        ("room", ctypes.c_byte * 128),
    )


class X11:
    """A connection to an X server."""

    def __init__(self, display: str) -> None:
        self._x: Any = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XInternAtom.restype = ctypes.c_ulong
        self._connection = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if not self._connection.value:
            raise OSError(f"no X server answers on {display}")

    def find(self, title: str) -> int | None:
        """Return the visible window with this in its title, or None."""
        root = self._x.XDefaultRootWindow(self._connection)
        return next((window for window in self._below(root) if self._is(window, title)), None)

    def close(self, window: int) -> None:
        """Ask the window to close, as the frame's button does."""
        atom = self._x.XInternAtom
        event = _Event(type=_CLIENT_MESSAGE, window=window, format=32)
        event.message_type = atom(self._connection, b"WM_PROTOCOLS", 0)
        event.data[0] = atom(self._connection, b"WM_DELETE_WINDOW", 0)
        self._x.XSendEvent(self._connection, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        self._x.XFlush(self._connection)

    def _is(self, window: int, title: str) -> bool:
        name = ctypes.c_char_p()
        self._x.XFetchName(self._connection, ctypes.c_ulong(window), ctypes.byref(name))
        attributes = _Attributes()
        self._x.XGetWindowAttributes(self._connection, ctypes.c_ulong(window), ctypes.byref(attributes))
        return title.encode() in (name.value or b"") and attributes.map_state == _IS_VIEWABLE

    def _below(self, window: int) -> Iterator[int]:
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        found = self._x.XQueryTree(
            self._connection,
            ctypes.c_ulong(window),
            *(ctypes.byref(value) for value in (root, parent, children, count)),
        )
        for index in range(count.value if found else 0):
            yield children[index]
            yield from self._below(children[index])


class Windows:
    """The desktop of Windows."""

    def find(self, title: str) -> int | None:
        """Return the visible window of exactly this title, or None."""
        user: Any = ctypes.CDLL("user32") if sys.platform != "win32" else ctypes.WinDLL("user32")
        window = user.FindWindowW(None, title)
        return window if window and user.IsWindowVisible(window) else None

    def close(self, window: int) -> None:
        """Ask the window to close, as the frame's button does."""
        user: Any = ctypes.CDLL("user32") if sys.platform != "win32" else ctypes.WinDLL("user32")
        user.PostMessageW(window, _WM_CLOSE, 0, 0)

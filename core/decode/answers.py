"""Unpack what a worker says without trusting it.

A codec that was taken over by a picture can write anything into the pipe, and unpickling calls whatever it is told to.
Here only values can be made: the records of `core`, arrays of numbers, and what Python itself builds without a call.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
from typing import Any

LARGEST = 1 << 29
"""Bytes of one answer: a large picture to show takes a tenth."""

_NUMPY = frozenset(
    {
        ("numpy", "ndarray"),
        ("numpy", "dtype"),
        ("numpy._core.multiarray", "scalar"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy._core.numeric", "_frombuffer"),
        ("numpy.core.multiarray", "_reconstruct"),  # before NumPy 2
        ("numpy.core.numeric", "_frombuffer"),
    }
)


class _Records(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) in _NUMPY:
            return super().find_class(module_name, global_name)
        if module_name.startswith("core."):
            found = super().find_class(module_name, global_name)
            if isinstance(found, type) and dataclasses.is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no record")


def unpacked(data: bytes) -> Any:
    """Return what a worker sent.

    Raises:
        OSError: if it is nonsense, or asks for something to be called.
    """
    try:
        return _Records(io.BytesIO(data)).load()
    except Exception as problem:  # whatever the bytes make it stumble over
        raise OSError("a worker answered with nonsense") from problem

"""The processes that decode single photos to be shown large, started when the first is wanted."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.decode import PreviewPool


class Previews:
    """A pool that is made once. Any thread may call."""

    def __init__(self) -> None:
        self._pool: PreviewPool | None = None
        self._making = threading.Lock()

    def __call__(self) -> PreviewPool:
        from core.decode import PreviewPool  # with the codecs, which most questions do without

        with self._making:
            if self._pool is None:
                self._pool = PreviewPool()
            return self._pool

    def close(self) -> None:
        """End the processes, if there are any."""
        if self._pool is not None:
            self._pool.close()

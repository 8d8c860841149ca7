"""Photos as large pictures, decoded in processes that are started when the first is wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.photo import Photo

if TYPE_CHECKING:
    from core.decode import PreviewPool
    from core.decode.job import Animation


class Previews:
    """Decodes what is to be shown large, from the photo itself. Any thread may call."""

    def __init__(self, photo_of: Callable[[int], Photo | None]) -> None:
        self._photo_of = photo_of
        self._made: PreviewPool | None = None
        self._making = threading.Lock()

    def of_photo(self, content_id: int, long_side: int) -> bytes | None:
        """Return an upright sRGB JPEG; None if the photo is out of reach, RecollectError if it is unreadable."""
        path = self._within_reach(content_id)
        return None if path is None else self._pool().preview(path, long_side)

    def of_file(self, path: Path, long_side: int) -> bytes:
        """Return the same of any picture file; raises as `of_photo`."""
        return self._pool().preview(path, long_side)

    def animation(self, content_id: int, long_side: int) -> Animation | None:
        """Return the frames of a moving picture; None if it is out of reach. Raises as `of_photo`."""
        path = self._within_reach(content_id)
        return None if path is None else self._pool().frames(path, long_side)

    def close(self) -> None:
        """End the processes, if there are any."""
        if self._made is not None:
            self._made.close()

    def _within_reach(self, content_id: int) -> Path | None:
        photo = self._photo_of(content_id)
        return None if photo is None or photo.offline else photo.place.path

    def _pool(self) -> PreviewPool:
        from core.decode import PreviewPool  # with the codecs, which most questions do without

        with self._making:
            if self._made is None:
                self._made = PreviewPool()
            return self._made

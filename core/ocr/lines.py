"""What a reader of text is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.text_line import TextLine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class TextReader(Protocol):
    """Reads printed text. `version` names what it reads: another version may read more, or better."""

    @property
    def version(self) -> str: ...

    def read_text(self, pixels: NDArray[np.uint8]) -> tuple[TextLine, ...]:
        """Return the lines of text in a picture, in reading order: uint8 (height, width, 3), sRGB, upright."""
        ...

"""Which photos are screenshots or panoramas: from what their file says, its name, and their shape."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from core.photo import Facts

_SCREENSHOT_NAMES = re.compile(
    r"(^|[^a-z])(screen[ _-]?shots?|screen[ _-]?captures?|screencaps?|scrnshot|simulator screen ?shot)([^a-z]|$)"
    r"|^(bildschirmfoto|capture d.?[ée]cran|captura de (pantalla|ecr[ãa])|schermata|schermafbeelding|skärmavbild)"
    r"|截图|截屏|屏幕快照|屏幕截图|螢幕截圖|螢幕快照|スクリーンショット|スクショ|스크린샷|снимок экрана",
    re.IGNORECASE,
)
_PANORAMA_NAMES = re.compile(r"^(pano|panorama)([_ \-.]|\d|$)|^全景", re.IGNORECASE)
_WIDE, _LONG_SIDE = 2.4, 2000
"""How much longer than the other a panorama's side is, and how many pixels: a strip cut from a page has fewer."""


def judged(facts: Facts, path: Path) -> Facts:
    """Return the facts with what their kind is."""
    screenshot = facts.screenshot or (facts.camera is None and _is_named(path, _SCREENSHOT_NAMES))
    panorama = not screenshot and (facts.panorama or bool(_PANORAMA_NAMES.search(path.stem)) or _is_wide(facts))
    return replace(facts, screenshot=screenshot, panorama=panorama)


def _is_named(path: Path, names: re.Pattern[str]) -> bool:
    return any(names.search(name) for name in (path.stem, path.parent.name))


def _is_wide(facts: Facts) -> bool:
    sides = sorted((facts.width or 0, facts.height or 0))
    return facts.camera is not None and sides[0] > 0 and sides[1] >= _LONG_SIDE and sides[1] / sides[0] >= _WIDE

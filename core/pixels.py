"""How a model wants its pictures: the recipe that turns an upright photo into the pixels it is embedded from.

The recipe comes from the model's own configuration, never from us: open_clip's `PreprocessCfg`. It sits below
both the decoder, which applies all of it but the normalisation, and the encoder, which normalises on its device.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ResizeMode = Literal["shortest", "longest", "squash"]
Interpolation = Literal["bicubic", "bilinear"]


@dataclass(frozen=True, slots=True)
class PixelSpec:
    """The part of open_clip's preprocessing that works on 8-bit pixels.

    Attributes:
        width, height: of the result, in pixels.
        resize_mode: "shortest" scales the short side and crops the centre, "longest" scales the long side and
            pads, "squash" scales both sides whatever that does to the shape.
        interpolation: Pillow filter to scale with (always antialiased).
        fill: grey level of the padding, 0-255.
    """

    width: int
    height: int
    resize_mode: ResizeMode = "shortest"
    interpolation: Interpolation = "bicubic"
    fill: int = 0

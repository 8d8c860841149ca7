"""Words in pictures: upright sRGB pixels in, lines of text out. Nothing here needs the network, and nothing torch.

networks     the two networks on ONNX Runtime: where writing is likely, and which characters a line holds
detection    the map of likely writing → tilted rectangles, in two looks where the writing is small
rectangles   the smallest rectangle around some points, larger by a margin, cut out and turned level
recognition  cut-out lines → characters
reader       all of it behind `TextReader`
"""

from core.ocr.lines import TextReader
from core.text_line import TextLine

__all__ = ["TextLine", "TextReader"]

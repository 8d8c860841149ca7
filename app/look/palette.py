"""The colours of the window, in a light and a dark set. Every pair that carries text meets WCAG AA."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours.

    Attributes:
        window: behind everything. surface: fields, menus, panels. ground: behind a photo.
        hover: a control under the pointer. line: borders and separators.
        text, muted: words, and words of less weight.
        accent, on_accent: the one colour that calls, and words on it.
        chosen: behind what is selected.
        notice, on_notice; alarm, on_alarm: banners.
    """

    window: str
    surface: str
    ground: str
    hover: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    chosen: str
    notice: str
    on_notice: str
    alarm: str
    on_alarm: str

    def named(self) -> dict[str, str]:
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}

    def palette(self) -> QPalette:
        """Return these colours as Qt's palette, for everything the style sheet leaves alone."""
        role = QPalette.ColorRole
        palette = QPalette()
        for name, colour in {
            role.Window: self.window,
            role.WindowText: self.text,
            role.Base: self.surface,
            role.AlternateBase: self.window,
            role.Text: self.text,
            role.Button: self.surface,
            role.ButtonText: self.text,
            role.BrightText: self.on_accent,
            role.Highlight: self.accent,
            role.HighlightedText: self.on_accent,
            role.PlaceholderText: self.muted,
            role.ToolTipBase: self.surface,
            role.ToolTipText: self.text,
            role.Link: self.accent,
            role.LinkVisited: self.accent,
            role.Light: self.hover,
            role.Midlight: self.line,
            role.Mid: self.line,
            role.Dark: self.line,
            role.Shadow: self.line,
            role.Accent: self.accent,
        }.items():
            palette.setColor(name, QColor(colour))
        for name in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(self.muted))
        return palette


LIGHT = Palette(
    window="#f6f6f7",
    surface="#ffffff",
    ground="#e9e9ec",
    hover="#ececf0",
    line="#d9dadf",
    text="#1b1c1f",
    muted="#5c6068",
    accent="#3554d1",
    on_accent="#ffffff",
    chosen="#d6dffd",
    notice="#fdf0cf",
    on_notice="#573f00",
    alarm="#fbe1de",
    on_alarm="#7d1710",
)

DARK = Palette(
    window="#16171a",
    surface="#212327",
    ground="#24262b",
    hover="#2d3036",
    line="#373a41",
    text="#ecedf0",
    muted="#a5a9b2",
    accent="#93a9ff",
    on_accent="#10142a",
    chosen="#2f3a63",
    notice="#40351a",
    on_notice="#f6dfa4",
    alarm="#472321",
    on_alarm="#ffc9c3",
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    paint = QColor(colour)
    parts = (paint.redF(), paint.greenF(), paint.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

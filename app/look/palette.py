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

    @property
    def dark(self) -> bool:
        """Whether light words stand on dark ground."""
        return luminance(self.window) < luminance(self.text)

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


CONTRAST_LIGHT = Palette(
    window="#ffffff",
    surface="#ffffff",
    ground="#ffffff",
    hover="#e4e4e4",
    line="#000000",
    text="#000000",
    muted="#000000",
    accent="#0000b8",
    on_accent="#ffffff",
    chosen="#cfe0ff",
    notice="#fff3b0",
    on_notice="#000000",
    alarm="#ffd9d6",
    on_alarm="#000000",
)

CONTRAST_DARK = Palette(
    window="#000000",
    surface="#000000",
    ground="#000000",
    hover="#333333",
    line="#ffffff",
    text="#ffffff",
    muted="#ffffff",
    accent="#ffff00",
    on_accent="#000000",
    chosen="#003a8c",
    notice="#000000",
    on_notice="#ffff00",
    alarm="#5c0a00",
    on_alarm="#ffffff",
)

ENOUGH = 7.0
"""The contrast that words have in high contrast (WCAG AAA)."""


def in_system_colours(system: QPalette) -> Palette | None:
    """Return the colours that a system in high contrast has chosen; None if they cannot be read.

    It has no colours for half of what is asked of a palette here: what it calls highlighted and its two main ones serve
    for all.
    """
    role = QPalette.ColorRole
    window, text = system.color(role.Window), system.color(role.WindowText)
    if contrast(window.name(), text.name()) < ENOUGH:
        return None
    highlight, on_highlight = system.color(role.Highlight), system.color(role.HighlightedText)
    calls = contrast(highlight.name(), window.name()) >= ENOUGH
    readable = calls and contrast(highlight.name(), on_highlight.name()) >= ENOUGH
    ink, paper = text.name(), window.name()
    shade = mixed(window, text, 0.15)
    return Palette(
        window=paper,
        surface=paper,
        ground=paper,
        hover=shade,
        line=ink,
        text=ink,
        muted=ink,
        accent=highlight.name() if readable else ink,
        on_accent=on_highlight.name() if readable else paper,
        chosen=shade,
        notice=paper,
        on_notice=ink,
        alarm=paper,
        on_alarm=ink,
    )


def mixed(one: QColor, other: QColor, share: float) -> str:
    """Return a colour between two."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs)).name()


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return how light a colour is, 0 to 1 (WCAG 2.2)."""
    paint = QColor(colour)
    parts = (paint.redF(), paint.greenF(), paint.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

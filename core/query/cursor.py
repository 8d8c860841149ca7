"""A position in the text of a question: what stands there, taken piece by piece and never in error."""

from __future__ import annotations

import re

from core.query.value import Missing, Range, Text, Value

MINUS, PLUS = "-－−", "+＋"
OR_WORDS = ("OR", "或")
_QUOTES = {'"': '"', "＂": "＂", "“": "”", "„": "“", "”": "”", "「": "」", "『": "』"}
_BAR = "|｜"
_COMPARISON = re.compile(r"(>=|<=|>|<|=|≥|≤|＞|＜|＝)")
_FIELD = re.compile(r"(?P<name>[^\W\d_][\w-]{0,30})[:：]")
_WEIGHT = re.compile(r"(?P<weight>\d{1,2}(?:\.\d{1,3})?)[:：](?=[^\W\d_]|[\"＂“「『])")
_OR = re.compile(rf"(?:{'|'.join(OR_WORDS)})(?=\s|$|[(（])")
_PHOTO = re.compile(r"#(\d{1,18})(?=\s|$)")
UNKNOWN = frozenset({"none", "unknown", "无", "未知"})
_OPENING, _CLOSING = "(（", ")）"


class Cursor:
    """Reads a text from left to right. `at` may be set back: nothing is remembered but the position."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        """How many parentheses are open around this place."""

    @property
    def here(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.at : self.at + 1]

    @property
    def done(self) -> bool:
        """Whether the text is at its end."""
        return self.at >= len(self.text)

    def skip_blanks(self) -> None:
        """Go to the next character that is not white space."""
        while not self.done and self.here.isspace():
            self.at += 1

    def starts_with_any(self, characters: str) -> bool:
        """Return whether one of these characters comes next."""
        return bool(self.here) and self.here in characters

    def opens(self) -> bool:
        """Return whether a parenthesis opens here."""
        return self.starts_with_any(_OPENING)

    def closes(self) -> bool:
        """Return whether a parenthesis closes here."""
        return self.starts_with_any(_CLOSING)

    def take_sign(self, signs: str) -> bool:
        """Take one of these signs, if it stands right before something."""
        if not self.starts_with_any(signs) or self._blank_at(self.at + 1):
            return False
        self.at += 1
        return True

    def take_operator(self, signs: str) -> bool:
        """Take one of these signs, if it stands alone."""
        if not self.starts_with_any(signs) or not self._blank_at(self.at + 1):
            return False
        self.at += 1
        return True

    def take_or(self) -> bool:
        """Take OR, or 或, if it stands alone."""
        match = _OR.match(self.text, self.at)
        if match is None:
            return False
        self.at = match.end()
        return True

    def field(self) -> str | None:
        """Take "name:" and return the name; None if there is none here."""
        match = _FIELD.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match["name"]

    def weight(self) -> float | None:
        """Take "2:" before something that can have a weight; None if there is none here."""
        match = _WEIGHT.match(self.text, self.at)
        if match is None or not float(match["weight"]):
            return None
        self.at = match.end()
        return float(match["weight"])

    def photo_number(self) -> int | None:
        """Take "#12" and return 12; None if it does not stand here."""
        match = _PHOTO.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return int(match[1])

    def word(self) -> str:
        """Take everything up to the next blank; a quoted piece whole."""
        if self._at_quote():
            return self.quoted()
        start = self.at
        while not self.done and not self.here.isspace():
            self.at += 1
        return self.text[start : self.at]

    def quoted(self) -> str:
        """Take what stands in quotes; doubled quotes inside are one, and a missing last one is at the end."""
        closing = _QUOTES[self.here]
        self.at += 1
        parts: list[str] = []
        while True:
            end = self.text.find(closing, self.at)
            if end < 0:
                parts.append(self.text[self.at :])
                self.at = len(self.text)
                return "".join(parts)
            parts.append(self.text[self.at : end])
            self.at = end + 1
            if self.here != closing:
                return "".join(parts)
            parts.append(closing)
            self.at += 1

    def values(self, *, ranges: bool, missing: bool) -> tuple[Value, ...]:
        """Take the values behind "field:", separated by "|"; none if something else sticks to them.

        Args:
            ranges: whether "..", ">" and "<" mean something in them.
            missing: whether "none" does.
        """
        values = [self._value(ranges=ranges, missing=missing)]
        while self.starts_with_any(_BAR):
            self.at += 1
            values.append(self._value(ranges=ranges, missing=missing))
        if not self._blank_at(self.at) and not (self.depth and self.closes()):
            return ()
        return tuple(value for value in values if value is not None)

    def _value(self, *, ranges: bool, missing: bool) -> Value | None:
        comparison = _COMPARISON.match(self.text, self.at) if ranges else None
        if comparison is not None:
            self.at = comparison.end()
            return self._compared(comparison[1])
        is_quoted = self._at_quote()
        text = self._end(ranges=ranges)
        if ranges and self._dots():
            high = self._end(ranges=ranges)
            return Range(text or None, high or None) if text or high else None
        if not text:
            return None
        return Missing() if missing and not is_quoted and text.casefold() in UNKNOWN else Text(text)

    def _compared(self, sign: str) -> Value | None:
        text = self._end(ranges=True)
        if not text:
            return None
        match sign:
            case ">=" | "≥":
                return Range(low=text)
            case "<=" | "≤":
                return Range(high=text)
            case ">" | "＞":
                return Range(low=text, strict=True)
            case "<" | "＜":
                return Range(high=text, strict=True)
            case _:
                return Text(text)

    def _at_quote(self) -> bool:
        return bool(self.here) and self.here in _QUOTES

    def _dots(self) -> bool:
        if not self.text.startswith("..", self.at):
            return False
        self.at += 2
        return True

    def _end(self, *, ranges: bool) -> str:
        """Take one end of a range, or a whole value."""
        if self._at_quote():
            return self.quoted()
        start, opened = self.at, 0
        while not self.done and not self.here.isspace() and self.here not in _BAR:
            if ranges and self.text.startswith("..", self.at):
                break
            opened += self.opens() - self.closes()
            if opened < 0 and self.depth:
                break
            self.at += 1
        return self.text[start : self.at]

    def _blank_at(self, at: int) -> bool:
        return at >= len(self.text) or self.text[at].isspace()

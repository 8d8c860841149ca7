"""Change single properties of an XMP packet (ISO 16684-1), and no other byte of it.

Other programs keep their own things in the same file: a raw developer's whole recipe, an archive's identifiers. So the
packet is not written anew from what was understood of it; what is replaced is cut out and put in at its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from xml.parsers import expat

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = "adobe:ns:meta/"
_XML = "http://www.w3.org/XML/1998/namespace"
_BETWEEN = " "
"""Between a namespace and a name, as expat joins them."""
_DESCRIPTION, _LI = f"{RDF}{_BETWEEN}Description", f"{RDF}{_BETWEEN}li"
_OUTER = (f"{_META}{_BETWEEN}xmpmeta", f"{RDF}{_BETWEEN}RDF")
_DEEPEST = 100

_ATTRIBUTE = re.compile(rb"\s+([^\s=/>\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_AS_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_QUOTES = str.maketrans({'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})

EMPTY = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Recollect">\n'
    b' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    b'  <rdf:Description rdf:about="">\n  </rdf:Description>\n'
    b' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>\n'
)
"""A packet that says nothing."""


class Shape(Enum):
    """How the values of a property stand in a packet."""

    SIMPLE = ""
    BAG = "Bag"
    SEQ = "Seq"
    ALT = "Alt"
    """A text in several languages; the one for everybody is read and written, the others stay."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its namespace, the usual prefix of that, its name, and its shape."""

    namespace: str
    prefix: str
    name: str
    shape: Shape = Shape.SIMPLE

    @property
    def joined(self) -> str:
        return f"{self.namespace}{_BETWEEN}{self.name}"


class NoPacket(ValueError):
    """Raised for what is no XMP packet in UTF-8, or a broken one: it is left alone."""


@dataclass(slots=True)
class _Found:
    """One element or attribute of a property: where it stands, and what it says, by language."""

    start: int
    end: int
    texts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    attribute: bool = False


@dataclass(slots=True)
class _Packet:
    """Where things stand in a packet: the outermost descriptions (their tags) and the properties looked for."""

    descriptions: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    prefixes: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    found: dict[str, list[_Found]] = field(default_factory=dict[str, list[_Found]])


def values_of(packet: bytes, one: Property) -> list[str]:
    """Return the values of a property; of a text in several languages the one for everybody, or else the first.

    Raises:
        NoPacket: if it cannot be read.
    """
    found = _read(packet, [one]).found.get(one.joined, [])
    texts = [text for place in found for text in place.texts]
    if one.shape is not Shape.ALT:
        return [said for _, said in texts]
    return [said for language, said in texts if language == "x-default"][:1] or [said for _, said in texts][:1]


def changed(packet: bytes, values: Mapping[Property, Sequence[str]]) -> bytes:
    """Return a packet in which these properties have these values, and no others; with none, a property is gone.

    Raises:
        NoPacket: if it cannot be read; nobody knows what would be lost then.
    """
    for one, wanted in values.items():
        packet = _with(packet, one, [_NO_XML.sub("", value) for value in wanted])
    return packet


def _with(packet: bytes, one: Property, wanted: Sequence[str]) -> bytes:
    read = _read(packet, [one])
    found = read.found.get(one.joined, [])
    if not found and not wanted:
        return packet
    if one.shape is Shape.SIMPLE and len(found) == 1 and wanted and found[0].attribute:
        place = found[0]
        quote = packet[place.end - 1 : place.end]
        begin = packet.index(quote, place.start) + 1
        return packet[:begin] + _quoted(wanted[0]).encode() + packet[place.end - 1 :]
    others = [text for place in found for text in place.texts if text[0] not in ("x-default", "")]
    lines = _lines(one, wanted, others if one.shape is Shape.ALT else [])
    if found and not found[0].attribute and lines:
        own = _element(one, lines, read.prefixes[0])
        return _cut(packet[: found[0].start] + own + packet[found[0].end :], found[1:], len(own), found[0])
    for place in sorted(found, key=lambda place: place.start, reverse=True):
        packet = packet[: _before(packet, place)] + packet[place.end :]
    return _put(packet, one, lines) if lines else packet


def _cut(packet: bytes, places: Sequence[_Found], grown: int, first: _Found) -> bytes:
    """Return a packet without these later places, after the first one became so long."""
    shift = grown - (first.end - first.start)
    for place in sorted(places, key=lambda place: place.start, reverse=True):
        moved = shift if place.start > first.start else 0
        packet = packet[: place.start + moved] + packet[place.end + moved :]
    return packet


def _before(packet: bytes, place: _Found) -> int:
    """Return where the line of an element begins, if nothing else is on it."""
    if place.attribute:
        return place.start
    begin = len(packet[: place.start].rstrip(b" \t"))
    return (
        begin - 1
        if packet[begin - 1 : begin] == b"\n" and packet[place.end : place.end + 1] in b"\r\n"
        else place.start
    )


def _put(packet: bytes, one: Property, lines: Sequence[str]) -> bytes:
    """Return a packet with a property at the end of its first description."""
    read = _read(packet, [])
    start, end = read.descriptions[0]
    own = _element(one, lines, read.prefixes[0])
    if packet[end - 2 : end] == b"/>":
        name = packet[start + 1 : end].split(None, 1)[0].rstrip(b"/>")
        return packet[: end - 2].rstrip() + b">\n   " + own + b"\n  </" + name + b">" + packet[end:]
    return packet[:end] + b"\n   " + own + packet[end:]


def _lines(one: Property, wanted: Sequence[str], others: Sequence[tuple[str, str]]) -> list[str]:
    """Return what stands between the tags of a property, `R` being the prefix of RDF; nothing for no property."""
    if one.shape is Shape.SIMPLE:
        return [_escaped(wanted[0])] if wanted else []
    if one.shape is Shape.ALT:
        texts = [("x-default", said) for said in wanted[:1]] + list(others)
        items = [f'<R:li xml:lang="{_quoted(language)}">{_escaped(said)}</R:li>' for language, said in texts]
    else:
        items = [f"<R:li>{_escaped(said)}</R:li>" for said in wanted]
    return [f"<R:{one.shape.value}>", *(f" {item}" for item in items), f"</R:{one.shape.value}>"] if items else []


def _element(one: Property, lines: Sequence[str], prefixes: Mapping[str, str]) -> bytes:
    """Return a property as an element, with the prefixes that its place knows; others are declared on it."""
    prefix, declared = _prefix(one.namespace, one.prefix, prefixes)
    rdf, rdf_declared = _prefix(RDF, "rdf", prefixes)
    name = f"{prefix}:{one.name}"
    if one.shape is Shape.SIMPLE:
        return f"<{name}{declared}>{lines[0]}</{name}>".encode()
    inner = "\n    ".join(re.sub(r"^( *</?)R:|(</)R:(?=li>$)", rf"\1\2{rdf}:", line) for line in lines)
    return f"<{name}{declared}{rdf_declared}>\n    {inner}\n   </{name}>".encode()


def _prefix(namespace: str, usual: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Return the prefix of a namespace, and its declaration if it has none here."""
    for prefix, meant in known.items():
        if meant == namespace and prefix:
            return prefix, ""
    return usual, f' xmlns:{usual}="{namespace}"'


def _quoted(value: str) -> str:
    return _escaped(value).translate(_IN_QUOTES)


def _escaped(text: str) -> str:
    """Write text as XML has it; `xml.sax.saxutils`, which does so, too, would bring in all that loads web pages."""
    return text.translate(_AS_TEXT)


def _read(packet: bytes, wanted: Sequence[Property]) -> _Packet:
    reader = _Reader(packet, {one.joined for one in wanted})
    read = reader.read()
    if not read.descriptions:
        raise NoPacket("no description")
    return read


class _Reader:
    """Finds where descriptions and properties stand, by expat's count of bytes."""

    def __init__(self, packet: bytes, wanted: set[str]) -> None:
        self._packet = packet
        self._wanted = wanted
        self._parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self._open: list[str] = []
        self._scopes: list[tuple[str, str]] = []
        self._read = _Packet()
        self._place: _Found | None = None
        self._language = ""
        self._text: list[str] = []
        self._listed = False

    def read(self) -> _Packet:
        """Return what was found.

        Raises:
            NoPacket: if it is no XML in UTF-8.
        """
        parser = self._parser
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declared
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        try:
            self._packet.decode("utf-8")
            parser.Parse(self._packet, True)
        except (expat.ExpatError, UnicodeError, ValueError) as error:
            raise NoPacket(str(error)) from error
        return self._read

    def _refuse(self, *_: object) -> None:
        raise NoPacket("a document type")

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.casefold() not in ("utf-8", "utf8", "us-ascii"):
            raise NoPacket(encoding)

    def _namespace(self, prefix: str | None, uri: str) -> None:
        self._scopes.append((prefix or "", uri))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        if len(self._open) > _DEEPEST:
            raise NoPacket("too deep")
        start = self._parser.CurrentByteIndex
        depth = len(self._open)
        if name == _DESCRIPTION and self._is_outer(depth - 1):
            end = _tag_end(self._packet, start)
            self._read.descriptions.append((start, end))
            self._read.prefixes.append({prefix: uri for prefix, uri in self._scopes})
            self._take_attributes(start, end, attributes)
        elif name in self._wanted and self._inside_description:
            self._place = _Found(start, start)
            self._listed = False
        self._text.clear()
        self._language = attributes.get(f"{_XML}{_BETWEEN}lang", "")

    def _take_attributes(self, start: int, end: int, attributes: Mapping[str, str]) -> None:
        known = {prefix: uri for prefix, uri in self._scopes}
        for match in _ATTRIBUTE.finditer(self._packet, start, end):
            prefix, _, local = match[1].decode().partition(":")
            joined = f"{known.get(prefix, prefix)}{_BETWEEN}{local}"
            if joined in self._wanted:
                said = _Found(match.start(), match.end(), [("", attributes.get(joined, ""))], attribute=True)
                self._read.found.setdefault(joined, []).append(said)

    def _end(self, name: str) -> None:
        place, depth = self._place, len(self._open)
        if place is not None and self._inside_property(depth) and name == _LI:
            place.texts.append((self._language, "".join(self._text)))
            self._listed = True
        elif place is not None and name in self._wanted and self._inside_description:
            if not self._listed and "".join(self._text).strip():
                place.texts.append(("", "".join(self._text)))
            place.end = _element_end(self._packet, place.start, self._parser.CurrentByteIndex)
            self._read.found.setdefault(name, []).append(place)
            self._place = None
        self._open.pop()
        self._text.clear()

    def _inside_property(self, depth: int) -> bool:
        """Whether this is an item of the list of a property."""
        return depth >= 4 and self._open[depth - 4] == _DESCRIPTION and self._is_outer(depth - 4)

    @property
    def _inside_description(self) -> bool:
        """Whether the element that was opened last is right inside an outermost description."""
        depth = len(self._open)
        return depth >= 2 and self._open[depth - 2] == _DESCRIPTION and self._is_outer(depth - 2)

    def _is_outer(self, place: int) -> bool:
        return all(name in _OUTER for name in self._open[:place])


def _tag_end(packet: bytes, start: int) -> int:
    """Return where a tag ends: a > that is in no quotes."""
    quote = b""
    for place in range(start, len(packet)):
        char = packet[place : place + 1]
        if quote:
            quote = b"" if char == quote else quote
        elif char in (b'"', b"'"):
            quote = char
        elif char == b">":
            return place + 1
    raise NoPacket("an open tag")


def _element_end(packet: bytes, start: int, at: int) -> int:
    """Return where an element ends, of which expat says where its end was met."""
    own = _tag_end(packet, start)
    return own if packet[own - 2 : own] == b"/>" else _tag_end(packet, at)

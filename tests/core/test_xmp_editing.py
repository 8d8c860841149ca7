"""Single properties of an XMP packet are changed, and no other byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decode.xmp import properties
from core.xmp_editing import EMPTY, NoPacket, Property, Shape, changed, values_of

DC, XMP = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/"
SUBJECT = Property(DC, "dc", "subject", Shape.BAG)
TITLE = Property(DC, "dc", "title", Shape.ALT)
RATING = Property(XMP, "xmp", "Rating")

DARKTABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
   xmp:Rating="1"
   darktable:xmp_version="5">
   <!-- kept -->
   <darktable:history>
    <rdf:Seq>
     <rdf:li
      darktable:operation="exposure"
      darktable:params='00&#10;"80"'/>
    </rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


def test_a_packet_that_said_nothing() -> None:
    packet = changed(EMPTY, {RATING: ["4"], SUBJECT: ["sea", "a & <b>"], TITLE: ["“Waves”\nand more"]})
    assert values_of(packet, RATING) == ["4"] and values_of(packet, SUBJECT) == ["sea", "a & <b>"]
    assert values_of(packet, TITLE) == ["“Waves”\nand more"]
    said = properties(packet)
    assert said["xmp:Rating"] == ["4"] and said["dc:subject"] == ["sea", "a & <b>"]
    assert said["dc:title"] == ["“Waves”\nand more"]
    assert changed(packet, {RATING: [], SUBJECT: [], TITLE: []}).replace(b" ", b"") == EMPTY.replace(b" ", b"")


def test_an_attribute_is_changed_where_it_stands() -> None:
    assert changed(DARKTABLE, {RATING: ["5"]}) == DARKTABLE.replace(b'Rating="1"', b'Rating="5"')
    assert changed(DARKTABLE, {RATING: []}) == DARKTABLE.replace(b'\n   xmp:Rating="1"', b"")


def test_what_others_say_stays_to_the_byte() -> None:
    packet = changed(DARKTABLE, {SUBJECT: ["sea"], TITLE: ["Waves"]})
    assert properties(packet)["dc:subject"] == ["sea"]
    start = packet.index(b"<darktable:history>")
    assert packet[start:] == DARKTABLE[DARKTABLE.index(b"<darktable:history>") :]
    assert changed(packet, {SUBJECT: [], TITLE: []}) == DARKTABLE


def test_other_languages_and_prefixes_stay() -> None:
    packet = (
        b'<R:RDF xmlns:R="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><R:Description R:about="" '
        b'xmlns:d="http://purl.org/dc/elements/1.1/"><d:title><R:Alt><R:li xml:lang="de">Wellen</R:li>'
        b'<R:li xml:lang="x-default">Waves</R:li></R:Alt></d:title></R:Description></R:RDF>'
    )
    again = changed(packet, {TITLE: ["Surf"]})
    assert values_of(again, TITLE) == ["Surf"] and b'<R:li xml:lang="de">Wellen</R:li>' in again
    assert b"xmlns:rdf" not in again and b"xmlns:dc" not in again
    gone = changed(again, {TITLE: []})
    assert b"Wellen" in gone and b"Surf" not in gone


def test_a_property_that_stands_twice_and_in_an_empty_description() -> None:
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="a > b" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="2"/>'
        b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:Rating>3</xmp:Rating>'
        b"<xmp:Label/></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    again = changed(packet, {RATING: ["5"]})
    assert values_of(again, RATING) == ["5"] and b"<xmp:Label/>" in again
    assert properties(changed(packet, {SUBJECT: ["sea"]}))["dc:subject"] == ["sea"]
    assert values_of(changed(packet, {RATING: []}), RATING) == []


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"no XML",
        b"<x/>",
        DARKTABLE[:-20],
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + DARKTABLE[39:],
        DARKTABLE.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        DARKTABLE.replace(b"UTF-8", b"ISO-8859-1"),
    ],
)
def test_what_cannot_be_read_is_left_alone(packet: bytes) -> None:
    with pytest.raises(NoPacket):
        changed(packet, {RATING: ["5"]})


@given(st.lists(st.text(min_size=1).filter(str.strip), max_size=5), st.integers(0, 5))
def test_whatever_is_written_is_read_again(words: list[str], stars: int) -> None:
    packet = changed(DARKTABLE, {SUBJECT: words, RATING: [str(stars)], TITLE: words[:1]})
    assert values_of(packet, RATING) == [str(stars)]
    assert len(values_of(packet, SUBJECT)) == len(words)
    assert changed(packet, {SUBJECT: [], TITLE: [], RATING: ["1"]}) == DARKTABLE

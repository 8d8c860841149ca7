"""What standards allow and few programs write: makers of lenses, fractions of stars, dates without a day."""

from __future__ import annotations

import pytest

from core.decode.iptc import iptc_facts
from core.decode.xmp import xmp_facts
from tests.core.decode.test_written_facts import PACKET, field


def test_a_lens_and_its_maker_in_xmp() -> None:
    said = PACKET.replace(
        b"<e:FNumber>",
        b'<m:LensMake xmlns:m="http://cipa.jp/exif/1.0/">SIGMA</m:LensMake>'
        b'<m:LensModel xmlns:m="http://cipa.jp/exif/1.0/">35mm F1.4 DG</m:LensModel><e:FNumber>',
    )
    assert xmp_facts(said).lens == "SIGMA 35mm F1.4 DG"


@pytest.mark.parametrize(("said", "stars"), [(b"3.5", 3), (b"5.0", 5), (b"-1", None), (b"6", None), (b"0", 0)])
def test_a_rating_of_xmp_is_a_real_number(said: bytes, stars: int | None) -> None:
    assert xmp_facts(PACKET.replace(b'xap:Rating="4"', b'xap:Rating="%s"' % said)).rating == stars


@pytest.mark.parametrize(
    ("day", "taken_at"),
    [
        (b"20110000", "2011-01-01T00:00:00"),
        (b"20110500", "2011-05-01T00:00:00"),
        (b"20110003", "2011-01-01T00:00:00"),
        (b"00000000", None),
    ],
)
def test_iptc_writes_noughts_for_what_nobody_knows_of_a_date(day: bytes, taken_at: str | None) -> None:
    facts = iptc_facts(field(55, day) + field(60, b"101112+0200"))
    assert (facts.taken_at, facts.zone) == (taken_at, None)

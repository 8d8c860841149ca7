"""Facts asked for in the language of the search field, of photos that have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.decode.suffixes import RAW_SUFFIXES
from core.messages import folder_messages
from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.query.fields import FIELDS
from core.query.parser import parse
from core.store import Batch, Store
from core.store.field_conditions import CONDITIONS, RAW_FORMATS
from core.store.place_conditions import kilometres
from tests.core.store.conftest import embedded, put, stamp

TODAY = date(2026, 11, 25)

EXPOSED = Facts(iso=640, aperture=2.8, exposure=1 / 250, focal_length=35.0, altitude=173.5, software="GIMP 2.10")
LYON = replace(Facts(), latitude=45.76, longitude=4.84, rating=5, lens="AF-S 18-55mm")
SYDNEY = replace(Facts(), latitude=-33.87, longitude=151.21)
PHOTOS = {
    "Lyon/dog.jpg": replace(
        LYON,
        width=4000,
        height=3000,
        taken_at="2019-05-03T23:59:59",
        camera="NIKON D40",
        format="JPEG",
        iso=100,
        aperture=4.0,
        exposure=0.5,
        focal_length=18.0,
        altitude=-12.0,
        title="The DOG of Lyon",
        caption="Ein Hund\nam Straßenrand",
        keywords=("Dog", "new york", "Écume"),
    ),
    "Lyon/cat.NEF": Facts(width=3000, height=4000, taken_at="2019-07-14T12:00:00", camera="NIKON D40", format="NEF"),
    "Trips/2020/beach_1.png": Facts(
        width=500,
        height=500,
        taken_at="2020-01-01T00:00:00",
        rating=3,
        format="PNG",
        screenshot=True,
        caption="收据 50% off [x]",
    ),
    "Trips/2020/Écume.heic": replace(
        SYDNEY, width=4032, height=3024, taken_at="2025-12-31T10:00:00", camera="Apple iPhone 12", format="HEIF"
    ),
    "Trips/狗.webp": replace(
        EXPOSED,
        width=800,
        height=600,
        taken_at="2026-07-20T08:00:00",
        camera="华为 P30",
        format="WebP",
        panorama=True,
        keywords=("狗", "沙滩"),
    ),
    "100%_done.jpg": Facts(rating=0, format="JPEG"),
}
DOG, NEF, BEACH, FOAM, SUMMER, UNKNOWN = PHOTOS


@pytest.fixture
def ids(dated_store: Store, photos_root: Root) -> dict[int, str]:
    return {put(dated_store, photos_root, n, name, facts=facts): name for n, (name, facts) in enumerate(PHOTOS.items())}


@pytest.fixture
def dated_store(layout: LibraryPaths) -> Iterator[Store]:
    with Store.open(layout, today=lambda: TODAY) as opened:
        yield opened


@pytest.fixture
def photos_root(dated_store: Store, photos: Path) -> Root:
    return dated_store.add_root(photos)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("year:2019", [DOG, NEF]),
        ("year:2020..", [BEACH, FOAM, SUMMER]),
        ("year:<2020", [DOG, NEF]),
        ("year:>2020", [FOAM, SUMMER]),
        ("year:none", [UNKNOWN]),
        ("年：去年", [FOAM]),
        ('camera:"NIKON CORPORATION"', [DOG, NEF]),
        ('camera:"Apple Computer, Inc."', [FOAM]),
        ("camera:corporation", []),
        ("exposure:>=0.5002", [DOG]),
        ("exposure:>0.4998", []),
        ("-year:2019", [BEACH, FOAM, SUMMER, UNKNOWN]),
        ("date:2019-05-03", [DOG]),
        ("date:2019-05..2020-01-01", [DOG, NEF, BEACH]),
        ("date:2019-07|2020", [NEF, BEACH]),
        ("before:2019-05-03", []),
        ("before:2019-05-04", [DOG]),
        ("after:2020-01-01", [BEACH, FOAM, SUMMER]),
        ("after:2020-01-02", [FOAM, SUMMER]),
        ("before:july", [DOG, NEF, BEACH, FOAM]),
        ("month:july", [NEF, SUMMER]),
        ("月：七月", [NEF, SUMMER]),
        ("month:12..1", [BEACH, FOAM]),
        ("month:>=7", [NEF, FOAM, SUMMER]),
        ("date:july", [NEF, SUMMER]),
        ("date:last-summer", [FOAM, SUMMER]),
        ("date:winter", [BEACH]),
        ("date:summer", [NEF, FOAM, SUMMER]),
        ("date:new-year", [BEACH, FOAM]),
        ("weekday:friday", [DOG]),
        ("星期：周日|周三", [NEF, BEACH, FOAM]),
        ("weekday:weekend", [NEF]),
        ("weekday:workday", [DOG, BEACH, FOAM, SUMMER]),
        ("weekday:none", [UNKNOWN]),
        ("time:23:59", [DOG]),
        ("time:12", [NEF]),
        ("time:12pm", [NEF]),
        ("time:12am", [BEACH]),
        ("时间：上午", [FOAM, SUMMER]),
        ("time:night", [DOG, BEACH]),
        ("time:8..10", [FOAM, SUMMER]),
        ("time:22..1", [DOG, BEACH]),
        ("time:>=12", [DOG, NEF]),
        ("time:>12", [DOG]),
        ("time:<8", [BEACH]),
        ("time:..8:00", [BEACH, SUMMER]),
        ("-time:night", [NEF, FOAM, SUMMER, UNKNOWN]),
        ("in:lyon", [DOG, NEF]),
        ("in:trips", [BEACH, FOAM, SUMMER]),
        ("in:trips/2020", [BEACH, FOAM]),
        ("in:photos", list(PHOTOS)),
        ("in:yon", []),
        ("in:~nobody-at-all", []),
        ("in:~10km", []),
        ("in:/\0", []),
        ('in:"/photos\0"', []),
        ("name:dog", [DOG]),
        ("name:lyon", []),
        ("name:狗", [SUMMER]),
        ("name:écume", [FOAM]),
        ("name:*.jpg", [DOG, UNKNOWN]),
        ("name:beach_*", [BEACH]),
        ("name:100%", [UNKNOWN]),
        ("name:%", [UNKNOWN]),
        ("name:_", [BEACH, UNKNOWN]),
        ("camera:nikon", [DOG, NEF]),
        ('camera:"d40 nikon"', [DOG, NEF]),
        ("相机：华为", [SUMMER]),
        ("camera:nikon|apple", [DOG, NEF, FOAM]),
        ("camera:i*12", [FOAM]),
        ("camera:none", [BEACH, UNKNOWN]),
        ("-camera:nikon", [BEACH, FOAM, SUMMER, UNKNOWN]),
        ("lens:18-55", [DOG]),
        ("type:jpg", [DOG, UNKNOWN]),
        ("type:raw", [NEF]),
        ("is:raw", [NEF]),
        ("type:heic|webp", [FOAM, SUMMER]),
        ("shape:landscape", [DOG, FOAM, SUMMER]),
        ("方向：竖", [NEF]),
        ("shape:square", [BEACH]),
        ("width:4000", [DOG]),
        ("width:>=4000", [DOG, FOAM]),
        ("height:500..600", [BEACH, SUMMER]),
        ("width:none", [UNKNOWN]),
        ("mp:12", [DOG, NEF, FOAM]),
        ("mp:<1", [BEACH, SUMMER]),
        ("size:10", list(PHOTOS)),
        ("size:>1kb", []),
        ("iso:100", [DOG]),
        ("感光度：100..800", [DOG, SUMMER]),
        ("iso:>100", [SUMMER]),
        ("iso:none", [NEF, BEACH, FOAM, UNKNOWN]),
        ("f:4", [DOG]),
        ("f:f/2.8", [SUMMER]),
        ("光圈:<=2.8", [SUMMER]),
        ("f:3.5", []),
        ("f:5", []),
        ("exposure:1/250", [SUMMER]),
        ("exposure:1/249", []),
        ("快门：1/2秒", [DOG]),
        ("exposure:0.5s|1/250", [DOG, SUMMER]),
        ("exposure:1/250..1/60", [SUMMER]),
        ("exposure:>=1/250", [DOG, SUMMER]),
        ("exposure:>1/250", [DOG]),
        ("focal:35", [SUMMER]),
        ("焦距：10..20毫米", [DOG]),
        ("focal:35mm|18mm", [DOG, SUMMER]),
        ("altitude:>100m", [SUMMER]),
        ("海拔：<0", [DOG]),
        ("altitude:-20..0", [DOG]),
        ("altitude:0.1km..1km", [SUMMER]),
        ("software:gimp", [SUMMER]),
        ("title:dog", [DOG]),
        ("标题：dog*", []),
        ("title:*dog*", [DOG]),
        ("title:none", [NEF, BEACH, FOAM, SUMMER, UNKNOWN]),
        ('caption:"hund am strassenrand"', [DOG]),
        ("caption:50%", [BEACH]),
        ("caption:[x]", [BEACH]),
        ("caption:*[x]", [BEACH]),
        ("caption:*?x]", []),
        ("说明：收据", [BEACH]),
        ("tag:dog", [DOG]),
        ("keyword:york", []),
        ('keyword:"new york"', [DOG]),
        ("tag:new*", [DOG]),
        ("tag:écume", [DOG]),
        ("标签：狗", [SUMMER]),
        ("tag:none", [NEF, BEACH, FOAM, UNKNOWN]),
        ("text:狗|收据", [BEACH, SUMMER]),
        ("text:york", [DOG]),
        ("text:none", [NEF, FOAM, UNKNOWN]),
        ("-text:dog", [NEF, BEACH, FOAM, SUMMER, UNKNOWN]),
        ("is:screenshot", [BEACH]),
        ("类型：截图", [BEACH]),
        ("is:panorama", [SUMMER]),
        ("是：编辑过", [SUMMER]),
        ("-is:edited", [DOG, NEF, BEACH, FOAM, UNKNOWN]),
        ("type:panorama|screenshot", [BEACH, SUMMER]),
        ("type:png", [BEACH]),
        ("rating:5", [DOG]),
        ("rating:>=3", [DOG, BEACH]),
        ("rating:0", [UNKNOWN]),
        ("rating:none", [NEF, FOAM, SUMMER]),
        ("place:45.75,4.85", [DOG]),
        ("place:45.5,4.5~5km", []),
        ("place:45.5,4.5~50km", [DOG]),
        ("place:-33.87,151.2~20km|45.75,4.85", [DOG, FOAM]),
        ("place:none", [NEF, BEACH, SUMMER, UNKNOWN]),
        ("place:lyon", [DOG]),
        ("地点：里昂|悉尼", [DOG, FOAM]),
        ("place:France", [DOG]),
        ('place:"new south wales"', [FOAM]),
        ("-place:法国", [NEF, BEACH, FOAM, SUMMER, UNKNOWN]),
        ("place:villeurbanne~20km", [DOG]),
        ("place:Paris~20km", []),
        ("place:switzerland", []),
        ("place:瑞士~150km", [DOG]),
        ('place:"new south wales~5km"|france~5km', [DOG, FOAM]),
        ("place:sydney~0.1km", []),
        ("is:offline", []),
        ("camera:nikon type:raw", [NEF]),
        ("camera:apple OR rating:3", [BEACH, FOAM]),
        ("-(camera:nikon OR year:2020)", [FOAM, SUMMER, UNKNOWN]),
    ],
)
def test_a_question_is_answered_by_the_facts(
    dated_store: Store, ids: dict[int, str], question: str, expected: list[str]
) -> None:
    parsed = parse(question)
    assert not parsed.notes
    assert not parsed.query.terms
    assert [ids[found] for found in dated_store.passing(parsed.query.filter).tolist()] == expected


def test_offline_and_duplicate(dated_store: Store, photos_root: Root) -> None:
    first = put(dated_store, photos_root, 1, "a.jpg")
    twice = embedded(2, stamp(photos_root, "b.jpg"), stamp(photos_root, "copy of b.jpg"))
    (second,) = dated_store.record(Batch("m", (twice,))).embedded
    assert dated_store.passing(parse("is:duplicate").query.filter).tolist() == [second]
    dated_store.set_offline(photos_root.root_id, folder_messages.NOT_LISTED(detail="gone"))
    assert dated_store.passing(parse("is:offline").query.filter).tolist() == [first, second]


def test_every_field_has_its_place() -> None:
    assert set(CONDITIONS) == set(FIELDS)
    assert set(RAW_FORMATS) == {suffix[1:].upper() for suffix in RAW_SUFFIXES} | {"RAW"}


def test_distances_are_those_of_the_sphere() -> None:
    assert kilometres(48.8566, 2.3522, 51.5074, -0.1278) == pytest.approx(343.6, abs=0.2)  # Paris to London
    assert kilometres(0, 179.9, 0, -179.9) == pytest.approx(22.24, abs=0.01)
    assert kilometres(90, 0, -90, 0) == pytest.approx(20015.1, abs=0.1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(sorted(FIELDS)),
    value=st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["none", "2019", "*", "..2020", "1..3", ">2", "<=2", "may", "春节", "48,2~9km", "/", "%", "\ud800"]
        ),
    ),
)
def test_nothing_that_is_asked_is_an_error(dated_store: Store, ids: dict[int, str], field: str, value: str) -> None:
    filter = parse(f'-{field}:{value} OR {field}:"{value}"').query.filter
    assert set(dated_store.passing(filter).tolist()) <= set(ids)

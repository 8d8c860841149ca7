"""The values of a field among photos: those that are there, with how many photos each would leave."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.query import EVERYTHING, Fact, Filter, Missing, Text
from core.query.facet import ValueCount, by_month
from core.query.fields import FIELDS
from core.store import Batch, Store
from core.user_data import UserData
from tests.core.store.conftest import embedded, identity, put, stamp

_EXPOSED: dict[str, Any] = {"iso": 400, "aperture": 2.8, "exposure": 1 / 250, "focal_length": 50, "keywords": ("sea",)}


@pytest.fixture
def ids(store: Store, root: Root) -> list[int]:
    facts = [
        ("trips/Lyon/1.jpg", Facts(4, 3, "2019-05-03T10:00:00", "NIKON D750", rating=4, format="JPEG")),
        ("trips/Lyon/2.jpg", Facts(3, 4, "2019-05-04T10:00:00", "NIKON D7500", rating=4, format="JPEG")),
        ("trips/3.jpg", Facts(3, 3, "2020-12-24T10:00:00", "NIKON D750", format="PNG", **_EXPOSED)),
        ("4.jpg", Facts(keywords=("Family",), exposure=0.5, aperture=4, focal_length=49.6)),
    ]
    return [put(store, root, number, name, facts=one) for number, (name, one) in enumerate(facts)]


def counts(store: Store, field: str, filter: Filter = EVERYTHING, among: list[int] | None = None) -> dict[str, int]:
    facet = store.facet(field, filter, None if among is None else np.array(among, np.int64))
    assert facet.field == field
    return {"none" if isinstance(one.value, Missing) else one.value.text: one.photos for one in facet.values}


@pytest.mark.usefixtures("ids")
def test_values_are_counted(store: Store) -> None:
    assert counts(store, "date") == {"2019-05-03": 1, "2019-05-04": 1, "2020-12-24": 1, "none": 1}
    months = by_month(store.facet("date", EVERYTHING))
    assert months.values == (
        ValueCount(Text("2019-05"), 2),
        ValueCount(Text("2020-12"), 1),
        ValueCount(Missing(), 1),
    )
    assert counts(store, "year") == {"2019": 2, "2020": 1, "none": 1}
    assert counts(store, "before") == {"2019-05-03": 1, "2019-05-04": 1, "2020-12-24": 1}
    assert counts(store, "rating") == {"4": 2, "none": 2}
    assert counts(store, "type") == {"jpeg": 2, "png": 1}
    assert counts(store, "shape") == {"landscape": 1, "portrait": 1, "square": 1}
    assert counts(store, "name") == {}
    assert counts(store, "iso") == {"400": 1, "none": 3}
    assert list(counts(store, "f")) == ["2.8", "4", "none"]
    assert list(counts(store, "exposure")) == ["1/250", "0.5", "none"]
    assert counts(store, "focal") == {"50": 2, "none": 2}


def test_places_are_counted_by_their_names_in_both_languages(store: Store, root: Root) -> None:
    lyon, annecy, texas = (45.76, 4.84), (45.9, 6.12), (33.66, -95.55)
    for number, (latitude, longitude) in enumerate((lyon, lyon, annecy, texas)):
        put(store, root, number, f"{number}.jpg", facts=Facts(latitude=latitude, longitude=longitude))
    put(store, root, 9, "9.jpg")
    counted = counts(store, "place")
    assert counted["France"] == counted["法国"] == counted["Auvergne-Rhône-Alpes"] == 3
    assert counted["Lyon"] == counted["里昂"] == 2 and counted["Annecy"] == counted["none"] == 1
    assert counted["Paris, Texas"] == 1 and "Paris" not in counted
    for name, photos in counted.items():
        value = Missing() if name == "none" else Text(name)
        assert len(store.passing(Fact("place", (value,)))) == photos, name
    shown = store.facet("place", EVERYTHING).in_language("zh_CN").values
    assert Text("法国") in [one.value for one in shown] and Text("France") not in [one.value for one in shown]


@pytest.mark.usefixtures("ids")
def test_only_what_is_in_the_answer_is_counted(store: Store, ids: list[int]) -> None:
    jpeg = Fact("type", (Text("jpeg"),))
    assert counts(store, "camera", jpeg) == {"NIKON D750": 2, "NIKON D7500": 1}
    assert counts(store, "camera", jpeg, ids[1:]) == {"NIKON D7500": 1}
    assert counts(store, "camera", EVERYTHING, []) == {}


@pytest.mark.usefixtures("ids")
def test_folders_count_what_is_below_them(store: Store, root: Root) -> None:
    twice = embedded(9, stamp(root, "trips/Lyon/9.jpg"))
    files = (*twice.files, stamp(root, "trips/copy of 9.jpg"))
    store.record(Batch("m", (embedded(9, *files),)))
    paths = {str(root.path): 5, str(root.path / "trips"): 4, str(root.path / "trips/Lyon"): 3}
    assert counts(store, "in") == paths


@pytest.mark.usefixtures("ids")
def test_what_the_user_said_is_counted(store: Store, layout: LibraryPaths) -> None:
    said = UserData.open(layout, write=True)
    said.ratings.set([identity(0)], 5)
    album = said.albums.create("Best of 2019")
    said.albums.add(album.album_id, [identity(0), identity(2)])
    said.tags.add("family", [identity(1)])
    said.close()
    assert counts(store, "rating") == {"4": 1, "5": 1, "none": 2}
    assert counts(store, "album") == {"Best of 2019": 2, "none": 2}
    assert counts(store, "album", Fact("type", (Text("png"),))) == {"Best of 2019": 1}
    assert counts(store, "tag") == {"family": 2, "sea": 1, "none": 1}
    assert counts(store, "keyword") == {"sea": 1, "Family": 1, "none": 2}


@pytest.mark.usefixtures("ids")
def test_every_count_is_what_asking_for_the_value_finds(store: Store) -> None:
    for field in FIELDS:
        for one in store.facet(field, EVERYTHING).values:
            if field not in ("before", "after"):
                assert len(store.passing(Fact(field, (one.value,)))) == one.photos, (field, one)

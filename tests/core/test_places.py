"""Places by name and by position, of the table that ships."""

from __future__ import annotations

import pytest

from core import places


@pytest.mark.parametrize(
    ("names", "position"),
    [
        (("Paris", "paris", "巴黎", "France", "法国", "Île-de-France"), (48.8584, 2.2945)),
        (("New York", "纽约", "Brooklyn", "USA", "United States", "美国"), (40.6782, -73.9442)),
        (("Beijing", "北京", "China", "中国", "北京, 中国"), (39.9163, 116.3972)),
        (("Guangdong", "广东", "广东省", "Shenzhen", "深圳"), (22.54, 114.06)),
        (("Tokyo", "东京", "東京", "Japan", "日本"), (35.6586, 139.7454)),
        (("München", "Munich", "munchen", "慕尼黑", "Bavaria", "Bayern", "Germany", "巴伐利亚"), (48.137, 11.575)),
        (("São Paulo", "sao paulo", "圣保罗", "Brazil"), (-23.55, -46.63)),
        (("San Francisco", "旧金山", "California", "加州", "San Francisco, California"), (37.7749, -122.4194)),
        (("Reykjavik", "Iceland", "冰岛"), (64.2559, -21.1295)),
        (("Paris, Texas", "Texas", "得克萨斯"), (33.66, -95.55)),
        (("Lautoka", "Fiji", "斐济"), (-17.61, 177.45)),
    ],
)
def test_a_position_is_in_the_places_of_these_names(names: tuple[str, ...], position: tuple[float, float]) -> None:
    town = places.town_of(*position)
    assert [name for name in names if town not in places.named(name).towns] == []


def test_a_name_means_what_most_people_mean() -> None:
    texas = places.town_of(33.66, -95.55)
    assert texas not in places.named("Paris").towns
    assert texas not in places.named("Paris, France").towns
    assert len(places.named("Paris").centres) == 1 and not places.named("Texas").centres


@pytest.mark.parametrize("nonsense", ["", " ", ",", ",,", "，", "~", "nowhere at all", "\ud800", "a\tb", "\n", "%"])
def test_nonsense_is_no_place(nonsense: str) -> None:
    assert not len(places.named(nonsense).towns)


@pytest.mark.parametrize("position", [(0, -30), (-77.85, 166.67), (90, 0), (-90, 180)])
def test_the_open_sea_belongs_to_no_town(position: tuple[float, float]) -> None:
    assert places.town_of(*position) is None and places.place_of(*position) is None


def test_a_place_is_told_in_both_languages() -> None:
    place = places.place_of(45.764, 4.8357)
    assert place is not None
    assert place.of("en") == "Lyon, Auvergne-Rhône-Alpes, France"
    assert place.of("zh_CN") == "里昂，奥弗涅-罗讷-阿尔卑斯大区，法国"
    hong_kong = places.place_of(22.2793, 114.1628)
    assert hong_kong is not None and hong_kong.of("zh") == "香港"


def test_around_a_country_are_the_towns_near_its_own() -> None:
    lyon, annemasse = places.town_of(45.76, 4.84), places.town_of(46.19, 6.24)
    assert annemasse not in places.named("Switzerland").towns and annemasse in places.around("Switzerland", 15)
    assert lyon not in places.around("Switzerland", 15) and lyon in places.around("瑞士", 150)
    assert set(places.named("Switzerland").towns) <= set(places.around("Switzerland", 1))

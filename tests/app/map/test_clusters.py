"""Photos near each other are one mark, and every photo belongs to one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.clusters import MARK, clustered, level_of
from core.positions import Positions

degrees = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


def at(*places: tuple[float, float]) -> Positions:
    table = np.array(places, np.float64).reshape(-1, 2)
    return Positions(np.arange(1, len(table) + 1), table[:, 0].copy(), table[:, 1].copy())


@given(st.lists(degrees, max_size=60), st.integers(8, 26))
def test_every_photo_is_in_one_cluster_and_no_two_are_too_near(places: list[tuple[float, float]], level: int) -> None:
    clusters = clustered(at(*places), level)
    assert clusters.counts.sum() == len(places) == len(clusters.owners)
    members = [clusters.members(clusters.cluster(place)) for place in range(len(clusters))]
    assert sorted(one for some in members for one in some.ids.tolist()) == list(range(1, len(places) + 1))
    for place, some in enumerate(members):
        cluster = clusters.cluster(place)
        assert cluster.count == len(some) and cluster.content_id == some.ids.max()


def test_places_apart_become_marks_of_their_own_as_one_comes_closer() -> None:
    places = [(48.8566, 2.3522)] * 3 + [(48.86, 2.36), (52.52, 13.405)]
    assert [len(clustered(at(*places), level)) for level in (8, 11, 24)] == [1, 2, 3]
    far = clustered(at(*places), 8)
    assert far.cluster(0).count == 5 and far.cluster(0).content_id == 5


def test_marks_that_a_line_of_the_grid_parts_are_one() -> None:
    level = 10
    size = MARK / 2**level
    edge = (round(0.5 / size) * size - 0.5) * 360
    assert len(clustered(at((10.0, edge - 0.01), (10.0, edge + 0.01)), level)) == 1


def test_no_photos_are_no_clusters() -> None:
    assert len(clustered(at(), 10)) == 0


def test_a_circle_holds_all_of_its_photos() -> None:
    latitude, longitude, kilometres = at((48.8566, 2.3522), (52.52, 13.405)).around()
    assert (latitude, longitude) == pytest.approx((50.688, 7.879), abs=0.001)
    assert kilometres == pytest.approx(446, abs=1)  # from there to Paris
    assert at((1.0, 2.0)).around() == (1.0, 2.0, 0.0)


def test_a_level_is_a_power_of_two() -> None:
    assert [level_of(scale) for scale in (256, 300, 400, 1024)] == [8, 8, 9, 10]

"""What several lanes did is told as one."""

from __future__ import annotations

from tests.torture.lanes import Lane, added_up


def test_lanes_take_everything_once() -> None:
    lanes = [Lane(number, 3) for number in range(3)]
    assert sorted(one for lane in lanes for one in lane.part(range(10))) == list(range(10))
    assert sum(lane.share(10) for lane in lanes) == 10
    assert Lane.named([]) == Lane(0, 1) and Lane.named(["1", "2"]) == Lane(1, 2)


def test_figures_are_added_up() -> None:
    told = [{"faults": 2, "seconds": 9, "endings": {"ended": 1}}, {"faults": 3, "seconds": 4, "endings": {"ended": 2}}]
    assert added_up(told) == {"faults": 5, "seconds": 9, "endings": {"ended": 3}}

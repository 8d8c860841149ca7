"""What several shards did is told as one."""

from __future__ import annotations

from tests.torture.sharding import Shard, added_up


def test_shards_take_everything_once() -> None:
    shards = [Shard(number, 3) for number in range(3)]
    assert sorted(one for shard in shards for one in shard.part(range(10))) == list(range(10))
    assert sum(shard.share(10) for shard in shards) == 10
    assert Shard.named([]) == Shard(0, 1) and Shard.named(["1", "2"]) == Shard(1, 2)


def test_figures_are_added_up() -> None:
    told = [{"faults": 2, "seconds": 9, "endings": {"ended": 1}}, {"faults": 3, "seconds": 4, "endings": {"ended": 2}}]
    assert added_up(told) == {"faults": 5, "seconds": 9, "endings": {"ended": 3}}

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.market.gaps import Gap, continuity, missing


@pytest.mark.parametrize(
    ("arrived", "before", "gaps", "filled"),
    [
        ([5], None, (), ()),
        ([5, 7], None, (Gap(6, 6),), ()),
        ([6], 5, (), ()),
        ([8], 5, (Gap(6, 7),), ()),
        ([8, 6], 5, (Gap(7, 7),), ()),
        ([3], 5, (), (3,)),
        ([3, 7], 5, (Gap(6, 6),), (3,)),
        ([5], 5, (), ()),
        ([7, 7, 6], 5, (), ()),
        ([10**19], 1, (Gap(2, 10**19 - 1),), ()),
    ],
)
def test_what_arrived_says_what_is_missing_and_what_came_late(
    arrived: list[int], before: int | None, gaps: tuple[Gap, ...], filled: tuple[int, ...]
) -> None:
    found = continuity(arrived, before)
    assert (found.gaps, found.filled) == (gaps, filled)


@given(numbers=st.sets(st.integers(0, 60), min_size=1), before=st.integers(0, 60))
def test_gaps_and_arrivals_together_are_everything_after_the_newest(numbers: set[int], before: int) -> None:
    found = continuity(numbers, before)
    lost = {number for gap in found.gaps for number in range(gap.first, gap.last + 1)}
    assert not lost & numbers
    ahead = {number for number in numbers if number > before}
    assert lost | ahead == set(range(before + 1, max(ahead, default=before) + 1))
    assert sum(gap.count for gap in found.gaps) == len(lost)


def test_nothing_is_missing_between_neighbours() -> None:
    assert missing([1, 2, 3]) == []

"""Sums of a simulation: by group, by resource and by month they are the same money."""

from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.simulation import NOTHING, Fate, Trial, compare, joined, shared_out

CENTS = st.integers(min_value=0, max_value=10**7)
SHARES = st.dictionaries(st.sampled_from(["hall", "kitchen", "bar"]), CENTS, min_size=1)


@st.composite
def trials(draw: st.DrawFn) -> list[Trial]:
    count = draw(st.integers(min_value=0, max_value=12))
    made = []
    for number in range(count):
        fate = draw(st.sampled_from(list(Fate)))
        made.append(
            Trial(
                reference=f"2026-{number:04}",
                group=draw(st.sampled_from(["club", "private", ""])),
                month=draw(st.sampled_from(["2026-01", "2026-02"])),
                fate=fate,
                before=draw(SHARES),
                after=draw(SHARES) if fate is Fate.PRICED else {},
                why=draw(st.sampled_from(["", "group:old"])),
                unanswered=draw(st.sampled_from([(), ("catering",)])),
            )
        )
    return made


@given(made=trials())
def test_every_way_of_adding_up_gives_the_same(made: list[Trial]) -> None:
    found = compare(made)
    for sums in (found.by_group, found.by_resource, found.by_month):
        assert sum(one.before_cents for one in sums) == found.total.before_cents
        assert sum(one.after_cents for one in sums) == found.total.after_cents
    assert sum(one.bookings for one in found.by_group) == found.total.bookings
    assert sum(one.bookings for one in found.by_month) == found.total.bookings
    told = sum(one.more + one.less + one.same + one.refused for one in found.changes)
    assert told == found.total.bookings
    asked = [one for one in made if one.counts and one.unanswered]
    assert sum(found.unanswered.values()) == len(asked)
    assert found.total.bookings + found.open_bookings + sum(found.not_comparable.values()) == len(made)
    refused_cents = sum(one.before_cents for one in made if one.fate is Fate.REFUSED)
    won = sum(one.more_cents + one.less_cents for one in found.changes)
    assert won - refused_cents == found.total.difference_cents


@given(made=trials(), seed=st.randoms())
def test_the_order_of_bookings_plays_no_part(made: list[Trial], seed: object) -> None:
    mixed = list(made)
    seed.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert compare(mixed) == compare(made)


@given(made=trials(), size=st.integers(min_value=1, max_value=5))
def test_parts_of_any_size_come_to_the_same(made: list[Trial], size: int) -> None:
    together = NOTHING
    for start in range(0, len(made), size):
        together = joined(together, compare(made[start : start + size]))
    assert together == compare(made)


@given(
    total=st.integers(min_value=-(10**6), max_value=10**7),
    lines=st.lists(st.tuples(st.sampled_from(["hall", "kitchen", "elsewhere", None]), CENTS)),
)
def test_an_amount_is_split_to_the_cent(total: int, lines: list[tuple[str | None, int]]) -> None:
    assert sum(shared_out(total, lines, ["hall", "kitchen"]).values()) == total


def test_nothing_compares_to_nothing() -> None:
    found = compare([])
    assert (found.total.bookings, found.total.difference_cents, found.by_group) == (0, 0, ())
    assert shared_out(0, [], []) == {}

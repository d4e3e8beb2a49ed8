"""Whoever raises a blocker hears what was solved before and looks like it."""

from dataclasses import replace

from bot.operations.office import Office
from bot.operations.open_burst import Intake, open_burst
from bot.operations.precedents import MOST_SHOWN, precedents_for, precedents_in, precedents_like
from tests.operations.story import INTAKE, RAISER, RESOLUTION, by, closed, opened

ELSEWHERE = replace(INTAKE, title="Port of the archive closed", sites=("NGH",))


def before(office: Office, intake: Intake) -> list[int]:
    """What the raiser is shown."""
    burst = open_burst(office, by(RAISER), intake)
    return [one.burst.id for one in precedents_for(office, by(RAISER), burst)]


def test_the_same_site_or_a_near_title_is_alike(office: Office) -> None:
    solved = closed(office)
    for intake in (INTAKE, replace(INTAKE, title="Something else"), replace(INTAKE, sites=("NGH",))):
        assert before(office, intake) == [solved.id]


def test_another_site_with_other_words_is_not(office: Office) -> None:
    closed(office)
    assert before(office, ELSEWHERE) == []


def test_nor_is_another_kind_of_blocker(office: Office) -> None:
    closed(office)
    assert before(office, replace(INTAKE, family="user_access")) == []


def test_what_fixed_it_is_told(office: Office) -> None:
    closed(office)
    [found] = precedents_for(office, by(RAISER), opened(office))
    assert found.fix == RESOLUTION.fix


def test_before_it_is_opened_the_same_is_found(office: Office) -> None:
    solved = closed(office)
    intake = replace(INTAKE, missing_allowed=True)
    assert [one.burst.id for one in precedents_like(office, by(RAISER), intake)] == [solved.id]


def test_the_most_alike_come_first_and_no_more_than_fit(office: Office) -> None:
    solved = [closed(office).id for _ in range(MOST_SHOWN + 1)]
    assert before(office, INTAKE) == solved[:0:-1]


def test_what_is_open_was_not_solved(office: Office) -> None:
    opened(office)
    assert before(office, INTAKE) == []


def test_only_what_may_be_read_is_shown(office: Office) -> None:
    closed(office)
    burst = opened(office)
    with office.store.read() as unit:
        family = office.programme().family(burst.family)
        assert precedents_in(unit, burst, family, readable=lambda _one: False) == ()


def test_of_a_family_that_is_gone_nothing_is_known(office: Office) -> None:
    closed(office)
    burst = replace(opened(office), family="gone")
    assert precedents_for(office, by(RAISER), burst) == ()

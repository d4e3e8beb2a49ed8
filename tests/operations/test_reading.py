"""Looking at bursts: nothing is seen without the right to, and nothing is changed."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.operations import reading
from bot.operations.office import Office
from bot.operations.open_burst import Intake, open_burst
from bot.operations.post_update import post_update
from bot.taskforce.burst import Burst, Place
from bot.taskforce.lifecycle import move_to
from bot.taskforce.permissions import Right
from bot.taskforce.terms import LIVE, Severity, Standing, State
from storage.finding import BurstFilter
from tests.operations.story import INTAKE, OWNER, RAISER, by, closed, known, opened

STRANGER = "U01STRANGER"
SECRET = Intake(
    family="security_review",
    title="Remote access waits for its review",
    sites=("NGH",),
    impact=2,
    urgency=1,
    missing_allowed=True,
)


def housed(office: Office, burst: Burst, place: Place) -> Burst:
    with office.store.write() as unit:
        return unit.apply(move_to(burst, place, "", now=burst.opened_at), now=burst.opened_at)


def refusal(call: object, *arguments: object) -> Refused:
    assert callable(call)
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value


class TestOneBurst:
    def test_members_of_the_workspace_see_it(self, office: Office) -> None:
        burst = opened(office)

        assert reading.burst(office, by(STRANGER), burst.id) == burst

    def test_a_private_one_looks_to_outsiders_as_if_it_did_not_exist(self, office: Office) -> None:
        burst = open_burst(office, by(RAISER), SECRET)

        hidden = refusal(reading.burst, office, by(STRANGER), burst.id)
        missing = refusal(reading.burst, office, by(STRANGER), 99)

        assert hidden.code == missing.code == "unknown_burst"
        assert hidden.message == missing.message.replace("99", str(burst.id))

    def test_it_is_found_by_its_channel(self, office: Office) -> None:
        burst = housed(office, opened(office), Place("C0HOME"))

        assert reading.burst_in(office, by(STRANGER), "C0HOME") == burst.id
        assert reading.burst_in(office, by(STRANGER), "C0OTHER") is None

    def test_one_that_lives_in_a_thread_is_found_there_alone(self, office: Office) -> None:
        burst = housed(office, opened(office), Place("C0STREAM", "17.1", ours=False))

        assert reading.burst_in(office, by(STRANGER), "C0STREAM", "17.1") == burst.id
        assert reading.burst_in(office, by(STRANGER), "C0STREAM") is None

    def test_a_private_one_is_not_found_by_outsiders(self, office: Office) -> None:
        housed(office, open_burst(office, by(RAISER), SECRET), Place("C0HOME"))

        assert reading.burst_in(office, by(STRANGER), "C0HOME") is None


class TestBeforeAForm:
    def test_whoever_has_the_right_gets_the_burst(self, office: Office) -> None:
        burst = opened(office)

        assert reading.burst_for(office, by(OWNER), burst.id, Right.HAND_OVER, LIVE) == burst

    def test_the_right_of_others_is_refused_first(self, office: Office) -> None:
        burst = closed(office)

        assert (
            refusal(reading.burst_for, office, by(STRANGER), burst.id, Right.HAND_OVER, LIVE).code
            == "not_allowed"
        )

    def test_what_has_ended_is_refused(self, office: Office) -> None:
        burst = closed(office)

        found = refusal(reading.burst_for, office, by(OWNER), burst.id, Right.HAND_OVER, {State.OPEN})

        assert found.code == "wrong_state"

    @pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
    def test_only_full_members_raise(self, office: Office, standing: Standing) -> None:
        known(office, STRANGER, standing)

        assert refusal(reading.may_open, office, by(STRANGER)).code == "not_allowed"

    def test_members_may_raise(self, office: Office) -> None:
        reading.may_open(office, by(STRANGER))


class TestLists:
    def test_pages_are_cut_and_counted(self, office: Office) -> None:
        for _ in range(5):
            opened(office)

        first = reading.listed(office, by(STRANGER), BurstFilter(), page=1, per_page=2)
        last = reading.listed(office, by(STRANGER), BurstFilter(), page=3, per_page=2)

        assert (len(first.bursts), first.page, first.pages, first.total) == (2, 1, 3, 5)
        assert (len(last.bursts), last.page) == (1, 3)

    @pytest.mark.parametrize(("asked", "given"), [(-4, 1), (0, 1), (9, 2)])
    def test_a_page_that_does_not_exist_is_the_nearest(self, office: Office, asked: int, given: int) -> None:
        for _ in range(3):
            opened(office)

        assert reading.listed(office, by(STRANGER), BurstFilter(), page=asked, per_page=2).page == given

    def test_an_empty_list_has_one_page(self, office: Office) -> None:
        found = reading.listed(office, by(STRANGER), BurstFilter(), page=1, per_page=10)

        assert (found.bursts, found.pages, found.total) == ((), 1, 0)

    def test_private_ones_are_neither_shown_nor_counted(self, office: Office) -> None:
        opened(office)
        open_burst(office, by(RAISER), SECRET)

        assert reading.listed(office, by(STRANGER), BurstFilter(), page=1, per_page=10).total == 1
        assert reading.listed(office, by(RAISER), BurstFilter(), page=1, per_page=10).total == 2

    def test_ended_ones_are_not_in_it(self, office: Office) -> None:
        closed(office)

        assert reading.listed(office, by(RAISER), BurstFilter(), page=1, per_page=10).total == 0

    def test_filters_narrow_it(self, office: Office) -> None:
        opened(office)
        open_burst(office, by(RAISER), replace(INTAKE, impact=1))
        wanted = BurstFilter(severity=Severity.SEV1, mine=RAISER)

        assert [b.id for b in reading.listed(office, by(RAISER), wanted, page=1, per_page=9).bursts] == [2]


class TestLogs:
    def updated(self, office: Office, times: int) -> Burst:
        burst = opened(office)
        for number in range(times):
            posted = post_update(office, by(RAISER), burst.id, f"Update {number}: the vendor looks at it.")
            burst = posted.burst
        return burst

    def test_without_a_page_the_newest_entries_come(self, office: Office) -> None:
        burst = self.updated(office, 7)

        found = reading.log_of(office, by(RAISER), burst.id, page=None, per_page=4)

        assert found.total == burst.log_count
        assert found.page == found.pages
        assert found.entries[-1].number == burst.log_count

    def test_pages_follow_each_other(self, office: Office) -> None:
        burst = self.updated(office, 7)

        numbers = [
            entry.number
            for page in (1, 2, 3)
            for entry in reading.log_of(office, by(RAISER), burst.id, page=page, per_page=4).entries
        ]

        assert numbers == list(range(1, burst.log_count + 1))

    def test_the_whole_log_is_whole(self, office: Office) -> None:
        burst = self.updated(office, 3)

        found, entries = reading.whole_log(office, by(RAISER), burst.id)

        assert found == burst
        assert len(entries) == burst.log_count

    def test_outsiders_see_no_log(self, office: Office) -> None:
        burst = open_burst(office, by(RAISER), SECRET)

        assert refusal(reading.whole_log, office, by(STRANGER), burst.id).code == "unknown_burst"

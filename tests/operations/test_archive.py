"""What has ended is filed and found again; what is reopened is taken out."""

from datetime import timedelta

import pytest

from bot.errors import Refused
from bot.operations.cancel import cancel
from bot.operations.office import Office
from bot.operations.reopen import reopen
from bot.scheduling.sweep import archive_due
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.terms import EntryKind, Outcome, State
from storage.archive_filter import ArchiveFilter
from storage.archives import Summary
from tests.operations.story import CLINICAL, OWNER, RAISER, by, closed, opened, resolved, stored


def found(office: Office, words: str) -> list[int]:
    """The bursts that the archive finds."""
    with office.store.read() as unit:
        page = unit.archives.search(ArchiveFilter(words), limit=10)
    return [summary.burst_id for summary in page.hits]


def filed(office: Office, number: int) -> Summary | None:
    """What the archive keeps of a burst."""
    with office.store.read() as unit:
        return unit.archives.get(number)


def test_the_last_sign_off_closes_and_files(office: Office) -> None:
    """Found by the words of its title, its evidence and its fix."""
    burst = closed(office)
    assert burst.state is State.CLOSED
    assert found(office, "firewall") == found(office, "FW-2210") == [burst.id]


def test_it_is_not_found_by_ids_states_and_digests(office: Office) -> None:
    """Those of people, policies and clocks: nobody types them, and they would be found everywhere."""
    closed(office)
    for words in (OWNER, "24x7", "signed_off", "technical_lead", "disarmed"):
        assert found(office, words) == []


def test_where_its_time_went_is_filed_with_it(office: Office) -> None:
    """Every minute up to the end, and what the log suggested beside what was confirmed."""
    burst = closed(office)
    summary = filed(office, burst.id)
    assert summary is not None
    assert summary.account is not None
    spent = [one.lasted_for for one in summary.account.phases]
    assert sum(spent, timedelta()) == summary.closed_at - summary.opened_at
    assert burst.resolution is not None
    assert summary.account.suggested == burst.resolution.suggested != ""


def test_of_a_cancelled_burst_no_cause_is_filed(office: Office) -> None:
    """It lost nothing to anything that somebody confirmed."""
    burst = opened(office)
    cancel(office, by(OWNER), burst.id, Outcome.MISTAKE, "Opened twice.")
    summary = filed(office, burst.id)
    assert summary is not None
    assert summary.account is not None
    assert (summary.account.shares, summary.account.also, summary.account.suggested) == ((), (), "")


def test_before_the_last_sign_off_nothing_is_filed(office: Office) -> None:
    """Resolved is not closed."""
    assert filed(office, resolved(office).id) is None


def test_a_duplicate_is_filed_apart(office: Office) -> None:
    """It counts as a duplicate and names the burst that goes on."""
    first, second = opened(office), opened(office)
    cancel(office, by(OWNER), second.id, Outcome.DUPLICATE, "The same rule.", first.id)
    summary = filed(office, second.id)
    assert summary is not None
    assert summary.outcome is Outcome.DUPLICATE


def test_a_duplicate_of_a_duplicate_is_refused(office: Office) -> None:
    """People should land where the work goes on."""
    first, second, third = opened(office), opened(office), opened(office)
    cancel(office, by(OWNER), second.id, Outcome.DUPLICATE, "The same rule.", first.id)
    with pytest.raises(Refused, match="itself a duplicate"):
        cancel(office, by(OWNER), third.id, Outcome.DUPLICATE, "The same rule.", second.id)


def test_a_duplicate_of_nothing_is_refused(office: Office) -> None:
    """The other burst has to exist."""
    number = opened(office).id
    with pytest.raises(Refused) as refused:
        cancel(office, by(OWNER), number, Outcome.DUPLICATE, "The same rule.", 999)
    assert refused.value.code == "unknown_burst"


def test_within_the_grace_the_same_burst_goes_on(office: Office) -> None:
    """And it is no longer in the archive."""
    number = closed(office).id
    burst = reopen(office, by(RAISER), number, "It fails again since this morning.")
    assert burst.id == number
    assert burst.state is not State.CLOSED
    assert filed(office, number) is None


def test_once_archived_a_new_burst_goes_on(office: Office) -> None:
    """A bot cannot unarchive a channel; both are linked."""
    number = closed(office).id
    with office.store.write() as unit:
        old = unit.bursts.get(number)
        assert old is not None
        unit.apply(_archived(old), now=old.closed_at or old.opened_at)
    successor = reopen(office, by(CLINICAL), number, "It fails again since this morning.")
    assert successor.id != number
    assert successor.reopened_from == number
    with office.store.read() as unit:
        assert unit.log.entries(number)[-1].kind is EntryKind.REOPENED
    assert filed(office, number) is not None


def test_an_archived_burst_goes_on_once(office: Office) -> None:
    """Whoever comes second hears where it goes on."""
    number = closed(office).id
    with office.store.write() as unit:
        old = unit.bursts.get(number)
        assert old is not None
        unit.apply(_archived(old), now=old.closed_at or old.opened_at)
    successor = reopen(office, by(CLINICAL), number, "It fails again since this morning.")
    with pytest.raises(Refused, match=f"goes on as {successor.key}") as refused:
        reopen(office, by(RAISER), number, "It fails again.")
    assert refused.value.code == "already_done"
    with office.store.read() as unit:
        assert unit.bursts.get(successor.id + 1) is None


def test_nothing_is_archived_before_its_grace_is_over(office: Office) -> None:
    """People get a day to look at it."""
    number = closed(office).id
    assert archive_due(office) == 0
    assert stored(office, number).state is State.CLOSED


def _archived(burst: Burst) -> Decision:
    return lifecycle.mark_archived(burst, now=burst.closed_at or burst.opened_at, gone=True)

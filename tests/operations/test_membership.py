"""Channels come and go by people's hands, and so do people."""

from bot.operations.membership import change_channel_id, lose_channel, note_joined, note_left
from bot.operations.office import Office
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Place
from bot.taskforce.permissions import members
from bot.taskforce.terms import Standing, State
from tests.operations.story import closed, known, opened, stored

CHANNEL = "C0BURST"


def placed(office: Office, burst: Burst) -> Burst:
    """The burst, living in a channel that we made."""
    with office.store.write() as unit:
        found = unit.bursts.get(burst.id)
        assert found is not None
        decision = lifecycle.move_to(found, Place(CHANNEL), "", now=found.opened_at)
        return unit.apply(decision, now=found.opened_at)


def test_whoever_comes_into_the_channel_takes_part(office: Office) -> None:
    """Somebody of the burst let them in."""
    number = placed(office, opened(office)).id
    note_joined(office, "event:1", CHANNEL, "U01NEWCOMER")
    assert "U01NEWCOMER" in members(stored(office, number))


def test_a_guest_who_was_let_in_takes_part_too(office: Office) -> None:
    """Though they could not have joined by themselves."""
    number = placed(office, opened(office)).id
    known(office, "U01GUEST", Standing.GUEST)
    note_joined(office, "event:1", CHANNEL, "U01GUEST")
    assert "U01GUEST" in members(stored(office, number))


def test_whoever_leaves_the_channel_no_longer_takes_part(office: Office) -> None:
    """They can come back."""
    number = placed(office, opened(office)).id
    note_joined(office, "event:1", CHANNEL, "U01NEWCOMER")
    note_left(office, "event:2", CHANNEL, "U01NEWCOMER")
    assert "U01NEWCOMER" not in members(stored(office, number))


def test_events_of_other_channels_are_no_business_of_ours(office: Office) -> None:
    """The bot sees many."""
    before = placed(office, opened(office))
    note_joined(office, "event:1", "C0OTHER", "U01NEWCOMER")
    note_left(office, "event:2", "C0OTHER", "U01PRIYA")
    lose_channel(office, "event:3", "C0OTHER", "its channel was deleted")
    change_channel_id(office, "event:4", "C0OTHER", "C0NEW")
    assert stored(office, before.id) == before


def test_a_live_burst_whose_channel_is_deleted_looks_for_another_home(office: Office) -> None:
    """No state is lost, and the card will say why."""
    number = placed(office, opened(office)).id
    lose_channel(office, "event:1", CHANNEL, "its channel was deleted")
    burst = stored(office, number)
    assert (burst.place, burst.place_lost) == (None, "its channel was deleted")
    assert burst.state is State.OPEN


def test_a_closed_burst_whose_channel_was_archived_by_hand_is_archived(office: Office) -> None:
    """Somebody was quicker than the grace."""
    number = placed(office, closed(office)).id
    lose_channel(office, "event:1", CHANNEL, "its channel was archived by hand")
    assert stored(office, number).state is State.ARCHIVED


def test_a_channel_that_got_another_id_is_followed(office: Office) -> None:
    """As happens when it is shared with another organisation."""
    number = placed(office, opened(office)).id
    change_channel_id(office, "event:1", CHANNEL, "C0SHARED")
    place = stored(office, number).place
    assert place is not None
    assert (place.channel, place.ours) == ("C0SHARED", True)

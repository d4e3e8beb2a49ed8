"""Events of channels and people that must change nothing, or go past somebody."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.operations.add_person import add_person
from bot.operations.attach import attach
from bot.operations.decline import decline
from bot.operations.hand_over import hand_over
from bot.operations.membership import lose_channel, note_joined, note_left, person_changed
from bot.operations.office import Office
from bot.taskforce.permissions import members
from bot.taskforce.terms import Standing, State
from tests.operations.story import (
    OWNER,
    accepted,
    by,
    closed,
    everybody_known,
    known,
    opened,
    placeless,
    stored,
)
from tests.operations.test_membership import CHANNEL, placed

WHY = "Needs to see the rule on the firewall."


def test_the_bot_takes_no_part_in_the_channel_it_made(office: Office) -> None:
    number = placed(office, opened(office)).id
    before = stored(office, number)
    note_joined(replace(office, bot_user="U01BURST"), "event:1", CHANNEL, "U01BURST")
    assert stored(office, number) == before


def test_who_takes_part_already_is_not_counted_again(office: Office) -> None:
    """An invitation of ours comes back as an event."""
    before = placed(office, opened(office))
    note_joined(office, "event:1", CHANNEL, OWNER)
    assert stored(office, before.id) == before


def test_who_took_no_part_cannot_leave(office: Office) -> None:
    before = placed(office, opened(office))
    note_left(office, "event:1", CHANNEL, "U01PASSERBY")
    assert stored(office, before.id) == before


def test_who_comes_twice_left_in_between(office: Office) -> None:
    number = placed(office, opened(office)).id
    note_joined(office, "event:1", CHANNEL, "U01NEWCOMER")
    note_left(office, "event:2", CHANNEL, "U01NEWCOMER")
    note_joined(office, "event:3", CHANNEL, "U01NEWCOMER")
    assert "U01NEWCOMER" in members(stored(office, number))


def test_an_archived_burst_stays_archived_when_its_channel_is_deleted(office: Office) -> None:
    number = placed(office, closed(office)).id
    lose_channel(office, "event:1", CHANNEL, "its channel was archived by hand")
    before = stored(office, number)
    assert before.state is State.ARCHIVED
    lose_channel(office, "event:2", CHANNEL, "its channel was deleted")
    assert stored(office, number) == before


def test_who_becomes_a_guest_keeps_the_seat(office: Office) -> None:
    """Only leaving the workspace vacates it; what a guest may do is the rights' matter."""
    before = accepted(office)
    person_changed(office, "event:1", known(office, OWNER, Standing.GUEST))
    assert stored(office, before.id) == before


def test_a_role_brings_whoever_fills_it_at_the_site(office: Office) -> None:
    burst = add_person(office, by(OWNER), accepted(office).id, "role:ris", WHY)
    (one,) = (one for one in burst.participants if one.user == "U01OSKAR")
    assert one.via == "role:ris"


@pytest.mark.parametrize("title", ["RIS/EHR_analyst", "ris/ehr-analyst"])
def test_a_role_may_be_called_by_a_local_title(office: Office, title: str) -> None:
    burst = add_person(office, by(OWNER), accepted(office).id, f"role:{title}", WHY)
    assert "role:ris" in {one.via for one in burst.participants}


def test_a_named_person_takes_part_and_the_owner_stays(office: Office) -> None:
    burst = add_person(office, by(OWNER), accepted(office).id, "U01NEWCOMER", WHY)
    assert "U01NEWCOMER" in members(burst)
    assert burst.owner == OWNER


def test_an_unknown_role_is_answered_with_the_roles_there_are(office: Office) -> None:
    number = accepted(office).id
    with pytest.raises(Refused, match=r"There is no such role; the roles are: .*pacs_admin") as refused:
        add_person(office, by(OWNER), number, "role:oracle", WHY)
    assert refused.value.code == "role"


def test_a_role_without_a_slack_user_is_refused_by_its_name(office: Office) -> None:
    """The vendor's engineers are a telephone number, not members."""
    before = accepted(office)
    with pytest.raises(Refused, match="Nobody with a Slack user is Modality vendor FSE at these sites"):
        add_person(office, by(OWNER), before.id, "role:fse", WHY)
    assert stored(office, before.id) == before


def test_a_burst_without_a_channel_moves_into_the_one_it_is_given(office: Office) -> None:
    burst = attach(office, by(OWNER), placeless(office).id, "C0SUPPLIED")
    assert burst.place is not None
    assert (burst.place.channel, burst.place.ours) == ("C0SUPPLIED", False)


def test_a_burst_with_a_channel_of_its_own_takes_no_other(office: Office) -> None:
    number = placed(office, accepted(office)).id
    with pytest.raises(Refused, match="has a channel of its own"):
        attach(office, by(OWNER), number, "C0SUPPLIED")


def test_a_channel_serves_one_burst(office: Office) -> None:
    """Otherwise nobody could tell whose log a message belongs to."""
    placed(office, opened(office))
    number = placeless(office).id
    with pytest.raises(Refused, match="belongs to another burst"):
        attach(office, by(OWNER), number, CHANNEL)
    assert stored(office, number).place is None


def test_who_was_deactivated_is_passed_over(office: Office) -> None:
    """Slack knows it before the programme file does."""
    number = opened(office).id
    expected = decline(office, by(OWNER), number, "On leave from tomorrow.").owner
    assert expected is not None

    other = opened(office).id
    everybody_known(office)
    known(office, expected, Standing.DEACTIVATED)
    burst = decline(office, by(OWNER), other, "On leave from tomorrow.")
    assert burst.owner not in {None, OWNER, expected}
    assert burst.owner_reason


def test_who_handed_over_is_a_member_still(office: Office) -> None:
    burst = hand_over(office, by(OWNER), accepted(office).id, "U01YARA", WHY)
    assert OWNER in members(burst)

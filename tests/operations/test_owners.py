"""Ownership goes to the next in line, never to nobody."""

import pytest

from bot.errors import Refused
from bot.operations.accept import accept
from bot.operations.decline import decline
from bot.operations.hand_over import hand_over
from bot.operations.membership import person_changed
from bot.operations.office import Office
from bot.taskforce.terms import EntryKind, Standing
from tests.operations.story import CLINICAL, OWNER, accepted, by, everybody_known, known, opened, stored

WHY = "I am on leave from tomorrow."


def test_who_declines_is_followed_by_the_next_in_line(office: Office) -> None:
    """And the card says why it is them."""
    burst = decline(office, by(OWNER), opened(office).id, WHY)
    assert burst.owner not in {None, OWNER, CLINICAL}
    assert burst.owner_reason
    assert burst.accepted_at is None


def test_nobody_is_asked_a_second_time(office: Office) -> None:
    """Whoever declined before is passed over, to the end of the line."""
    number = opened(office).id
    asked: list[str] = []
    with pytest.raises(Refused, match="Nobody is left in line"):  # noqa: PT012 - the last one cannot decline
        while (owner := stored(office, number).owner) is not None:
            asked.append(owner)
            decline(office, by(owner), number, WHY)
    assert len(asked) == len(set(asked)) >= 3
    assert stored(office, number).owner == asked[-1]


def test_a_suggestion_is_taken(office: Office) -> None:
    """Whoever declines often knows better."""
    burst = decline(office, by(OWNER), opened(office).id, WHY, "U01YARA")
    assert burst.owner == "U01YARA"


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
def test_only_active_full_members_can_own(office: Office, standing: Standing) -> None:
    """Guests, partners and people who have left cannot answer for a burst."""
    number = accepted(office).id
    known(office, "U01YARA", standing)
    with pytest.raises(Refused, match="cannot own"):
        hand_over(office, by(OWNER), number, "U01YARA", WHY)


def test_the_new_owner_has_to_accept(office: Office) -> None:
    """Handing over is not the end of it."""
    burst = hand_over(office, by(OWNER), accepted(office).id, "U01YARA", WHY)
    assert (burst.owner, burst.accepted_at) == ("U01YARA", None)
    assert accept(office, by("U01YARA"), burst.id).accepted_at is not None


def test_an_owner_who_is_deactivated_vacates_the_seat(office: Office) -> None:
    """Slack tells of it once; the next in line is asked."""
    number = accepted(office).id
    everybody_known(office)
    person_changed(office, "event:1", known(office, OWNER, Standing.DEACTIVATED))
    burst = stored(office, number)
    assert burst.owner not in {None, OWNER}
    with office.store.read() as unit:
        assert EntryKind.LEFT in {entry.kind for entry in unit.log.entries(number)} or burst.owner_reason


def test_the_same_event_vacates_once(office: Office) -> None:
    """Events come at least once."""
    number = accepted(office).id
    person = known(office, OWNER, Standing.DEACTIVATED)
    person_changed(office, "event:1", person)
    before = stored(office, number)
    person_changed(office, "event:1", person)
    assert stored(office, number) == before

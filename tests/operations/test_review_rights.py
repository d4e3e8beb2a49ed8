"""What guests who were let in may do, and which channels a burst can be given."""

import pytest

from bot.errors import Refused
from bot.operations.add_person import add_person
from bot.operations.attach import attach
from bot.operations.change_severity import change_severity
from bot.operations.log_message import log_message
from bot.operations.membership import note_joined
from bot.operations.office import Office
from bot.operations.post_update import post_update
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Message
from bot.taskforce.terms import EntryKind, Standing
from tests.operations.story import OWNER, accepted, by, closed, known, placeless, stored
from tests.operations.test_membership import CHANNEL, placed

GUEST = "U01GUEST"
WHERE = "https://hospital.slack.example/archives/C1/p1"


@pytest.fixture
def visited(office: Office) -> Burst:
    """A burst in whose channel there is a guest."""
    number = placed(office, accepted(office)).id
    known(office, GUEST, Standing.GUEST)
    note_joined(office, "event:1", CHANNEL, GUEST)
    return stored(office, number)


def log(office: Office, burst: Burst, kind: EntryKind) -> Burst:
    said = Message("We open port 443", WHERE, "U01JONAH", "1.2")
    return log_message(office, by(GUEST), burst.id, kind, said)


def test_a_guest_posts_updates_and_logs_facts(office: Office, visited: Burst) -> None:
    post_update(office, by(GUEST), visited.id, "The rule is on the firewall since noon.")
    assert log(office, visited, EntryKind.FACT).log_count > visited.log_count


def test_a_guest_logs_no_decision(office: Office, visited: Burst) -> None:
    with pytest.raises(Refused, match="and nothing else"):
        log(office, visited, EntryKind.DECISION)
    assert stored(office, visited.id) == visited


def test_a_guest_brings_nobody(office: Office, visited: Burst) -> None:
    with pytest.raises(Refused, match="and nothing else"):
        add_person(office, by(GUEST), visited.id, "U01NEWCOMER", "")
    assert stored(office, visited.id) == visited


def test_a_guest_raises_no_severity(office: Office, visited: Burst) -> None:
    with pytest.raises(Refused, match="and nothing else"):
        change_severity(office, by(GUEST), visited.id, 1, 1, "It is worse")
    assert stored(office, visited.id) == visited


def test_a_guest_supplies_no_channel(office: Office, visited: Burst) -> None:
    with pytest.raises(Refused, match="and nothing else"):
        attach(office, by(GUEST), visited.id, "C0SUPPLIED")
    assert stored(office, visited.id) == visited


def test_a_channel_that_is_being_made_is_waited_for(office: Office) -> None:
    before = accepted(office)
    with pytest.raises(Refused, match="is being made"):
        attach(office, by(OWNER), before.id, "C0SUPPLIED")
    assert stored(office, before.id) == before


def test_a_burst_that_is_over_needs_no_channel(office: Office) -> None:
    before = closed(office)
    with pytest.raises(Refused, match="is closed"):
        attach(office, by(OWNER), before.id, "C0SUPPLIED")
    assert stored(office, before.id) == before


def test_a_burst_that_lost_its_channel_is_given_one(office: Office) -> None:
    assert attach(office, by(OWNER), placeless(office).id, "C0SUPPLIED").place is not None

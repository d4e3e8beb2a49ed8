"""People are erased from bursts that went all the way through the operations."""

from freezegun import freeze_time

from bot.operations.erasing_person import erase_person
from bot.operations.office import Office
from bot.programme import Programme
from bot.scheduling.sweep import archive_due
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor
from bot.taskforce.personal_marks import Marks
from storage import Store
from storage.terms import IntentState
from tests.operations.proof import proven
from tests.operations.story import OWNER, TEAM, TECHNICAL, closed
from tests.storage.bursts import NOW
from tests.store_fixtures import Database

PETRA = Actor("U01PETRA", admin=True)
FAR = 9e9  # real seconds, long after anything here


def archived(office: Office) -> Burst:
    """A burst that went all the way, of which Slack has heard everything."""
    burst = closed(office)
    assert burst.archive_at is not None
    with freeze_time(burst.archive_at):
        archive_due(office)
    with office.store.write() as unit:
        for row in unit.outbox.listed([IntentState.PENDING], burst_id=burst.id, limit=999):
            unit.outbox.claim("sender", 999, FAR)
            unit.outbox.complete(row.id, row.fence + 1)
    return burst


def without(programme: Programme, user: str) -> Programme:
    """The same programme without that person."""
    people = {key: one for key, one in programme.file.people.items() if one.slack != user}
    return Programme(programme.file.model_copy(update={"people": people}))


def test_nothing_of_a_whole_life_is_left(store: Store, programme: Programme, database: Database) -> None:
    office = Office(store, lambda: programme, TEAM)
    said = ["TCP to 443", "CHG0041123", "rule is in place", "diagram at once"]
    number = archived(office).id
    kept = database.kept()
    assert [one for one in (*said, OWNER) if one.encode() not in kept] == []

    erase_person(office.store, without(programme, OWNER), OWNER, PETRA, NOW)

    kept = database.kept()
    assert [one for one in (*said, OWNER) if one.encode() in kept] == []
    assert b"Firewall rule for the viewer missing" in kept
    with office.store.read() as unit:
        assert unit.log.verify(number) == []


def test_who_wrote_nothing_leaves_a_log_from_which_everything_follows(
    office: Office, programme: Programme
) -> None:
    burst = archived(office)

    done = erase_person(office.store, without(programme, TECHNICAL), TECHNICAL, PETRA, NOW)

    assert (done.entries, done.names) == (0, 3)
    proven(office)
    with office.store.read() as unit:
        assert unit.log.verify(burst.id) == []
        after = unit.bursts.get(burst.id)
        assert [*unit.unnaming.places(Marks.of(TECHNICAL))] == []
    assert after is not None
    assert after.technical_lead == done.label

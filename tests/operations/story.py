"""A burst through the operations, one call a person: what the stories of operations begin with."""

from itertools import count

from bot import clock
from bot.operations.accept import accept
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.office import Office, Request
from bot.operations.open_burst import Intake, open_burst
from bot.operations.resolve import resolve
from bot.operations.sign_off import sign_off
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.lifecycle import lose_place
from bot.taskforce.terms import Standing
from storage.directory import Person

TEAM = "T01HOSPITAL"
RAISER, OWNER, CLINICAL, TECHNICAL = "U01PRIYA", "U01GUDRUN", "U01SASKIA", "U01WENDEL"
_KEYS = count(1)

INTAKE = Intake(
    family="network_provisioning",
    title="Firewall rule for the viewer missing",
    sites=("SBH",),
    impact=2,
    urgency=1,
    missing_allowed=True,
)
RESOLUTION = Resolution(
    fix="The rule is in place.",
    cause="information_missing",
    also=(),
    shorter="A diagram at once",
    sites_same="different",
)


def by(user: str, key: str | None = None) -> Request:
    """A delivery of this person, new unless its key is given."""
    return Request(key or f"test:{next(_KEYS)}", user, TEAM)


def opened(office: Office) -> Burst:
    """A burst of sev2 that was raised a moment ago."""
    return open_burst(office, by(RAISER), INTAKE)


def accepted(office: Office) -> Burst:
    """A burst whose owner has said yes."""
    return accept(office, by(OWNER), opened(office).id)


def resolved(office: Office) -> Burst:
    """A burst that is said to be fixed, with evidence of two kinds."""
    number = accepted(office).id
    add_evidence(
        office, by(OWNER), number, Piece("connection_transcript", "TCP to 443 works from three hosts")
    )
    add_evidence(office, by(OWNER), number, Piece("change_closed", "CHG0041123 closed with rule FW-2210"))
    return resolve(office, by(OWNER), number, RESOLUTION)


def closed(office: Office) -> Burst:
    """A burst that both co-leads have signed off."""
    number = resolved(office).id
    sign_off(office, by(CLINICAL), number)
    return sign_off(office, by(TECHNICAL), number)


def placeless(office: Office) -> Burst:
    """An accepted burst for which Slack made no channel."""
    burst = accepted(office)
    with office.store.write() as unit:
        return unit.apply(lose_place(burst, "Slack made no channel", now=clock.now()), now=clock.now())


def stored(office: Office, number: int) -> Burst:
    """The burst as it stands in the database."""
    with office.store.read() as unit:
        found = unit.bursts.get(number)
    assert found is not None
    return found


def everybody_known(office: Office) -> None:
    """Let Slack say that everybody whom the programme names is an active full member."""
    programme = office.programme()
    roster = programme.roster(INTAKE.family, tuple(programme.sites), clock.now())
    for user in sorted(roster.people()):
        known(office, user, Standing.MEMBER)


def known(office: Office, user: str, standing: Standing) -> Person:
    """Let Slack say how somebody belongs to the workspace."""
    with office.store.write() as unit:
        person = Person(user, TEAM, user.lower(), user, "Europe/London", "", "", standing, clock.now())
        unit.directory.put(person)
    return person

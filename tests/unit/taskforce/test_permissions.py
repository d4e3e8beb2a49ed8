"""Who may do what: the whole table, right by right, and the words in which a right is refused."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor, Right, allows, members, require, technical_signers
from bot.taskforce.terms import Notify, Seat, Standing
from tests.unit.taskforce.cases import (
    ADMIN,
    ANALYST,
    CLINICAL,
    EXTERNAL,
    GUEST,
    JOINER,
    LEAD,
    NOON,
    OTHER_LEAD,
    OWNER,
    RAISER,
    STEERING,
    STRANGER,
    TECHNICAL,
    accepted,
    at,
    opened,
    with_people,
)

PEOPLE = {
    "raiser": RAISER,
    "participant": JOINER,
    "owner": OWNER,
    "co-lead": CLINICAL,
    "lead": LEAD,
    "steering": STEERING,
    "admin": ADMIN,
    "stranger": STRANGER,
    "other lead": OTHER_LEAD,
    "guest": GUEST,
    "external": EXTERNAL,
}
INVOLVED = "raiser, participant, owner, co-lead, lead, steering, admin"
EVERYBODY = f"{INVOLVED}, stranger, other lead"

# Guest and external were added to the burst; the stranger and the other lead were not.
ALLOWED = {
    Right.OPEN: EVERYBODY,
    Right.READ: f"{EVERYBODY}, guest, external",
    Right.JOIN: EVERYBODY,
    Right.CONTRIBUTE: f"{INVOLVED}, guest, external",
    Right.CORRECT: "owner, co-lead, steering",
    Right.EXPAND: INVOLVED,
    Right.DECIDE: INVOLVED,
    Right.RULE: EVERYBODY,
    Right.ANSWER: "owner",
    Right.HAND_OVER: "owner, co-lead, lead, steering",
    Right.SEAT: "owner, co-lead, lead, steering",
    Right.LOWER_SEVERITY: "lead, steering",
    Right.EXTEND: "lead, steering",
    Right.PAUSE: "owner, co-lead, steering",
    Right.EXTEND_PAUSE: "co-lead, steering",
    Right.SIGN_OFF: "co-lead",
    Right.SEND_BACK: "co-lead, raiser",
    Right.CONFIRM: "raiser",
    Right.CANCEL: "owner, lead, steering",
    Right.REOPEN: "raiser, owner, co-lead, lead, steering",
    Right.KEEP_OPEN: "co-lead",
    Right.FOLLOW_UP: "owner, co-lead, lead, steering",
    Right.TAKE_UP: "lead, steering",
    Right.ADMINISTER: "admin",
}
TABLE = [(right, name, name in allowed.split(", ")) for right, allowed in ALLOWED.items() for name in PEOPLE]


@pytest.fixture
def burst() -> Burst:
    return with_people(accepted(), JOINER, GUEST, EXTERNAL)


def test_the_table_names_every_right() -> None:
    assert set(ALLOWED) == set(Right)


@pytest.mark.parametrize(("right", "name", "may"), TABLE)
def test_the_table(burst: Burst, right: Right, name: str, may: bool) -> None:
    assert allows(right, PEOPLE[name], burst) is may


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("actor", [RAISER, OWNER, CLINICAL, STEERING, ADMIN], ids=lambda actor: actor.user)
def test_a_deactivated_person_may_nothing(burst: Burst, right: Right, actor: Actor) -> None:
    assert not allows(right, replace(actor, standing=Standing.DEACTIVATED), burst)


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("actor", [GUEST, EXTERNAL], ids=["guest", "external"])
def test_a_guest_who_was_not_added_may_nothing(right: Right, actor: Actor) -> None:
    assert not allows(right, actor, accepted())


@pytest.mark.parametrize("right", [Right.DECIDE, Right.SIGN_OFF, Right.ANSWER, Right.HAND_OVER, Right.CANCEL])
def test_a_guest_in_a_seat_stays_a_guest(right: Right) -> None:
    seated = replace(accepted(), owner=GUEST.user, clinical_lead=EXTERNAL.user)
    assert not allows(right, GUEST, seated)
    assert not allows(right, EXTERNAL, seated)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("raiser", True),
        ("participant", True),
        ("owner", True),
        ("co-lead", True),
        ("lead", True),
        ("steering", True),
        ("guest", True),
        ("admin", False),
        ("stranger", False),
        ("other lead", False),
    ],
)
def test_a_private_burst_is_for_its_members_its_lead_and_the_steering_cell(name: str, may: bool) -> None:
    private = with_people(accepted(private=True), JOINER, GUEST)
    assert allows(Right.READ, PEOPLE[name], private) is may
    assert allows(Right.CONTRIBUTE, PEOPLE[name], private) is may


def test_what_a_stranger_asks_of_a_private_burst_tells_nothing() -> None:
    with pytest.raises(Refused) as refused:
        require(Right.CANCEL, STRANGER, accepted(private=True))
    assert refused.value.code == "unknown_burst"
    assert refused.value.message == "There is no such burst that you can see."


def test_the_raiser_may_cancel_until_it_is_accepted() -> None:
    assert allows(Right.CANCEL, RAISER, opened())
    assert not allows(Right.CANCEL, RAISER, accepted())
    assert not allows(Right.CANCEL, JOINER, with_people(opened(), JOINER))


def test_whoever_left_takes_part_no_more() -> None:
    burst = with_people(accepted(), JOINER)
    assert JOINER.user in members(burst)
    gone = lifecycle.leave(burst, JOINER.user, now=at(10)).after
    assert JOINER.user not in members(gone)
    assert not allows(Right.CONTRIBUTE, JOINER, gone)


def test_an_owner_who_left_the_channel_is_still_the_owner() -> None:
    gone = lifecycle.leave(accepted(), OWNER.user, now=at(10)).after
    assert allows(Right.HAND_OVER, OWNER, gone)


def test_somebody_whom_the_ladder_reached_may_act_until_the_promise_is_settled() -> None:
    duty = Actor("U_DUTY")
    burst = opened(private=True)
    assert not allows(Right.READ, duty, burst)
    escalated = lifecycle.escalate(
        burst, RAISER, "Nobody answers", {Notify.STEERING_CELL: ("U_DUTY",)}, now=at(1)
    )
    assert allows(Right.TAKE_UP, duty, escalated.after)
    assert allows(Right.CONTRIBUTE, duty, escalated.after)
    settled = lifecycle.accept(escalated.after, OWNER, now=at(2)).after
    assert not allows(Right.READ, duty, settled)


def test_rights_that_concern_no_burst() -> None:
    assert allows(Right.OPEN, STRANGER, None)
    assert not allows(Right.OPEN, GUEST, None)
    assert allows(Right.ADMINISTER, ADMIN, None)
    assert not allows(Right.ADMINISTER, STEERING, None)


@pytest.mark.parametrize(
    ("right", "actor", "words"),
    [
        (Right.ANSWER, RAISER, "Only the accountable owner"),
        (Right.CONTRIBUTE, STRANGER, "Join it first"),
        (Right.OPEN, GUEST, "Only full members"),
        (Right.JOIN, GUEST, "somebody in the burst can add you"),
        (Right.DECIDE, GUEST, "Guests and people of other organisations"),
    ],
)
def test_a_refusal_says_who_can(burst: Burst, right: Right, actor: Actor, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        require(right, actor, burst)
    assert refused.value.code == "not_allowed"


def test_a_right_that_one_has_is_not_refused(burst: Burst) -> None:
    require(Right.ANSWER, OWNER, burst)


def test_the_technical_co_lead_checks_the_fix() -> None:
    assert technical_signers(accepted()) == (TECHNICAL.user,)


def test_where_the_technical_co_lead_owns_it_another_technical_person_checks_the_fix() -> None:
    burst = accepted(technical_lead=OWNER.user)
    assert technical_signers(burst) == (ANALYST.user,)
    assert allows(Right.SIGN_OFF, ANALYST, burst)
    assert not allows(Right.SIGN_OFF, ANALYST, accepted())


def test_nobody_without_a_technical_role_checks_the_fix() -> None:
    burst = with_people(accepted(technical_lead=None, technical_roles=("pacs_admin",)), JOINER)
    assert technical_signers(burst) == ()


def test_the_clinical_co_lead_never_checks_the_fix_for_the_technical_side() -> None:
    burst = accepted(technical_lead=None, technical_roles=("lead_tech", "ris_analyst"))
    assert technical_signers(burst) == (ANALYST.user,)


def test_a_technical_person_who_left_checks_nothing() -> None:
    burst = lifecycle.leave(accepted(technical_lead=OWNER.user), ANALYST.user, now=at(9)).after
    assert technical_signers(burst) == ()


def test_a_co_lead_whose_seat_was_given_away_signs_no_more() -> None:
    burst = lifecycle.fill_seat(accepted(), OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=NOON).after
    assert allows(Right.SIGN_OFF, JOINER, burst)
    assert not allows(Right.SIGN_OFF, CLINICAL, burst)

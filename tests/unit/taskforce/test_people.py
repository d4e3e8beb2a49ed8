"""Joining, adding, leaving, and the co-leads' seats."""

from collections.abc import Callable

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Seat
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    GUEST,
    JOINER,
    OWNER,
    RAISER,
    STRANGER,
    TECHNICAL,
    archived,
    at,
    closed,
    effects,
    kinds,
    logged,
    pinged,
    resolved,
    with_people,
    working,
)


def refusal(call: Callable[[], Decision]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def present(burst: Burst) -> set[str]:
    return {person.user for person in burst.participants if person.left_at is None}


def test_somebody_joins_and_is_invited() -> None:
    decision = lifecycle.join(working(), JOINER, now=at(20))
    assert JOINER.user in present(decision.after)
    (invited,) = effects(decision, EffectKind.INVITE)
    assert invited.subject == {"user": JOINER.user}
    assert kinds(decision) == ["joined"]


def test_somebody_who_is_in_the_channel_already_is_not_invited() -> None:
    assert lifecycle.join(working(), JOINER, now=at(20), present=True).effects == ()


@pytest.mark.parametrize("actor", [GUEST, STRANGER], ids=["guest", "stranger"])
def test_whoever_was_let_into_the_channel_takes_part(actor: Actor) -> None:
    decision = lifecycle.join(working(private=True), actor, now=at(20), present=True)
    assert actor.user in present(decision.after)


@pytest.mark.parametrize(
    ("burst", "actor", "code"),
    [
        (working(), OWNER, "already_done"),
        (working(), GUEST, "unknown_burst"),
        (with_people(working(), GUEST), GUEST, "not_allowed"),
        (working(private=True), JOINER, "unknown_burst"),
        (archived(), JOINER, "wrong_state"),
    ],
)
def test_joining_is_refused(burst: Burst, actor: Actor, code: str) -> None:
    assert refusal(lambda: lifecycle.join(burst, actor, now=at(20))) == code


def test_expertise_is_pulled_in_and_ownership_does_not_move() -> None:
    decision = lifecycle.add_person(working(), RAISER, "U_NET", "role:network", "Ports", now=at(20))
    assert decision.after.owner == OWNER.user
    assert {p.user: p.via for p in decision.after.participants}["U_NET"] == "role:network"
    body = logged(decision, "added").body
    assert (body["user"], body["via"], body["reason"]) == ("U_NET", "role:network", "Ports")
    assert [effect.kind for effect in decision.effects] == [EffectKind.INVITE, EffectKind.POST_NOTICE]


@pytest.mark.parametrize(
    ("burst", "actor", "user", "code"),
    [
        (working(), RAISER, OWNER.user, "already_done"),
        (working(), STRANGER, "U_NET", "not_allowed"),
        (closed(), RAISER, "U_NET", "wrong_state"),
    ],
)
def test_adding_is_refused(burst: Burst, actor: Actor, user: str, code: str) -> None:
    assert refusal(lambda: lifecycle.add_person(burst, actor, user, "added", "", now=at(90))) == code


def test_somebody_leaves_and_comes_back() -> None:
    left = lifecycle.leave(working(), ANALYST.user, now=at(20))
    assert logged(left, "left").actor == ANALYST.user
    assert ANALYST.user not in present(left.after)
    back = lifecycle.join(left.after, ANALYST, now=at(30)).after
    assert ANALYST.user in present(back)
    assert [person.user for person in back.participants].count(ANALYST.user) == 1


def test_whoever_is_not_there_cannot_leave() -> None:
    assert refusal(lambda: lifecycle.leave(working(), "U_X", now=at(20))) == "already_done"


def test_leaving_an_archived_channel_is_nobodys_news() -> None:
    assert refusal(lambda: lifecycle.leave(archived(), OWNER.user, now=at(9999))) == "wrong_state"


def test_a_seat_is_filled_and_its_holder_takes_part() -> None:
    decision = lifecycle.fill_seat(working(), OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=at(20))
    assert decision.after.clinical_lead == JOINER.user
    assert JOINER.user in present(decision.after)
    body = logged(decision, "seated").body
    assert (body["seat"], body["from"], body["to"]) == ("clinical_lead", CLINICAL.user, JOINER.user)
    assert effects(decision, EffectKind.INVITE)
    assert pinged(decision) == {}


def test_a_holder_who_is_there_already_is_not_invited() -> None:
    decision = lifecycle.fill_seat(
        with_people(working(), JOINER), OWNER, Seat.TECHNICAL_LEAD, JOINER.user, now=at(20)
    )
    assert effects(decision, EffectKind.INVITE) == []


def test_the_owner_may_hold_the_technical_seat() -> None:
    after = lifecycle.fill_seat(working(), OWNER, Seat.TECHNICAL_LEAD, OWNER.user, now=at(20)).after
    assert after.technical_lead == OWNER.user


@pytest.mark.parametrize(
    ("burst", "actor", "seat", "user", "code"),
    [
        (working(), RAISER, Seat.CLINICAL_LEAD, JOINER.user, "not_allowed"),
        (working(), OWNER, Seat.OWNER, JOINER.user, "seat"),
        (working(), OWNER, Seat.CLINICAL_LEAD, CLINICAL.user, "already_done"),
        (working(), OWNER, Seat.CLINICAL_LEAD, OWNER.user, "owner"),
        (working(), OWNER, Seat.CLINICAL_LEAD, TECHNICAL.user, "both_seats"),
        (working(), OWNER, Seat.TECHNICAL_LEAD, CLINICAL.user, "both_seats"),
        (closed(), OWNER, Seat.TECHNICAL_LEAD, JOINER.user, "wrong_state"),
    ],
)
def test_filling_a_seat_is_refused(burst: Burst, actor: Actor, seat: Seat, user: str, code: str) -> None:
    assert refusal(lambda: lifecycle.fill_seat(burst, actor, seat, user, now=at(90))) == code


def test_a_new_technical_co_lead_of_a_resolved_burst_is_asked() -> None:
    decision = lifecycle.fill_seat(resolved(), OWNER, Seat.TECHNICAL_LEAD, JOINER.user, now=at(61))
    assert pinged(decision)[JOINER.user] == "asked"

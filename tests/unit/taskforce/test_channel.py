"""Where a burst lives, what Slack refused, and what one burst holds up."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Place
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from tests.unit.taskforce.cases import (
    OWNER,
    STRANGER,
    archived,
    at,
    closed,
    logged,
    opened,
    resolved,
    working,
)

FURNISHING = [
    EffectKind.INVITE,
    EffectKind.POST_CARD,
    EffectKind.PIN_CARD,
    EffectKind.SET_TOPIC,
    EffectKind.POST_CHECKLIST,
    EffectKind.POST_PRECEDENTS,
]
HERE = replace(working(), place=Place("C1"))


def refusal(call: Callable[[], Decision]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_the_first_channel_needs_nothing_more() -> None:
    decision = lifecycle.move_to(opened(), Place("C1"), "", now=at(1))
    assert decision.after.place == Place("C1")
    assert decision.effects == ()
    assert logged(decision, "channel").body["channel"] == "C1"


@pytest.mark.parametrize(
    "place", [Place("C9", "1.2", ours=False), Place("C9", ours=False), Place("C9", "1.2")]
)
def test_a_place_that_is_no_channel_of_its_own_says_why(place: Place) -> None:
    after = lifecycle.move_to(opened(), place, "This workspace lets nobody make channels", now=at(1)).after
    assert after.place_lost == "This workspace lets nobody make channels"


def test_a_channel_that_only_changed_its_id_is_furnished_already() -> None:
    decision = lifecycle.move_to(HERE, Place("C2"), "Slack changed the id", now=at(20))
    assert (decision.after.place, decision.effects) == (Place("C2"), ())


def test_a_place_that_somebody_supplies_is_furnished() -> None:
    waiting = lifecycle.lose_place(opened(), "restricted_action", now=at(1)).after
    decision = lifecycle.move_to(waiting, Place("C2"), "", now=at(2), furnish=True)
    assert [effect.kind for effect in decision.effects] == FURNISHING
    assert decision.after.place_lost == ""


def test_it_is_there_already() -> None:
    assert refusal(lambda: lifecycle.move_to(HERE, Place("C1"), "", now=at(20))) == "already_done"


def test_a_lost_channel_is_followed_by_another_one_furnished_once() -> None:
    lost = lifecycle.lose_place(HERE, "The channel was deleted", now=at(20))
    assert (lost.after.place, lost.after.place_lost) == (None, "The channel was deleted")
    assert [effect.kind for effect in lost.effects] == [EffectKind.OPEN_CHANNEL, *FURNISHING]
    found = lifecycle.move_to(lost.after, Place("C2"), "", now=at(21))
    assert found.effects == ()
    assert found.after.place_lost == ""


def test_a_closed_burst_gets_no_new_channel() -> None:
    decision = lifecycle.lose_place(replace(closed(), place=Place("C1")), "Deleted", now=at(99))
    assert decision.effects == ()


def test_a_channel_that_could_not_be_made_is_noted_once() -> None:
    decision = lifecycle.lose_place(opened(), "restricted_action", now=at(1))
    assert (decision.effects, decision.after.place_lost) == ((), "restricted_action")
    assert (
        refusal(lambda: lifecycle.lose_place(decision.after, "restricted_action", now=at(2)))
        == "already_done"
    )


def test_what_slack_refused_is_noted_once_and_shown() -> None:
    decision = lifecycle.note_refusal(working(), "pins.add", "restricted_action", now=at(20))
    assert decision.after.refusals == ("pins.add: restricted_action",)
    assert [effect.kind for effect in decision.effects] == [EffectKind.REFRESH_CARD]
    again = lambda: lifecycle.note_refusal(decision.after, "pins.add", "restricted_action", now=at(21))  # noqa: E731
    assert refusal(again) == "already_done"
    other = lifecycle.note_refusal(decision.after, "pins.add", "not_allowed", now=at(21))
    assert len(other.after.refusals) == 2


def test_a_refusal_at_the_end_touches_no_card() -> None:
    assert lifecycle.note_refusal(closed(), "pins.add", "no", now=at(99)).effects == ()


def test_a_burst_that_holds_up_another_one_says_so() -> None:
    decision = lifecycle.link(working(), OWNER, 77, now=at(20))
    assert logged(decision, "linked").body["blocks"] == 77
    assert [effect.kind for effect in decision.effects] == [EffectKind.POST_NOTICE]


def test_a_burst_says_at_which_other_site_its_blocker_was_raised_too() -> None:
    once = lifecycle.note_elsewhere(resolved(), OWNER, 77, now=at(70))
    assert logged(once, "linked").body["same"] == 77
    assert [effect.kind for effect in once.effects] == [EffectKind.POST_NOTICE, EffectKind.REFRESH_CARD]
    assert lifecycle.note_elsewhere(once.after, OWNER, 78, now=at(71)).after.same_at == (77, 78)


def test_an_archived_burst_says_it_in_its_log_alone() -> None:
    decision = lifecycle.note_elsewhere(archived(), OWNER, 77, now=at(9_999))
    assert (decision.effects, decision.after.same_at) == ((), (77,))


def test_whoever_may_not_see_a_private_burst_cannot_say_what_is_the_same() -> None:
    private = resolved(private=True)
    assert refusal(lambda: lifecycle.note_elsewhere(private, STRANGER, 77, now=at(70))) == "unknown_burst"


def test_a_stranger_links_nothing() -> None:
    assert refusal(lambda: lifecycle.link(working(), STRANGER, 77, now=at(20))) == "not_allowed"


def test_a_burst_holds_up_another_one_and_not_itself() -> None:
    assert refusal(lambda: lifecycle.link(working(), OWNER, 42, now=at(20))) == "itself"

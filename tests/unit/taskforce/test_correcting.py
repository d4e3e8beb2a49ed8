"""Corrections: new entries that point at old ones, which stay."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Correction
from bot.taskforce.closure import valid_sign_offs
from bot.taskforce.decision import SYSTEM, Entry
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import EntryKind
from tests.unit.taskforce.cases import (
    CLINICAL,
    GUEST,
    JOINER,
    LEAD,
    OWNER,
    RAISER,
    STEERING,
    STRANGER,
    at,
    closed,
    effects,
    resolved,
    with_people,
    working,
)

TRUE = "It began at nine, not at ten."


def test_a_correction_points_at_the_old_entry_and_is_shown() -> None:
    burst = working()

    decision = lifecycle.correct(burst, OWNER, 3, OWNER.user, f"  {TRUE}\r\n", now=at(20))

    number = burst.log_count + 1
    assert decision.entries == (Entry(EntryKind.CORRECTION, OWNER.user, at(20), {"entry": 3, "text": TRUE}),)
    assert decision.after.corrections == (Correction(3, number),)
    assert [one.subject for one in effects(decision, EffectKind.POST_NOTICE)] == [{"entry": number}]


def test_it_is_no_news() -> None:
    burst = working()

    assert lifecycle.correct(burst, OWNER, 3, OWNER.user, TRUE, now=at(20)).after.clocks == burst.clocks


def test_what_was_corrected_can_be_corrected_again() -> None:
    once = lifecycle.correct(working(), OWNER, 3, OWNER.user, "At nine", now=at(20)).after
    again = lifecycle.correct(once, CLINICAL, 3, OWNER.user, "At eight", now=at(21)).after

    assert [one.entry for one in again.corrections] == [3, 3]
    assert again.corrections[0].by < again.corrections[1].by


def test_evidence_has_its_corrected_words_and_has_to_be_signed_again() -> None:
    signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(65)).after
    piece = signed.evidence[0]

    decision = lifecycle.correct(signed, OWNER, 3, OWNER.user, "All four", worded=piece, now=at(66))

    assert [one.text for one in decision.after.evidence] == ["All four", "12 before, 0 after"]
    assert [one.kind for one in decision.entries] == [EntryKind.CORRECTION, EntryKind.SIGN_OFF_VOIDED]
    assert valid_sign_offs(decision.after) == ()


def test_evidence_that_was_withdrawn_voids_no_sign_off_when_its_words_are_corrected() -> None:
    first = resolved().evidence[0]
    gone = replace(first, number=9, withdrawn_at=at(62))
    burst = resolved().having(evidence=(*resolved().evidence, gone))
    signed = lifecycle.sign_off(burst, CLINICAL, now=at(65)).after

    after = lifecycle.correct(signed, OWNER, 3, OWNER.user, "All four", worded=gone, now=at(66)).after

    assert after.evidence[-1].text == "All four"
    assert len(valid_sign_offs(after)) == 1


def test_what_fixed_it_has_its_corrected_words_and_the_sign_off_stands() -> None:
    signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(65)).after

    decision = lifecycle.correct(signed, OWNER, 3, OWNER.user, TRUE, worded=signed.resolution, now=at(66))

    assert decision.after.resolution is not None
    assert decision.after.resolution.fix == TRUE
    assert valid_sign_offs(decision.after) == valid_sign_offs(signed)
    assert effects(decision, EffectKind.REFRESH_CARD)


@pytest.mark.parametrize("actor", [OWNER, CLINICAL, STEERING])
def test_those_who_lead_correct_what_others_wrote(actor: Actor) -> None:
    assert lifecycle.correct(working(), actor, 3, RAISER.user, TRUE, now=at(20)).entries


@pytest.mark.parametrize("actor", [JOINER, GUEST])
def test_whoever_takes_part_corrects_their_own_words(actor: Actor) -> None:
    burst = with_people(working(), JOINER, GUEST)

    assert lifecycle.correct(burst, actor, 3, actor.user, TRUE, now=at(20)).entries


@pytest.mark.parametrize(
    ("burst", "actor", "author", "text", "code"),
    [
        (working(), JOINER, RAISER.user, TRUE, "not_allowed"),
        (working(), LEAD, RAISER.user, TRUE, "not_allowed"),
        (working(), STRANGER, STRANGER.user, TRUE, "not_allowed"),
        (working(private=True), STRANGER, RAISER.user, TRUE, "unknown_burst"),
        (closed(), OWNER, OWNER.user, TRUE, "wrong_state"),
        (working(), OWNER, SYSTEM, TRUE, "not_written"),
        (working(), OWNER, OWNER.user, "  ", "empty"),
        (working(), OWNER, OWNER.user, "x" * 3001, "too_long"),
    ],
)
def test_it_is_refused(burst: Burst, actor: Actor, author: str, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        lifecycle.correct(burst, actor, 3, author, text, now=at(90))
    assert refused.value.code == code

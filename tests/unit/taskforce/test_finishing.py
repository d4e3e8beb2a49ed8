"""Evidence, resolving, the raiser's word, sign-offs, sending back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.taskforce import closure, lifecycle
from bot.taskforce.burst import Burst, ChecklistItem, Resolution
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, ClockState, Outcome, PauseReason, Seat, Severity, State
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    FIX,
    JOINER,
    LEAD,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    TECHNICAL,
    accepted,
    armed,
    at,
    closed,
    effects,
    kinds,
    logged,
    opened,
    pinged,
    proven,
    resolved,
    with_people,
    working,
)

BLOCKING = (ChecklistItem(0, "Tell privacy", "conditional:phi", blocks_closure=True),)


def refusal(call: Callable[[], Decision]) -> Refused:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


class TestEvidence:
    """Typed proof."""

    @pytest.mark.parametrize(
        ("kind", "text", "link", "file_id"),
        [
            ("header", "All five show it", None, None),
            ("queue", "12 before, 0 after", None, None),
            ("queue", "", "https://tickets.example/7", None),
            ("queue", "", None, "F1"),
            ("link", "", "https://tickets.example/7", None),
            ("link", "The ticket", "https://tickets.example/7", None),
        ],
    )
    def test_it_is_given_as_its_kind_allows(
        self, kind: str, text: str, link: str | None, file_id: str | None
    ) -> None:
        decision = lifecycle.add_evidence(
            accepted(), OWNER, kind, text, link=link, file_id=file_id, now=at(10)
        )
        (piece,) = decision.after.evidence
        assert (piece.number, piece.kind, piece.text, piece.link, piece.file_id) == (
            1,
            kind,
            text,
            link,
            file_id,
        )
        assert decision.after.state is State.WORKING
        assert [effect.kind for effect in decision.effects].count(EffectKind.POST_NOTICE) == 1

    @pytest.mark.parametrize(
        ("kind", "text", "link", "code"),
        [
            ("photo", "x", None, "evidence_kind"),
            ("header", "", None, "evidence_form"),
            ("header", "", "https://a.example", "evidence_form"),
            ("link", "x", None, "evidence_form"),
            ("queue", " ", None, "evidence_form"),
            ("queue", "x", "http://a.example", "link"),
            ("queue", "x", "https://", "link"),
            ("queue", "x", "https://a b.example", "link"),
            ("queue", "x", f"https://a.example/{'x' * 2000}", "link"),
            ("header", "x" * 3001, None, "too_long"),
        ],
    )
    def test_it_is_refused(self, kind: str, text: str, link: str | None, code: str) -> None:
        assert (
            refusal(lambda: lifecycle.add_evidence(working(), OWNER, kind, text, link=link, now=at(20))).code
            == code
        )

    def test_a_file_is_given_by_itself_by_its_link_or_in_words(self) -> None:
        files_only = working(evidence_kinds=(("shot", "Screenshot", "file"),))
        for given in (
            {"text": "", "file_id": "F1"},
            {"text": "", "link": "https://files.example/shot.png"},
            {"text": "The third picture in the channel"},
        ):
            assert lifecycle.add_evidence(files_only, OWNER, "shot", **given, now=at(20)).after.evidence
        refused = refusal(lambda: lifecycle.add_evidence(files_only, OWNER, "shot", " ", now=at(20)))
        assert refused.message == "Give the file's link (https://…), or say where it is."

    def test_an_unknown_kind_is_answered_with_the_kinds(self) -> None:
        refused = refusal(lambda: lifecycle.add_evidence(working(), OWNER, "photo", "x", now=at(20)))
        assert "`header`, `queue`, `link`" in refused.message

    def test_what_is_withdrawn_counts_no_more_and_stays_in_the_log(self) -> None:
        decision = lifecycle.withdraw_evidence(proven(), OWNER, 1, "Wrong scanner", now=at(30))
        assert closure.kinds_given(decision.after) == {"queue"}
        assert decision.after.evidence[0].withdrawn_at == at(30)
        assert logged(decision, "evidence").body["withdrawn"] is True

    @pytest.mark.parametrize(("number", "code"), [(3, "unknown_evidence"), (1, "already_done")])
    def test_what_cannot_be_withdrawn(self, number: int, code: str) -> None:
        burst = lifecycle.withdraw_evidence(proven(), OWNER, 1, "Wrong scanner", now=at(30)).after
        assert (
            refusal(lambda: lifecycle.withdraw_evidence(burst, OWNER, number, "x", now=at(31))).code == code
        )

    def test_two_kinds_are_needed_not_two_pieces(self) -> None:
        burst = working()
        for minute in (20, 21):
            burst = lifecycle.add_evidence(burst, OWNER, "header", "All five", now=at(minute)).after
        assert [kind for kind, _ in closure.missing_evidence(burst)] == ["queue", "link"]
        assert closure.missing_evidence(proven()) == ()

    def test_a_family_with_one_kind_needs_that_one(self) -> None:
        one = working(evidence_kinds=(("header", "Header dump", "text"),))
        assert closure.missing_evidence(one) == (("header", "Header dump"),)
        given = lifecycle.add_evidence(one, OWNER, "header", "All five", now=at(20)).after
        assert closure.missing_evidence(given) == ()


class TestResolving:
    """Saying that it is fixed."""

    def test_those_who_check_are_asked_and_so_is_the_raiser(self) -> None:
        decision = lifecycle.resolve(proven(), OWNER, FIX, now=at(60))
        asked = {e.subject["user"]: e.subject["ask"] for e in effects(decision, EffectKind.PING)}
        assert asked == {CLINICAL.user: "sign_off", TECHNICAL.user: "sign_off", RAISER.user: "confirm"}
        assert set(pinged(decision).values()) == {"asked"}

    @pytest.mark.parametrize(("severity", "technical"), [
        (Severity.SEV1, True), (Severity.SEV2, True), (Severity.SEV3, False), (Severity.SEV4, False),
    ])  # fmt: skip
    def test_the_technical_side_checks_the_two_highest_severities(
        self, severity: Severity, technical: bool
    ) -> None:
        decision = lifecycle.resolve(proven(severity=severity), OWNER, FIX, now=at(60))
        assert (TECHNICAL.user in pinged(decision)) is technical

    def test_its_promises_are_settled(self) -> None:
        burst = lifecycle.resolve(proven(), OWNER, FIX, now=at(60)).after
        assert (burst.state, burst.resolved_at, burst.resolved_by) == (State.RESOLVED, at(60), OWNER.user)
        assert armed(burst) == {ClockKind.SIGN_OFF: at(80)}
        states = {clock.kind: clock.state for clock in burst.clocks}
        assert (states[ClockKind.RESOLVE], states[ClockKind.UPDATE]) == (ClockState.MET, ClockState.DISARMED)

    def test_pings_about_late_promises_are_settled(self) -> None:
        burst = lifecycle.ring(proven(), 3, REACH, now=at(240)).after
        decision = lifecycle.resolve(burst, OWNER, FIX, now=at(241))
        assert {"clock": 3} in [effect.subject for effect in effects(decision, EffectKind.SETTLE_PINGS)]

    def test_what_was_said_is_kept_and_logged(self) -> None:
        said = Resolution(
            " Rule gone ", "vendor_wait", ("site_variation",), " Ask first ", "different", " Tell RCH "
        )
        decision = lifecycle.resolve(proven(), OWNER, said, now=at(60))
        assert decision.after.resolution == Resolution(
            "Rule gone", "vendor_wait", ("site_variation",), "Ask first", "different", "Tell RCH"
        )
        body = logged(decision, "resolved").body
        assert (body["fix"], body["cause"], body["also"], body["follow_up"]) == (
            "Rule gone",
            "vendor_wait",
            ["site_variation"],
            "Tell RCH",
        )

    def test_a_paused_burst_is_resolved_out_of_its_pause(self) -> None:
        burst = lifecycle.pause(
            proven(), OWNER, PauseReason.AWAITING_VENDOR, at(150), "CASE-7", now=at(30)
        ).after
        after = lifecycle.resolve(burst, CLINICAL, FIX, now=at(60)).after
        assert (after.state, after.pause) == (State.RESOLVED, None)
        assert armed(after) == {ClockKind.SIGN_OFF: at(80)}

    @pytest.mark.parametrize(
        ("burst", "actor", "said", "code"),
        [
            (proven(), RAISER, FIX, "not_allowed"),
            (proven(), LEAD, FIX, "not_allowed"),
            (opened(), OWNER, FIX, "not_accepted"),
            (working(), OWNER, FIX, "missing_evidence"),
            (resolved(), OWNER, FIX, "already_done"),
            (closed(), OWNER, FIX, "wrong_state"),
            (proven(checklist=BLOCKING), OWNER, FIX, "blocking_items"),
            (proven(clinical_lead=None), OWNER, FIX, "no_clinical_lead"),
            (proven(technical_lead=None, technical_roles=()), OWNER, FIX, "no_technical_signer"),
            (proven(), OWNER, replace(FIX, fix=" "), "empty"),
            (proven(), OWNER, replace(FIX, cause=""), "cause"),
            (proven(), OWNER, replace(FIX, also=("a", "b", "c")), "also"),
            (proven(), OWNER, replace(FIX, sites_same="maybe"), "sites_same"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, said: Resolution, code: str) -> None:
        assert refusal(lambda: lifecycle.resolve(burst, actor, said, now=at(90))).code == code

    def test_a_refusal_says_what_is_missing(self) -> None:
        burst = lifecycle.add_evidence(working(), OWNER, "header", "All five", now=at(20)).after
        message = refusal(lambda: lifecycle.resolve(burst, OWNER, FIX, now=at(30))).message
        assert "Evidence of 1 more kind is needed" in message
        assert "`queue` (Queue count)" in message
        assert "2 more kinds" in refusal(lambda: lifecycle.resolve(working(), OWNER, FIX, now=at(30))).message

    def test_a_refusal_names_the_open_items(self) -> None:
        message = refusal(
            lambda: lifecycle.resolve(proven(checklist=BLOCKING), OWNER, FIX, now=at(30))
        ).message
        assert "1. Tell privacy" in message

    def test_sev3_needs_no_technical_signer(self) -> None:
        alone = proven(severity=Severity.SEV3, technical_lead=None, technical_roles=())
        assert lifecycle.resolve(alone, OWNER, FIX, now=at(60)).after.state is State.RESOLVED


class TestTheRaisersWord:
    """Asked, never assumed."""

    def test_it_works(self) -> None:
        decision = lifecycle.confirm(resolved(), RAISER, works=True, why="", now=at(62))
        assert decision.after.raiser_answer == "works"
        assert kinds(decision) == ["confirmed"]

    def test_it_does_not_and_the_work_goes_on(self) -> None:
        decision = lifecycle.confirm(resolved(), RAISER, works=False, why="Chest still hangs", now=at(62))
        assert kinds(decision) == ["confirmed", "sent_back"]
        assert (decision.after.state, decision.after.raiser_answer) == (State.WORKING, "does_not")

    @pytest.mark.parametrize(
        ("burst", "actor", "works", "code"),
        [
            (resolved(), OWNER, True, "not_allowed"),
            (working(), RAISER, True, "wrong_state"),
            (closed(), RAISER, True, "wrong_state"),
            (resolved(), RAISER, False, "empty"),
            (
                lifecycle.confirm(resolved(), RAISER, works=True, why="", now=at(61)).after,
                RAISER,
                True,
                "already_done",
            ),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, works: bool, code: str) -> None:
        assert refusal(lambda: lifecycle.confirm(burst, actor, works=works, why="", now=at(90))).code == code

    def test_silence_is_no_yes_and_no_obstacle(self) -> None:
        assert closed().raiser_answer is None


class TestSigningOff:
    """Each co-lead for their own seat; the last one closes."""

    def test_the_first_of_two_leaves_it_open(self) -> None:
        decision = lifecycle.sign_off(resolved(), CLINICAL, now=at(65))
        assert decision.after.state is State.RESOLVED
        assert closure.awaited_seats(decision.after) == (Seat.TECHNICAL_LEAD,)
        assert logged(decision, "signed_off").body["seat"] == "clinical_lead"

    @pytest.mark.parametrize("order", [(CLINICAL, TECHNICAL), (TECHNICAL, CLINICAL)])
    def test_the_last_one_closes_it(self, order: tuple[Actor, Actor]) -> None:
        first = lifecycle.sign_off(resolved(), order[0], now=at(65)).after
        decision = lifecycle.sign_off(first, order[1], now=at(70))
        assert kinds(decision) == ["signed_off", "closed"]
        after = decision.after
        assert (after.state, after.outcome, after.closed_at, after.signed_off_at) == (
            State.CLOSED,
            Outcome.RESOLVED,
            at(70),
            at(70),
        )
        assert after.archive_at == at(70 + 24 * 60)
        assert armed(after) == {}

    def test_closing_is_one_notice_a_summary_and_settled_asks(self) -> None:
        first = lifecycle.sign_off(resolved(), CLINICAL, now=at(65)).after
        decision = lifecycle.sign_off(first, TECHNICAL, now=at(70))
        assert [effect.kind for effect in decision.effects] == [
            EffectKind.POST_NOTICE,
            EffectKind.REFRESH_CARD,
            EffectKind.SETTLE_PINGS,
            EffectKind.POST_SUMMARY,
        ]
        assert decision.effects[0].subject == {"entry": decision.after.log_count}

    def test_sev3_closes_with_the_clinical_one_alone(self) -> None:
        after = lifecycle.sign_off(resolved(severity=Severity.SEV3), CLINICAL, now=at(65)).after
        assert after.state is State.CLOSED

    def test_the_sign_off_clock_is_met_in_time(self) -> None:
        (clock,) = (clock for clock in closed().clocks if clock.kind is ClockKind.SIGN_OFF)
        assert (clock.state, clock.met_at) == (ClockState.MET, at(70))

    def test_where_the_owner_holds_the_technical_seat_somebody_else_signs(self) -> None:
        burst = resolved(technical_lead=OWNER.user)
        assert refusal(lambda: lifecycle.sign_off(burst, OWNER, now=at(65))).code == "not_your_seat"
        first = lifecycle.sign_off(burst, ANALYST, now=at(65)).after
        assert lifecycle.sign_off(first, CLINICAL, now=at(66)).after.state is State.CLOSED

    @pytest.mark.parametrize(
        ("burst", "actor", "code"),
        [
            (resolved(), OWNER, "not_allowed"),
            (resolved(), RAISER, "not_allowed"),
            (resolved(), STEERING, "not_allowed"),
            (working(), CLINICAL, "wrong_state"),
            (closed(), CLINICAL, "already_done"),
            (resolved(severity=Severity.SEV3), TECHNICAL, "not_your_seat"),
            (lifecycle.sign_off(resolved(), CLINICAL, now=at(61)).after, CLINICAL, "already_done"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, code: str) -> None:
        assert refusal(lambda: lifecycle.sign_off(burst, actor, now=at(90))).code == code

    def test_evidence_that_was_withdrawn_meanwhile_stops_it(self) -> None:
        burst = lifecycle.withdraw_evidence(resolved(), OWNER, 1, "Wrong scanner", now=at(61)).after
        assert refusal(lambda: lifecycle.sign_off(burst, CLINICAL, now=at(65))).code == "missing_evidence"

    def test_evidence_that_changes_voids_what_was_signed_and_asks_again(self) -> None:
        signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        decision = lifecycle.add_evidence(signed, OWNER, "header", "Two more", now=at(63))
        assert kinds(decision) == ["evidence", "sign_off_voided"]
        assert closure.valid_sign_offs(decision.after) == ()
        assert decision.after.sign_offs[0].voided_at == at(63)
        assert set(pinged(decision)) == {CLINICAL.user, TECHNICAL.user}
        again = lifecycle.sign_off(decision.after, CLINICAL, now=at(64)).after
        assert [sign_off.voided_at for sign_off in again.sign_offs] == [at(63), None]
        later = lifecycle.add_evidence(again, OWNER, "header", "And one", now=at(65)).after
        assert [sign_off.voided_at for sign_off in later.sign_offs] == [at(63), at(65)]

    def test_evidence_that_is_withdrawn_voids_them_too(self) -> None:
        burst = lifecycle.add_evidence(
            proven(), OWNER, "link", "", link="https://t.example", now=at(30)
        ).after
        burst = lifecycle.sign_off(
            lifecycle.resolve(burst, OWNER, FIX, now=at(60)).after, CLINICAL, now=at(61)
        ).after
        decision = lifecycle.withdraw_evidence(burst, OWNER, 1, "Wrong scanner", now=at(62))
        assert kinds(decision) == ["evidence", "sign_off_voided"]

    def test_evidence_before_any_sign_off_voids_nothing(self) -> None:
        decision = lifecycle.add_evidence(resolved(), OWNER, "header", "Two more", now=at(63))
        assert kinds(decision) == ["evidence"]

    def test_whoever_has_not_signed_in_time_is_asked_again(self) -> None:
        burst = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        (clock,) = (clock for clock in burst.clocks if clock.kind is ClockKind.SIGN_OFF)
        decision = lifecycle.ring(burst, clock.number, REACH, now=at(80))
        assert kinds(decision) == ["missed"]
        assert pinged(decision) == {TECHNICAL.user: "asked"}

    def test_an_empty_seat_that_nobody_can_sign_for_is_the_owners_to_see_to(self) -> None:
        burst = lifecycle.vacate(
            resolved(severity=Severity.SEV3), CLINICAL.user, "Gone", None, now=at(61)
        ).after
        (clock,) = (clock for clock in burst.clocks if clock.kind is ClockKind.SIGN_OFF)
        assert pinged(lifecycle.ring(burst, clock.number, REACH, now=at(80))) == {OWNER.user: "missed"}

    def test_a_new_co_lead_of_a_resolved_burst_is_asked_at_once(self) -> None:
        burst = with_people(resolved(), JOINER)
        decision = lifecycle.fill_seat(burst, OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=at(61))
        assert JOINER.user in pinged(decision)


class TestSendingBack:
    """The work goes on as if it had not been called done."""

    @pytest.mark.parametrize("actor", [CLINICAL, TECHNICAL, RAISER], ids=lambda actor: actor.user)
    def test_the_clock_resumes_where_it_stood(self, actor: Actor) -> None:
        decision = lifecycle.send_back(resolved(), actor, "Chest still hangs", now=at(100))
        burst = decision.after
        assert burst.state is State.WORKING
        assert armed(burst) == {ClockKind.RESOLVE: at(480 + 40), ClockKind.UPDATE: at(160)}
        assert (burst.resolution, burst.resolved_at, burst.resolved_by) == (None, None, None)
        assert burst.clocks[2].met_at is None
        assert logged(decision, "sent_back").body["reason"] == "Chest still hangs"

    def test_a_clock_that_was_late_stays_late(self) -> None:
        burst = lifecycle.resolve(proven(), OWNER, FIX, now=at(500)).after
        back = lifecycle.send_back(burst, CLINICAL, "No", now=at(510)).after
        assert armed(back)[ClockKind.RESOLVE] == at(490)

    def test_sign_offs_are_void(self) -> None:
        signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        decision = lifecycle.send_back(signed, TECHNICAL, "No", now=at(65))
        assert closure.valid_sign_offs(decision.after) == ()
        assert logged(decision, "sent_back").body["voided"] == ["clinical_lead"]

    def test_a_sign_off_that_was_void_keeps_its_time(self) -> None:
        signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        voided = lifecycle.add_evidence(signed, OWNER, "header", "More", now=at(63)).after
        back = lifecycle.send_back(voided, TECHNICAL, "No", now=at(65)).after
        assert [sign_off.voided_at for sign_off in back.sign_offs] == [at(63)]

    def test_the_owner_hears_of_it_and_the_asks_are_settled(self) -> None:
        decision = lifecycle.send_back(resolved(), CLINICAL, "No", now=at(65))
        assert pinged(decision) == {OWNER.user: "reminder"}
        assert effects(decision, EffectKind.SETTLE_PINGS)

    def test_it_can_be_resolved_again(self) -> None:
        back = lifecycle.send_back(resolved(), CLINICAL, "No", now=at(65)).after
        again = lifecycle.resolve(back, OWNER, FIX, now=at(70)).after
        assert (again.state, armed(again)) == (State.RESOLVED, {ClockKind.SIGN_OFF: at(90)})

    @pytest.mark.parametrize(
        ("burst", "actor", "why", "code"),
        [
            (resolved(), OWNER, "No", "not_allowed"),
            (resolved(), CLINICAL, "", "empty"),
            (working(), CLINICAL, "No", "wrong_state"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, why: str, code: str) -> None:
        assert refusal(lambda: lifecycle.send_back(burst, actor, why, now=at(90))).code == code

"""Evidence, resolving, the raiser's word, sign-offs, sending back."""

from dataclasses import replace

import pytest

from bot.taskforce import closure, lifecycle
from bot.taskforce.burst import Burst, ChecklistItem, Resolution
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, ClockState, PauseReason, Severity, State
from tests.unit.taskforce.cases import (
    CLINICAL,
    FIX,
    LEAD,
    OWNER,
    RAISER,
    REACH,
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
    working,
)
from tests.unit.taskforce.refusals import refusal

BLOCKING = (ChecklistItem(0, "Tell privacy", "conditional:phi", blocks_closure=True),)


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
            accepted(), OWNER, kind, text, link=link, files=[file_id] if file_id else [], now=at(10)
        )
        (piece,) = decision.after.evidence
        assert (piece.number, piece.kind, piece.text, piece.link, [file.id for file in piece.files]) == (
            1,
            kind,
            text,
            link,
            [file_id] if file_id else [],
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
        for text, link, file_id in (
            ("", None, "F1"),
            ("", "https://files.example/shot.png", None),
            ("The third picture in the channel", None, None),
        ):
            shown = lifecycle.add_evidence(
                files_only, OWNER, "shot", text, link=link, files=[file_id] if file_id else [], now=at(20)
            )
            assert shown.after.evidence
        refused = refusal(lambda: lifecycle.add_evidence(files_only, OWNER, "shot", " ", now=at(20)))
        assert refused.message == "Give the file itself, its link (https://…), or say where it is."

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

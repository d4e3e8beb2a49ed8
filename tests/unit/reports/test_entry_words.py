"""Every entry of the log, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.reports.entries import Body
from bot.reports.entry_words import told
from bot.reports.words import ENTRY
from bot.taskforce.burst import Correction
from bot.taskforce.decision import Detail
from bot.taskforce.forgetting import ERASED
from bot.taskforce.terms import EntryKind
from tests.slack.views.bursts import LABELS, LEAD, NOW, OPEN, OWNER, RAISER, Logged

CASES: list[tuple[EntryKind, str, dict[str, Detail], str, str]] = [
    (EntryKind.ASSIGNED, "system", {"to": None, "reason": "nobody is there"}, "Nobody could be found to own it", "nobody is there"),
    (EntryKind.DECLINED, OWNER, {"to": LEAD, "reason": "on leave"}, "Olive Owner declined; Lee Lead is asked next", "on leave"),
    (EntryKind.JOINED, RAISER, {}, "Robin Raiser joined", ""),
    (EntryKind.LEFT, RAISER, {}, "Robin Raiser left", ""),
    (EntryKind.ADDED, LEAD, {"user": OWNER, "via": "role:fse", "reason": "knows it"}, "Lee Lead added Olive Owner as Modality vendor FSE", "knows it"),
    (EntryKind.ADDED, LEAD, {"user": OWNER, "via": "added"}, "Lee Lead added Olive Owner", ""),
    (EntryKind.SEATED, LEAD, {"seat": "clinical_lead", "to": RAISER}, "Robin Raiser is now clinical co-lead", ""),
    (EntryKind.SEATED, "system", {"seat": "owner", "to": None, "reason": "deactivated"}, "The seat of accountable owner is empty", "deactivated"),
    (EntryKind.FACT, LEAD, {"text": "it began", "author": OWNER}, "Lee Lead logged a fact, from a message of Olive Owner", "it began"),
    (EntryKind.DECISION, LEAD, {"text": "go", "right": "scope", "request": 2}, "Lee Lead decided (right: scope), answering question 2", "go"),
    (EntryKind.DECISION, LEAD, {"text": "go", "right": "scope", "clinical_impact": "none"}, "Lee Lead decided (right: scope)", "go\nClinical impact: none"),
    (EntryKind.DECISION, LEAD, {"text": "it went well", "right": "go_live", "request": 1, "question": "may we?", "verdict": "approve", "option": "In June", "votes": [{"by": OWNER, "verdict": "decline", "option": ""}, {"by": RAISER, "verdict": "approve", "option": "In June"}, {"by": LEAD, "verdict": "approve", "option": "In June"}]}, "Question 1 is decided (right: go live): approved “In June” by Robin Raiser, Lee Lead; declined by Olive Owner", "may we?\n→ it went well"),
    (EntryKind.DECISION_VOTED, LEAD, {"text": "fine", "right": "go_live", "request": 1, "verdict": "approve", "option": "", "seat": LEAD}, "Lee Lead answered question 1 (right: go live): approved", "fine"),
    (EntryKind.DECISION_VOTED, LEAD, {"text": "so", "right": "go_live", "request": 1, "verdict": "defer", "seat": OWNER, "until": "2026-12-04T10:00:00+00:00"}, "Lee Lead for Olive Owner answered question 1 (right: go live): deferred until Fri 4 Dec 2026 10:00 GMT", "so"),
    (EntryKind.DECISION_DEFERRED, LEAD, {"text": "so", "right": "go_live", "request": 1, "until": "2026-12-04T10:00:00+00:00"}, "Question 1 is put off until Fri 4 Dec 2026 10:00 GMT (right: go live)", "so"),
    (EntryKind.DECISION_REQUESTED, OWNER, {"question": "may we?", "right": "go_live", "request": 1}, "Olive Owner asks for a decision (question 1, right: go live)", "may we?"),
    (EntryKind.DECISION_REQUESTED, OWNER, {"question": "may we?", "right": "scope", "request": 1, "options": ["Now", "In June"], "recommended": 2, "clinical_impact": "none", "technical_impact": "a route", "quorum": 2}, "Olive Owner asks for a decision (question 1, right: scope)", "may we?\n1. Now\n2. In June (recommended)\nClinical impact: none\nTechnical impact: a route\n2 must agree."),
    (EntryKind.EVIDENCE, OWNER, {"text": "see", "author": RAISER}, "Olive Owner logged evidence, from a message of Robin Raiser", "see"),
    (EntryKind.EVIDENCE, OWNER, {"number": 1, "kind": "queue_count", "link": "https://a.example"}, "Olive Owner added evidence 1: Exception queue counted before and after", "https://a.example"),
    (EntryKind.EVIDENCE, OWNER, {"number": 1, "kind": "gone", "withdrawn": True, "text": "wrong"}, "Olive Owner withdrew evidence 1 (gone)", "wrong"),
    (EntryKind.ACTION, OWNER, {"text": "call them"}, "Olive Owner logged an action", "call them"),
    (EntryKind.ACTION, LEAD, {"extended": 3, "kind": "decision", "right": "workstream_lead", "until": "2026-12-04T10:00:00+00:00"}, "Lee Lead extended the time for: decision, to Fri 4 Dec 2026 10:00 GMT, as workstream's lead", ""),
    (EntryKind.ASKED, LEAD, {"text": "since when?", "held": [1], "answer_by": "2026-12-04T10:00:00+00:00"}, "Lee Lead asks for more, and for an answer by Fri 4 Dec 2026 10:00 GMT; the ladder is held meanwhile", "since when?"),
    (EntryKind.ACTION, LEAD, {"extended": 3, "until": "2026-12-04T10:00:00+00:00", "reason": "vendor"}, "Lee Lead extended the time to resolve to Fri 4 Dec 2026 10:00 GMT", "vendor"),
    (EntryKind.CHECKLIST, OWNER, {"item": 1, "done": True, "note": "both ways"}, "Olive Owner did item 1 of the checklist", "C-ECHO both ways with exact AE titles\nboth ways"),
    (EntryKind.CHECKLIST, OWNER, {"item": 9, "done": False}, "Olive Owner opened again item 9 of the checklist", ""),
    (EntryKind.SEVERITY, LEAD, {"from": "sev2", "to": "sev1", "impact": 1, "urgency": 1, "reason": "worse"}, "Lee Lead changed the severity: sev2 to sev1 (impact 1, urgency 1)", "worse"),
    (EntryKind.SEVERITY, LEAD, {"from": "sev3", "to": "sev2", "impact": 1, "urgency": 2, "reason": "worse", "no_longer_extended": [{"clock": 3, "kind": "resolve", "until": "2026-12-04T10:00:00+00:00"}]}, "Lee Lead changed the severity: sev3 to sev2 (impact 1, urgency 2); no longer extended: resolution to Fri 4 Dec 2026 10:00 GMT", "worse"),
    (EntryKind.REBASED, LEAD, {"reason": "reviewed", "right": "administrator, command line", "moved": [{"clock": 3, "kind": "resolve", "from": None, "to": "2026-12-04T10:00:00+00:00"}]}, "Lee Lead gave it the programme's present policy (administrator, command line): resolution due Fri 4 Dec 2026 10:00 GMT", "reviewed"),
    (EntryKind.REBASED, LEAD, {"reason": "reviewed", "right": "administrator, command line", "moved": []}, "Lee Lead gave it the programme's present policy (administrator, command line): no clock moves", "reviewed"),
    (EntryKind.PAUSED, OWNER, {"reason": "of old", "until": "no time"}, "Olive Owner paused the clock until an unknown time", "of old"),
    (EntryKind.RESUMED, "system", {"late_seconds": 11_520}, "The clock runs again: the pause is over, told 3 h 12 min late", ""),
    (EntryKind.RESUMED, "system", {"why": "sev1"}, "The clock runs again: a sev1 never pauses", ""),
    (EntryKind.MISSED, "system", {"kind": "resolve", "late_seconds": 11_520}, "Resolution: the time was missed, told 3 h 12 min late", ""),
    (EntryKind.MISSED, "system", {"kind": "resolve", "late_seconds": 11_520, "late_because": "down", "away_from": "2026-12-04T06:00:00+00:00", "away_until": "2026-12-04T10:00:00+00:00"}, "Resolution: the time was missed, told 3 h 12 min late: the bot was down from Fri 4 Dec 2026 06:00 GMT to Fri 4 Dec 2026 10:00 GMT", ""),
    (EntryKind.MISSED, "system", {"kind": "unheard_of", "late_seconds": 1}, "Clock: the time was missed", ""),
    (EntryKind.ESCALATED, "system", {"kind": "accept", "reached": [], "late_seconds": 0}, "Escalated, but nobody could be reached (acceptance)", ""),
    (EntryKind.ESCALATED, OWNER, {"kind": "resolve", "reached": [LEAD], "late_seconds": 9999, "reason": "stuck"}, "Olive Owner escalated to Lee Lead (resolution)", "stuck"),
    (EntryKind.CONFIRMED, RAISER, {"works": False}, "Robin Raiser: it does not work for me", ""),
    (EntryKind.SIGN_OFF_VOIDED, "system", {"seat": "technical_lead", "user": OWNER}, "The evidence changed: the sign-off of Olive Owner (technical co-lead) is void", ""),
    (EntryKind.CANCELLED, OWNER, {"outcome": "duplicate", "duplicate_of": 7, "reason": "same"}, "Olive Owner ended it. Cancelled as a duplicate of BURST-7", "same"),
    (EntryKind.CANCELLED, OWNER, {"outcome": "mistake", "reason": "oops"}, "Olive Owner ended it. Cancelled, opened by mistake", "oops"),
    (EntryKind.CLOSED, OWNER, {"outcome": "withdrawn"}, "Closed. Cancelled, withdrawn", ""),
    (EntryKind.KEPT_OPEN, LEAD, {"until": "2026-12-04T10:00:00+00:00"}, "Lee Lead keeps the channel open until Fri 4 Dec 2026 10:00 GMT", ""),
    (EntryKind.ARCHIVED, "system", {"by_hand": False}, "The channel is archived", ""),
    (EntryKind.ARCHIVED, "system", {"by_hand": True}, "The channel was archived by hand", ""),
    (EntryKind.REOPENED, RAISER, {"reason": "again", "successor": 43}, "Robin Raiser reopened it as BURST-43", "again"),
    (EntryKind.REOPENED, RAISER, {"reason": "again"}, "Robin Raiser reopened it", "again"),
    (EntryKind.LINKED, OWNER, {"held_up_by": 9}, "Olive Owner linked it: BURST-9 holds it up", ""),
    (EntryKind.LINKED, OWNER, {"same": 9}, "Olive Owner raised the same blocker at another site: BURST-9", ""),
    (EntryKind.LINKED, OWNER, {"blocks": 9}, "Olive Owner linked it: it holds up BURST-9", ""),
    (EntryKind.CHANNEL, "system", {"channel": "C1", "ours": True}, "It has a channel", ""),
    (EntryKind.CHANNEL, "system", {"channel": "C1", "ours": False, "why": "restricted"}, "It lives in another channel", "restricted"),
    (EntryKind.CHANNEL, "system", {"channel": None, "why": "deleted"}, "It has no channel any more", "deleted"),
    (EntryKind.SLACK_REFUSED, "system", {"method": "pins.add", "code": "no_permission"}, "Slack refused: pins.add, no_permission", ""),
    (EntryKind.PRIVACY, LEAD, {"text": "checked"}, "Privacy · Lee Lead", "checked"),
    (EntryKind.CORRECTION, LEAD, {"entry": 3, "text": "It began at nine"}, "Lee Lead corrected entry 3", "It began at nine"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "actor", "body", "headline", "text"), CASES)
def test_an_entry_in_words(
    kind: EntryKind, actor: str, body: dict[str, Detail], headline: str, text: str
) -> None:
    words = told(OPEN, Logged(1, kind, actor, NOW, body), LABELS)
    assert (words.headline, words.text) == (headline, text)


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_has_words_even_without_details(kind: EntryKind) -> None:
    assert told(OPEN, Logged(1, kind, OWNER, NOW, {}), LABELS).headline
    erased = told(OPEN, Logged(1, kind, OWNER, NOW, None), LABELS)
    assert (erased.headline, erased.text) == (ENTRY[kind], ERASED)


def test_what_was_corrected_says_by_which_entry() -> None:
    burst = replace(OPEN, corrections=(Correction(3, 5), Correction(3, 9), Correction(4, 6)))
    said: dict[str, Detail] = {"text": "It began at ten"}

    third = told(burst, Logged(3, EntryKind.FACT, OWNER, NOW, said), LABELS)
    erased = told(burst, Logged(4, EntryKind.FACT, OWNER, NOW, None), LABELS)

    assert (third.headline, third.text) == (
        "Olive Owner logged a fact (corrected by entry 9)",
        "It began at ten",
    )
    assert (erased.headline, erased.text) == ("Fact (corrected by entry 6)", ERASED)


def test_what_is_said_at_its_time_is_not_called_late() -> None:
    body: dict[str, Detail] = {
        "kind": "accept",
        "percent": 50,
        "late_seconds": int(timedelta(minutes=2).total_seconds()),
    }
    assert told(OPEN, Logged(1, EntryKind.WARNED, "system", NOW, body), LABELS).headline == (
        "Acceptance: 50% of the time is used"
    )


def test_details_of_another_type_read_as_empty() -> None:
    body = Body({"text": 1, "number": True, "texts": "no list", "at": "2026-12-04T10:00:00", "yes": 1})
    assert body.text("text") == ""
    assert body.number("number") is None
    assert body.texts("texts") == ()
    assert body.moment("at") is None
    assert not body.is_set("yes")

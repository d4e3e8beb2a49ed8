"""Everything that a person can try with a burst, for tests that try everything in any order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Ballot, Candidate, Message, Proposal
from bot.taskforce.permissions import Actor, Right
from bot.taskforce.terms import EntryKind, Outcome, PauseReason, Seat, Severity, Verdict
from tests.unit.taskforce.cases import (
    ADMIN,
    ANALYST,
    CLINICAL,
    EXTERNAL,
    FIX,
    GUEST,
    JOINER,
    LEAD,
    OTHER_LEAD,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    STRANGER,
    TECHNICAL,
    policy,
)

NEXT = Actor("U_NEXT")
DUTY = Actor("U_DUTY")
PEOPLE = (
    RAISER, OWNER, CLINICAL, TECHNICAL, ANALYST, JOINER, STRANGER, LEAD, OTHER_LEAD, STEERING, ADMIN,
    GUEST, EXTERNAL, NEXT, DUTY,
)  # fmt: skip
# Two must agree; a stand-in for one of them is somebody else of the burst.
HELD = Holders({STEERING.user: None, LEAD.user: OWNER.user}, quorum=2)
USERS = tuple(person.user for person in PEOPLE)
SAID = Message("It began on Monday morning.", "", "U", "1")
WORDS = ("The vendor has found the rule.", "The rule is gone at NGH now.", "ok", "")
OFFICE_HOURS = [[["08:00", "17:00"]]] * 5 + [[], []]
MILESTONE = {"stages": ["go_live"], "warn_before": ["2bd", "5h"]}
POLICIES = {
    Severity.SEV1: policy(
        Severity.SEV1, accept="10m", resolve="4h", update_every="30m", workaround="1h", milestone=MILESTONE
    ),
    Severity.SEV2: policy(Severity.SEV2, workaround="4h", milestone=MILESTONE),
    # Its sites are an ocean apart, so that its clocks run on several calendars.
    Severity.SEV3: policy(
        Severity.SEV3,
        calendar="business",
        calendars={
            "business": {"zone": "Europe/London", "week": OFFICE_HOURS, "holidays": []},
            "business at HVM": {"zone": "America/New_York", "week": OFFICE_HOURS, "holidays": []},
        },
        elsewhere={"business": ["business at HVM"]},
        accept="4h",
        resolve="3bd",
        update_every="1bd",
        milestone=MILESTONE,
    ),
}

Item = TypeVar("Item")


@dataclass(slots=True)
class Attempt:
    """One try: on which burst, by whom, when; ``numbers`` decide everything that can be chosen."""

    burst: Burst
    actor: Actor
    now: datetime
    numbers: Sequence[int]
    chosen: int = 0

    def pick(self, options: Sequence[Item]) -> Item:
        """The next choice among ``options``."""
        number = self.numbers[self.chosen % len(self.numbers)]
        self.chosen += 1
        return options[number % len(options)]

    def later(self, *minutes: int) -> datetime:
        """A moment ahead, by one of these."""
        return self.now + timedelta(minutes=self.pick(minutes))


def _change_severity(t: Attempt) -> Decision:
    severity = t.pick(list(POLICIES))
    impact, new = t.pick((1, 2, 3)), POLICIES[severity]
    return lifecycle.change_severity(t.burst, t.actor, impact, 2, severity, new, "So", now=t.now)


def _pause(t: Attempt) -> Decision:
    reason = PauseReason.AWAITING_REQUESTER
    return lifecycle.pause(t.burst, t.actor, reason, t.later(60, 600, 0, 20_000), "", now=t.now)


def _post_update(t: Attempt) -> Decision:
    workaround = t.pick((None, "none", "full"))
    return lifecycle.post_update(t.burst, t.actor, t.pick(WORDS), workaround=workaround, now=t.now)


def _answer_request(t: Attempt) -> Decision:
    verdict = t.pick(list(Verdict))
    ballot = Ballot(verdict, "So", t.pick((None, 1, 2, 3)), t.later(60, 600, 0))
    return lifecycle.answer_request(t.burst, t.actor, t.pick((1, 2)), ballot, holders=HELD, now=t.now)


def _request_decision(t: Attempt) -> Decision:
    right, options = t.pick(("scope", "go_live")), t.pick(("", "Leave it out\nWait", "One"))
    proposal = Proposal(t.pick(WORDS), options, t.pick(("", "1", "x")), "None", t.pick(("None", "")))
    return lifecycle.request_decision(t.burst, t.actor, proposal, right, holders=HELD, now=t.now)


def _log_message(t: Attempt) -> Decision:
    return lifecycle.log_message(t.burst, t.actor, t.pick(list(EntryKind)), SAID, now=t.now)


def _tick(t: Attempt) -> Decision:
    return lifecycle.tick(t.burst, t.actor, t.pick((1, 2)), done=t.pick((True, False)), note="", now=t.now)


def _cancel(t: Attempt) -> Decision:
    return lifecycle.cancel(
        t.burst, t.actor, t.pick(list(Outcome)), "Why", t.pick((None, 7, t.burst.id)), now=t.now
    )


def _resolve(t: Attempt) -> Decision:
    # Of somebody who tries nothing here: whoever's action it is may report it without any other right.
    to_do = FollowUp(1, "Tell the vendor", "U_ELSEWHERE", t.later(60, 3000, 20_000))
    return lifecycle.resolve(t.burst, t.actor, FIX, t.pick(((), (to_do, to_do))), now=t.now)


# By verb: the right that it needs, and how it is tried.
VERBS: dict[str, tuple[Right, Callable[[Attempt], Decision]]] = {
    "accept": (Right.ANSWER, lambda t: lifecycle.accept(t.burst, t.actor, now=t.now)),
    "decline": (
        Right.ANSWER,
        lambda t: lifecycle.decline(t.burst, t.actor, t.pick(WORDS), Candidate(t.pick(USERS)), now=t.now),
    ),
    "hand_over": (
        Right.HAND_OVER,
        lambda t: lifecycle.hand_over(t.burst, t.actor, Candidate(t.pick(USERS)), "", now=t.now),
    ),
    "post_update": (Right.CONTRIBUTE, _post_update),
    "log_decision": (
        Right.DECIDE,
        lambda t: lifecycle.log_decision(t.burst, t.actor, Proposal(t.pick(WORDS)), now=t.now),
    ),
    "request_decision": (Right.DECIDE, _request_decision),
    "answer_request": (Right.RULE, _answer_request),
    "add_evidence": (
        Right.CONTRIBUTE,
        lambda t: lifecycle.add_evidence(
            t.burst, t.actor, t.pick(("header", "queue", "photo")), "All", now=t.now
        ),
    ),
    "withdraw_evidence": (
        Right.CONTRIBUTE,
        lambda t: lifecycle.withdraw_evidence(t.burst, t.actor, t.pick((1, 2, 3)), "Wrong", now=t.now),
    ),
    "tick": (Right.CONTRIBUTE, _tick),
    "note": (
        Right.CONTRIBUTE,
        lambda t: lifecycle.note(t.burst, t.actor, t.pick(list(EntryKind)), t.pick(WORDS), now=t.now),
    ),
    "log_message": (Right.CONTRIBUTE, _log_message),
    "correct": (
        Right.CORRECT,
        lambda t: lifecycle.correct(
            t.burst,
            t.actor,
            t.pick((1, 2)),
            "U_GONE",
            t.pick(WORDS),
            worded=t.pick((None, t.burst.resolution, *t.burst.evidence)),
            now=t.now,
        ),
    ),
    "join": (Right.JOIN, lambda t: lifecycle.join(t.burst, t.actor, now=t.now)),
    "add_person": (
        Right.CONTRIBUTE,
        lambda t: lifecycle.add_person(
            t.burst, t.actor, t.pick(USERS), t.pick(("added", "role:ris_analyst")), "", now=t.now
        ),
    ),
    "fill_seat": (
        Right.SEAT,
        lambda t: lifecycle.fill_seat(t.burst, t.actor, t.pick(list(Seat)), t.pick(USERS), now=t.now),
    ),
    "change_severity": (Right.CONTRIBUTE, _change_severity),
    "pause": (Right.PAUSE, _pause),
    "resume": (Right.PAUSE, lambda t: lifecycle.resume(t.burst, t.actor, now=t.now)),
    "escalate": (Right.CONTRIBUTE, lambda t: lifecycle.escalate(t.burst, t.actor, "Help", REACH, now=t.now)),
    "take_up": (Right.TAKE_UP, lambda t: lifecycle.take_up(t.burst, t.actor, now=t.now)),
    "extend": (
        Right.EXTEND,
        lambda t: lifecycle.extend(
            t.burst,
            t.actor,
            t.later(600, 10_000, 0),
            "More",
            clock_number=t.pick((None, 1, 2, 3, 4, 5)),
            now=t.now,
        ),
    ),
    "ask_for_more": (
        Right.TAKE_UP,
        lambda t: lifecycle.ask_for_more(t.burst, t.actor, t.pick(WORDS), now=t.now),
    ),
    "resolve": (Right.PAUSE, _resolve),
    "confirm": (
        Right.CONFIRM,
        lambda t: lifecycle.confirm(t.burst, t.actor, works=t.pick((True, False)), why="Hangs", now=t.now),
    ),
    "sign_off": (Right.SIGN_OFF, lambda t: lifecycle.sign_off(t.burst, t.actor, now=t.now)),
    "send_back": (Right.SEND_BACK, lambda t: lifecycle.send_back(t.burst, t.actor, "No", now=t.now)),
    "cancel": (Right.CANCEL, _cancel),
    "finish_follow_up": (
        Right.FOLLOW_UP,
        lambda t: lifecycle.finish_follow_up(t.burst, t.actor, t.pick((1, 2, 3)), now=t.now),
    ),
    "keep_open": (Right.KEEP_OPEN, lambda t: lifecycle.keep_open(t.burst, t.actor, now=t.now)),
    "reopen": (Right.REOPEN, lambda t: lifecycle.reopen(t.burst, t.actor, "Back", now=t.now)),
    "note_reopened": (
        Right.REOPEN,
        lambda t: lifecycle.note_reopened(t.burst, t.actor, "Back", 77, now=t.now),
    ),
    "link": (Right.CONTRIBUTE, lambda t: lifecycle.link(t.burst, t.actor, 7, now=t.now)),
}

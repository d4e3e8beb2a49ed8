"""People's acts, done to the bot by the operations that its handlers call."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import count

from bot.errors import Refused
from bot.operations.accept import accept
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.cancel import cancel
from bot.operations.change_severity import change_severity
from bot.operations.confirm import confirm
from bot.operations.cover import cover
from bot.operations.decide import decide
from bot.operations.decline import decline
from bot.operations.escalate import escalate
from bot.operations.hand_over import hand_over
from bot.operations.office import Office, Request, programme_at
from bot.operations.open_burst import Intake, open_burst
from bot.operations.pause import pause
from bot.operations.post_update import post_update
from bot.operations.reopen import reopen
from bot.operations.resolve import resolve
from bot.operations.resume import resume
from bot.operations.save_checklist import Saved, save_checklist
from bot.operations.send_back import send_back
from bot.operations.sign_off import sign_off
from bot.operations.take_up import take_up
from bot.programme import Programme
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.lifecycle import Proposal
from bot.taskforce.permissions import technical_signers
from bot.taskforce.terms import Notify, Outcome, PauseReason
from tests.quarter.acts import Act
from tests.quarter.happenings import Happening, could_not, did

TEAM = "T01QUARTER"
WHY = "So that it goes on."
FIX = Resolution("The rule is in place.", "information_missing", (), "", "not_checked")
Verb = Callable[[Office, Request, Burst, Act], object]
_KEYS = count(1)


def done(office: Office, act: Act) -> Happening:
    """Do it now, which is the time of the act; what came of it."""
    try:
        who = _do(office, act)
    except Refused:
        who = None
    what = could_not(act.verb, act.who) if who is None else did(act.verb, who)
    return Happening(act.burst, act.at, what, act.at)


def _do(office: Office, act: Act) -> str | None:
    """Who did it; None when nobody was there to. Raises ``Refused``."""
    if act.verb == "open":
        return _open(office, act)
    if act.verb == "cover":
        cover(office, _by(act.who), act.who, act.told["by"], f"{act.told['hours']}h")
        return act.who
    with office.store.read() as unit:
        burst = unit.bursts.get(act.burst)
        programme = programme_at(unit, office, act.at)
    if burst is None:
        raise LookupError(f"BURST-{act.burst} was never opened")
    user = _user(programme, burst, act.who, act.at)
    if user is not None:
        VERBS[act.verb](office, _by(user), burst, act)
    return user


def _by(user: str) -> Request:
    return Request(f"quarter:{next(_KEYS)}", user, TEAM)


def _open(office: Office, act: Act) -> str:
    told = act.told["intake"]
    intake = Intake(
        family=told.family,
        title=f"Blocker number {act.burst}",
        sites=told.sites,
        impact=told.impact,
        urgency=told.urgency,
        stage=told.stage,
        needed_on=told.needed_on,
        workaround=told.workaround,
        missing_allowed=True,
    )
    burst = open_burst(office, _by(act.who), intake)
    if burst.id != act.burst:
        raise LookupError(f"{burst.key} should be number {act.burst}")
    return act.who


def _severity(office: Office, by: Request, burst: Burst, act: Act) -> None:
    impact, urgency = act.told["level"]
    change_severity(office, by, burst.id, impact, urgency, WHY)


def _evidence(office: Office, by: Request, burst: Burst, act: Act) -> None:
    kind, _label, accepted = burst.evidence_kinds[act.told["kind"]]
    number = act.told["text"].rpartition(" ")[2]
    link = f"https://core.example/{burst.id}/{number}" if accepted == "link" else None
    add_evidence(office, by, burst.id, Piece(kind, act.told["text"], link))


def _user(programme: Programme, burst: Burst, who: str, at: datetime) -> str | None:
    """Whom the act means: a part in the burst, a person's key in the file, or a Slack user."""
    seats = {
        "owner": burst.owner,
        "clinical": burst.clinical_lead,
        "technical": burst.technical_lead,
        "raiser": burst.raiser,
    }
    posts = {
        "lead": Notify.WORKSTREAM_LEAD,
        "duty": Notify.STEERING_DUTY,
        "deputy": Notify.DEPUTY,
    }
    if who in seats:
        return seats[who]
    if who in posts:
        return next(iter(programme.reach(burst, at)[posts[who]]), None)
    if who == "checker":
        return next(iter(technical_signers(burst)), None)
    return programme.people.user(who) or who


VERBS: Mapping[str, Verb] = {
    "accept": lambda office, by, burst, _act: accept(office, by, burst.id),
    "decline": lambda office, by, burst, _act: decline(office, by, burst.id, WHY),
    "hand_over": lambda office, by, burst, act: hand_over(office, by, burst.id, act.told["to"], WHY),
    "intake": lambda office, by, burst, _act: save_checklist(office, by, burst.id, Saved({1: True})),
    "update": lambda office, by, burst, act: post_update(
        office, by, burst.id, act.told["text"], act.told["workaround"]
    ),
    "decide": lambda office, by, burst, act: decide(office, by, burst.id, Proposal(act.told["text"])),
    "evidence": _evidence,
    "pause": lambda office, by, burst, act: pause(
        office, by, burst.id, PauseReason.AWAITING_REQUESTER, act.told["until"], ""
    ),
    "resume": lambda office, by, burst, _act: resume(office, by, burst.id),
    "severity": _severity,
    "escalate": lambda office, by, burst, _act: escalate(office, by, burst.id, WHY),
    "take_up": lambda office, by, burst, _act: take_up(office, by, burst.id),
    "resolve": lambda office, by, burst, _act: resolve(office, by, burst.id, FIX),
    "sign_off": lambda office, by, burst, _act: sign_off(office, by, burst.id),
    "confirm": lambda office, by, burst, _act: confirm(office, by, burst.id, works=True),
    "send_back": lambda office, by, burst, _act: send_back(office, by, burst.id, WHY),
    "cancel": lambda office, by, burst, _act: cancel(office, by, burst.id, Outcome.WITHDRAWN, WHY),
    "reopen": lambda office, by, burst, _act: reopen(office, by, burst.id, WHY),
}

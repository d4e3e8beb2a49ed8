"""The card: the first, pinned message of a burst's channel, and what it and the topic say at a glance."""

from collections.abc import Sequence
from datetime import datetime

from bot.reports.durations import site_zone
from bot.reports.extensions import extended_lines
from bot.reports.labels import Fact, Labels
from bot.reports.words import RAISER_ANSWER, SEAT, STATE, WORKAROUND
from bot.slack.views.card_buttons import card_buttons
from bot.slack.views.fit import fitted
from bot.slack.views.parts import (
    BlockDict,
    Rendered,
    actions,
    code,
    context,
    escape,
    escaped,
    fields,
    header,
    inline,
    one_line,
    person,
    section,
)
from bot.slack.views.questions import votes_words
from bot.slack.views.standing import (
    checklist_count,
    clock_lines,
    headline,
    impact_words,
    named,
    owner_words,
    running_clocks,
    seat_words,
    severity_words,
    sites_words,
    state_words,
)
from bot.slack.views.time_taken import time_taken
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst, DecisionRequest, SignOff
from bot.taskforce.terms import ClockKind, State

_IMPACT_LIMIT = 1000
_MOST_CLOCKS = 8
_MOST_QUESTIONS = 4


def topic(burst: Burst) -> str:
    """The channel's topic, plain text: key, severity, and where the rest stands; never the title.

    Nothing in it moves but the severity: each topic is a call, and a line in the channel that says nothing else.
    """
    return f"{named(burst)} · {burst.severity} · state, owner and clocks are on its card"


def card(burst: Burst, labels: Labels, *, now: datetime) -> Rendered:
    """The whole burst at a glance, with the buttons that fit its state."""
    return Rendered(text=_notification(burst), blocks=[*overview(burst, labels, now=now), *_buttons(burst)])


def overview(
    burst: Burst, labels: Labels, *, now: datetime, below: Sequence[BlockDict] = ()
) -> list[BlockDict]:
    """The card without its buttons, as ``/burst status`` shows it too, which has more ``below``."""
    blocks = [
        header(headline(burst)),
        *fields(_standing(burst, labels)),
        *fields(_people(burst)),
        *_clocks(burst, now),
        section(impact_words(burst, _IMPACT_LIMIT)),
        *_verification(burst),
        *_facts(burst, labels),
        *_notes(burst, labels),
        *below,
    ]
    return fitted(blocks, burst, reserve=4)


def _notification(burst: Burst) -> str:
    return f"{named(burst)} · {burst.severity} · {STATE[burst.state]}"


def _standing(burst: Burst, labels: Labels) -> list[tuple[str, str]]:
    pairs = [
        ("Severity", severity_words(burst, labels)),
        ("State", state_words(burst)),
        ("Site", sites_words(burst, labels)),
        ("Family", inline(burst.family_label, 100)),
        ("Stage", inline(labels.stage(burst.stage), 100)),
        ("Workaround", WORKAROUND.get(burst.workaround, inline(burst.workaround))),
    ]
    if burst.needed_on is not None:
        pairs.append(("Needed by", f"{burst.needed_on:%a} {burst.needed_on.day} {burst.needed_on:%b %Y}"))
    return pairs


def _people(burst: Burst) -> list[tuple[str, str]]:
    return [
        ("Accountable owner", owner_words(burst)),
        ("Clinical co-lead", seat_words(burst.clinical_lead)),
        ("Technical co-lead", seat_words(burst.technical_lead)),
    ]


def _clocks(burst: Burst, now: datetime) -> list[BlockDict]:
    # When a pause ends, the state says already.
    shown = [clock for clock in running_clocks(burst) if clock.kind is not ClockKind.PAUSE]
    lines = clock_lines(burst, shown[:_MOST_CLOCKS], now)
    lines += time_taken(burst, now)
    lines += extended_lines(burst)
    if burst.taken_up_by is not None:
        lines.append(f"Taken up by {person(burst.taken_up_by)}")
    lines += [
        f"Asked for more by {person(one.asked_by)}: {inline(one.question, 200)}"
        f" · answer by {moment(one.answer_by, site_zone(burst))}"
        for one in burst.enquiries
        if one.answered_at is None
    ][:_MOST_QUESTIONS]
    lines += [
        f"*Decision {request.number}* · asked by {person(request.asked_by)}: {inline(request.question, 200)}{_votes(request)}"
        for request in burst.requests
        if request.answered_at is None
    ][:_MOST_QUESTIONS]
    return [section("\n".join(lines))] if lines else []


def _votes(request: DecisionRequest) -> str:
    return f"\n↳ {request.quorum} must agree{votes_words(request)}" if request.votes else ""


def _facts(burst: Burst, labels: Labels) -> list[BlockDict]:
    return fields([(fact.question, _told(fact)) for fact in labels.diagnosed(burst)])


def _told(fact: Fact) -> str:
    """The answer to the letter, and what it tells."""
    return "\n".join((code(fact.answer), *(f"↳ {inline(note, 250)}" for note in fact.notes)))


def _verification(burst: Burst) -> list[BlockDict]:
    lines: list[str] = []
    if burst.evidence:
        standing = [piece for piece in burst.evidence if piece.withdrawn_at is None]
        kinds = len({piece.kind for piece in standing})
        lines.append(f"*Evidence* · {len(standing)} pieces of {kinds} kinds")
    if burst.resolution is not None:
        lines.append(f"*Fix* · {escaped(one_line(burst.resolution.fix), 600)}")
    if burst.state is State.RESOLVED:
        lines.append(f"*Raiser* · {_raiser_answer(burst)}")
    lines += [_signed(burst, sign_off) for sign_off in burst.sign_offs if sign_off.voided_at is None]
    return [section("\n".join(lines))] if lines else []


def _raiser_answer(burst: Burst) -> str:
    return "no answer yet" if burst.raiser_answer is None else RAISER_ANSWER[burst.raiser_answer]


def _signed(burst: Burst, sign_off: SignOff) -> str:
    when = moment(sign_off.signed_at, site_zone(burst))
    return f"*Signed off* · {SEAT[sign_off.seat]} {person(sign_off.user)}, {when}"


def _notes(burst: Burst, labels: Labels) -> list[BlockDict]:
    notes = [f"Checklist {checklist_count(burst)}"] if burst.checklist else []
    notes += [f"{inline(labels.role(c.role), 80)}: {inline(c.text, 200)}" for c in burst.contacts]
    if burst.raised_from:
        notes.append(f"Raised from <{escape(burst.raised_from)}|a message>")
    if burst.reopened_from is not None:
        notes.append(f"Reopened from BURST-{burst.reopened_from}")
    if burst.same_as is not None:
        notes.append(f"The same as BURST-{burst.same_as}, at another site")
    if burst.same_at:
        notes.append(f"The same at other sites: {', '.join(f'BURST-{other}' for other in burst.same_at)}")
    if burst.place_lost:
        notes.append(inline(burst.place_lost, 300))
    if burst.refusals:
        notes.append(f"Slack refused: {inline('; '.join(burst.refusals), 500)}")
    if burst.archive_at is not None and burst.state is State.CLOSED:
        notes.append(f"The channel is archived {moment(burst.archive_at, site_zone(burst))}")
    return [context("\n".join(notes))] if notes else []


def _buttons(burst: Burst) -> list[BlockDict]:
    return [row for buttons in card_buttons(burst) for row in actions(buttons)]

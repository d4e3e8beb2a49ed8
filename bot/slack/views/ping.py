"""Pings: what one person gets as a DM, and what such a message becomes when it is settled."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.reports.durations import lasting, site_zone
from bot.reports.labels import Labels
from bot.reports.words import CLOCK, SEAT
from bot.slack.ids import Action
from bot.slack.views.away import away
from bot.slack.views.follow_up import follow_up_ping
from bot.slack.views.ladder_words import answer_time, clock_of
from bot.slack.views.parts import BlockDict, Rendered, context, inline, person, quote, section
from bot.slack.views.ping_parts import KEEPS, Subject, about, message, question_of
from bot.slack.views.proof import fix
from bot.slack.views.questions import question_words
from bot.slack.views.standing import clock_name, intake_item, kept_words, named
from bot.slack.views.step_ping import step_ping
from bot.slack.views.times import brief_time, moment, until
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.durations import Duration
from bot.taskforce.lifecycle.enquiries import ASK as MORE
from bot.taskforce.lifecycle.privacy import ASK as PRIVACY
from bot.taskforce.lifecycle.privacy import message_of
from bot.taskforce.lifecycle.staffing import empty_seats
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ENDED, ClockKind, ClockState, Rank, Seat, State

_PAIRED = {Seat.CLINICAL_LEAD: "clinical", Seat.TECHNICAL_LEAD: "technical"}


def ping(
    burst: Burst, subject: Subject, labels: Labels, *, now: datetime, reader: Actor | None = None
) -> Rendered:
    """The message of one ping; ``subject`` is the effect's: user, rank, and a clock, a step or what is asked.

    ``reader`` is who gets it, with their rights; without one, somebody who has none but by the burst itself.
    One that comes late because of an outage says so below its first words.
    """
    told = _worded(burst, subject, labels, reader or Actor(str(subject.get("user"))), now)
    return replace(told, blocks=[*told.blocks[:1], *away(burst, subject), *told.blocks[1:]])


def _worded(burst: Burst, subject: Subject, labels: Labels, reader: Actor, now: datetime) -> Rendered:
    clock = clock_of(burst, subject.get("clock"))
    if clock is not None and clock.kind is ClockKind.FOLLOW_UP:
        return follow_up_ping(burst, clock, labels, reader.user, now=now)
    match subject.get("rank"):
        case Rank.ASSIGNED:
            return _assigned(burst, clock, labels, now)
        case Rank.ASKED:
            return _asked(burst, subject, labels)
        case Rank.STEP:
            return step_ping(burst, subject, labels, reader, now=now)
        case _:
            return _due(burst, clock, labels, now)


def _assigned(burst: Burst, clock: ResponseClock | None, labels: Labels, now: datetime) -> Rendered:
    own = f"You are the accountable owner of {named(burst)}."
    text, shown = own, own
    if clock is not None and burst.accepted_at is None:
        late = now >= clock.due_at
        by = "Acceptance was due" if late else "Accept by"
        end = f"({until(clock.due_at, now)})" if late else f"({_length(burst, clock)})"
        text = f"{own} {by} {brief_time(clock.due_at, now, site_zone(burst))} {end}."
        shown = f"{own} {by} {moment(clock.due_at, site_zone(burst))} {end}."
    why = [context(f"Why you: {inline(burst.owner_reason, 200)}")] if burst.owner_reason else []
    return message(burst, labels, text, shown, (Action.ACCEPT, Action.DECLINE), more=why)


def _length(burst: Burst, clock: ResponseClock) -> str:
    """How long the promise is; as working time where nights or weekends make it longer by the clock on the wall."""
    promised = Duration.parse(clock.promise)
    if promised.elapsed_for is None:
        return inline(promised.words)
    through = clocks.clock_calendar(burst, clock).add(clock.armed_at, promised)
    stands_still = through - clock.armed_at > promised.elapsed_for
    return lasting(promised.elapsed_for) + (" of working time" if stands_still else "")


def _due(burst: Burst, clock: ResponseClock | None, labels: Labels, now: datetime) -> Rendered:
    """A reminder before a clock is due, or the word that it was missed."""
    if clock is None:
        return message(burst, labels, f"{named(burst)} needs you.", f"{named(burst)} needs you.", ())
    if clock.kind is ClockKind.PAUSE:
        return _runs_again(burst, labels, now)
    name = clock_name(burst, clock)
    late = now >= clock.due_at
    brief = brief_time(clock.due_at, now, site_zone(burst))
    shown = moment(clock.due_at, site_zone(burst))
    if late:
        words = f"{named(burst)} · {name} was due {{}}, {lasting(now - clock.due_at)} late."
    else:
        words = f"{named(burst)} · {name} is due {{}}, {until(clock.due_at, now)}."
    if clock.kind is ClockKind.STAFFING:
        return _short_of_people(burst, labels, words.format(brief), words.format(shown))
    if clock.kind is ClockKind.DECISION:
        return _to_decide(burst, labels, clock, words.format(brief), words.format(shown))
    more = _facts_wanted(burst) if clock.kind is ClockKind.INTAKE else []
    return message(
        burst, labels, words.format(brief), words.format(shown), KEEPS.get(clock.kind, ()), more=more
    )


def _facts_wanted(burst: Burst) -> list[BlockDict]:
    """Which facts are missing, and what ends the asking."""
    item = intake_item(burst)
    if item is None:
        return []
    return [
        section(
            f"{inline(item.text, 400)}\nSay it in the burst's channel, then tick item {item.number} of the checklist."
        )
    ]


def _runs_again(burst: Burst, labels: Labels, now: datetime) -> Rendered:
    """A pause came to its end: what runs now, and until when."""
    resolve = next((one for one in burst.clocks if one.kind is ClockKind.RESOLVE), None)
    words = f"{named(burst)} · the pause is over and the clock runs again."
    if resolve is None or resolve.state is not ClockState.ARMED:
        return message(burst, labels, words, words, ())
    due = f"{words} Resolution is due {{}}, {until(resolve.due_at, now)}."
    zone = site_zone(burst)
    return message(
        burst,
        labels,
        due.format(brief_time(resolve.due_at, now, zone)),
        due.format(moment(resolve.due_at, zone)),
        KEEPS[ClockKind.PAUSE],
    )


def _short_of_people(burst: Burst, labels: Labels, text: str, shown: str) -> Rendered:
    """Which seats nobody holds, and how each is filled."""
    seats = empty_seats(burst)
    lines = [f"Nobody is {SEAT[seat]}." for seat in seats]
    sides = [_PAIRED[seat] for seat in seats if seat in _PAIRED]
    lines += [f"Fill the seat with `/burst pair {burst.key} {side} @user`." for side in sides]
    wanted = (Action.HANDOVER,) if burst.owner is None else ()
    more = [section("\n".join(lines))] if lines else []
    return message(burst, labels, text, shown, wanted, more=more)


def _asked(burst: Burst, subject: Subject, labels: Labels) -> Rendered:
    if subject.get("ask") == "decide":
        words = f"{named(burst)} waits for a decision that is yours to take."
        clock = clock_of(burst, subject.get("clock"))
        return _to_decide(burst, labels, clock, words, words)
    if subject.get("ask") == PRIVACY:
        return _privacy(burst, subject, labels)
    if subject.get("ask") == MORE:
        return _enquiry(burst, subject, labels)
    if subject.get("ask") == "confirm":
        words = f"{named(burst)} is resolved. Does it work for you?"
        return message(burst, labels, words, words, (Action.CONFIRM, Action.UNCONFIRM), more=fix(burst))
    seat = _seat(burst, str(subject.get("user")))
    words = f"{named(burst)} is resolved. Please check the evidence and sign off as {seat}."
    return message(burst, labels, words, words, (Action.SIGN_OFF, Action.SEND_BACK), more=fix(burst))


def _enquiry(burst: Burst, subject: Subject, labels: Labels) -> Rendered:
    """A question from above, with when an answer is expected."""
    words = f"{named(burst)} · you are asked for more."
    one = next((one for one in burst.enquiries if one.number == subject.get("enquiry")), None)
    more: list[BlockDict] = []
    if one is not None:
        due = f"Answer by {moment(one.answer_by, site_zone(burst))}, with an update"
        more = [section(f"{person(one.asked_by)} asks:\n{quote(one.question, 1200)}"), context(due)]
    return message(burst, labels, words, words, (Action.UPDATE,), more=more)


def _privacy(burst: Burst, subject: Subject, labels: Labels) -> Rendered:
    """The task of whoever answers for privacy; it says which message, and quotes nothing."""
    words = f"{named(burst)} · a message in its channel may identify a patient."
    clock = clock_of(burst, subject.get("clock"))
    item = next((one for one in burst.checklist if clock and one.number == clock.subject), None)
    if clock is None or item is None:
        return message(burst, labels, words, words, (Action.CHECKLIST,))
    sent = datetime.fromtimestamp(float(message_of(item)), UTC)
    more = [
        section(
            f"It was written {moment(sent, site_zone(burst))}. See that it is deleted, and decide whether it"
            f" must be reported; then tick item {item.number} of the checklist, which the burst cannot close without."
        ),
        context(f"Due {moment(clock.due_at, site_zone(burst))}"),
    ]
    return message(burst, labels, words, words, (Action.CHECKLIST,), more=more)


def _to_decide(burst: Burst, labels: Labels, clock: ResponseClock | None, text: str, shown: str) -> Rendered:
    """A question with everything that is known about it, and the button that answers it."""
    asked = question_of(burst, clock)
    more: list[BlockDict] = []
    if asked is not None and clock is not None:
        due = f"Decide by {moment(clock.due_at, site_zone(burst))}"
        more = [section(question_words(asked, labels)), context(due)]
    return message(burst, labels, text, shown, (Action.STEERING_DECIDE,), more=more, question=asked)


def _seat(burst: Burst, user: str) -> str:
    return SEAT[Seat.CLINICAL_LEAD if user == burst.clinical_lead else Seat.TECHNICAL_LEAD]


def settled_ping(burst: Burst, subject: Subject, labels: Labels, *, overtaken: bool = False) -> Rendered:
    """What a ping that was sent becomes once nothing is asked any more, or a newer one asks it."""
    words = f"{named(burst)} · {settlement(burst, subject, labels, overtaken=overtaken)}"
    return Rendered(text=words, blocks=[section(words), about(burst, labels)])


def settlement(burst: Burst, subject: Subject, labels: Labels, *, overtaken: bool = False) -> str:
    """Why nothing is asked any more, in words, safe for mrkdwn; ``overtaken`` when a newer message asks it."""
    clock = clock_of(burst, subject.get("clock"))
    is_followed_up = clock is not None and clock.kind is ClockKind.FOLLOW_UP
    if burst.state in ENDED and not is_followed_up:
        return "closed; nothing more is asked of you."
    if subject.get("rank") == Rank.ASKED and subject.get("ask") != PRIVACY and not is_followed_up:
        return "overtaken by a newer message." if overtaken else _answered(burst, subject, labels)
    if clock is None:
        return "settled."
    if clock.state is ClockState.MET and clock.met_at is not None:
        return kept_words(burst, clock, clock.met_at)
    if clock.state is ClockState.PAUSED:
        return f"{CLOCK[clock.kind]}: the clock stands still."
    if clock.state is ClockState.ARMED:
        return _runs_on(burst, clock, subject, labels)
    return f"{CLOCK[clock.kind]} is no longer asked for."


def _runs_on(burst: Burst, clock: ResponseClock, subject: Subject, labels: Labels) -> str:
    """Why a message is out of date whose clock still runs."""
    answered_at = answer_time(burst, subject)
    if answered_at is not None:
        return f"you answered {moment(answered_at, site_zone(burst))}, thank you."
    if burst.taken_up_by is not None:
        return f"taken up by {inline(labels.name(burst.taken_up_by), 60)}."
    if clock.missed_at is None and clock.set_aside:
        due = moment(clock.due_at, site_zone(burst))
        return f"it is {burst.severity} now, and {CLOCK[clock.kind].lower()} is due {due}."
    if clock.missed_at is None and any(one.clock == clock.number for one in burst.extensions):
        return f"{CLOCK[clock.kind]} was extended to {moment(clock.due_at, site_zone(burst))}."
    return "overtaken by a newer message."


def _answered(burst: Burst, subject: Subject, labels: Labels) -> str:
    if subject.get("ask") == "decide":
        return _decided(burst, subject)
    if subject.get("ask") == MORE:
        return _answered_enquiry(burst, subject, labels)
    if burst.state is not State.RESOLVED:
        return "sent back to work; nothing is asked of you now."
    if subject.get("ask") == "confirm":
        return "thank you for your answer." if burst.raiser_answer else "answered."
    return "thank you, signed off."


def _decided(burst: Burst, subject: Subject) -> str:
    request = question_of(burst, clock_of(burst, subject.get("clock")))
    if request is None or request.answered_at is not None:
        return "decided."
    user = subject.get("user")
    if any(user in {vote.seat, vote.by} for vote in request.votes):
        return f"thank you, your answer is logged; {request.quorum} must agree, and others are still asked."
    return "put off to a later time."


def _answered_enquiry(burst: Burst, subject: Subject, labels: Labels) -> str:
    one = next((one for one in burst.enquiries if one.number == subject.get("enquiry")), None)
    if one is None or one.answered_by is None:
        return "no answer is asked for any more."
    return f"answered by {inline(labels.name(one.answered_by), 60)}."

"""Follow-up actions: the message to whoever does one, and the line about it in a list."""

from datetime import datetime

from bot.reports.durations import lasting, site_zone
from bot.reports.labels import Labels
from bot.slack.ids import Action
from bot.slack.views.card_buttons import burst_button
from bot.slack.views.parts import Rendered, actions, inline, person, quote, section
from bot.slack.views.ping_parts import about
from bot.slack.views.standing import named
from bot.slack.views.times import brief_time, moment, until
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.response_clock import ResponseClock


def of_clock(burst: Burst, clock: ResponseClock) -> FollowUp | None:
    """The action whose time the clock keeps."""
    return next((one for one in burst.follow_ups if one.number == clock.subject), None)


def follow_up_ping(
    burst: Burst, clock: ResponseClock, labels: Labels, reader: str, *, now: datetime
) -> Rendered:
    """What is to be done and by when, with the button that says it is; to ``reader``, whose it may not be."""
    one = of_clock(burst, clock)
    whose = "yours" if one is None or one.owner == reader else f"{inline(labels.name(one.owner), 60)}'s"
    zone = site_zone(burst)
    is_late = now >= clock.due_at
    start = f"{named(burst)} · a follow-up action of {whose} {'was' if is_late else 'is'} due"
    stands = f"{lasting(now - clock.due_at)} late" if is_late else until(clock.due_at, now)
    said = [section(quote(one.text, 600))] if one else []
    buttons = [burst_button(burst, Action.FOLLOW_UP_DONE, str(clock.subject))]
    return Rendered(
        text=f"{start} {brief_time(clock.due_at, now, zone)}, {stands}.",
        blocks=[
            section(f"{start} {moment(clock.due_at, zone)}, {stands}."),
            *said,
            about(burst, labels),
            *actions(buttons),
        ],
    )


def follow_up_line(burst: Burst, one: FollowUp, now: datetime) -> str:
    """One action in two lines: what, and whose by when."""
    due = f"{moment(one.due_at, site_zone(burst))} ({until(one.due_at, now)})"
    return f"*{named(burst)}* · {inline(one.text, 200)}\n{person(one.owner)} by {due}"

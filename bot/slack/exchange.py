"""Between what Slack delivered and what an operation takes: who asks, about which burst, and plain answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from bot import clock
from bot.operations.office import Office, Request
from bot.reports.labelling import labels_for
from bot.reports.labels import Labels
from bot.slack.answers import Say
from bot.slack.command_text import Line
from bot.slack.ids import ButtonValue, Metadata, PageValue, parse_button, parse_metadata, parse_page
from bot.slack.requests import Click, Command, Malformed, Shortcut, Submission
from bot.slack.views import after
from bot.slack.views.refusals import plain
from bot.taskforce.burst import Burst
from bot.taskforce.until import parse_until

Delivery: TypeAlias = Command | Click | Submission | Shortcut


def asked(delivery: Delivery | Line) -> Request:
    """Who asks, under the delivery's request key."""
    source = delivery.command if isinstance(delivery, Line) else delivery
    confirmed = () if isinstance(source, Click | Shortcut) else source.confirmed
    return Request(source.key, source.person.user, source.person.team, confirmed)


def pressed(click: Click) -> ButtonValue:
    """What the pressed button is about. Raises ``Malformed`` for a value that is none of ours."""
    value = parse_button(click.value)
    if value is None:
        raise Malformed("actions.value")
    return value


def turned(click: Click) -> PageValue:
    """The page that was asked for. Raises ``Malformed`` for a value that is none of ours."""
    value = parse_page(click.value)
    if value is None:
        raise Malformed("actions.value")
    return value


def noted(submission: Submission) -> Metadata:
    """What the modal's ``private_metadata`` refers to. Raises ``Malformed`` when it is none of ours."""
    found = parse_metadata(submission.note)
    if found is None:
        raise Malformed("view.private_metadata")
    return found


def about(submission: Submission) -> int:
    """The burst that a modal is about. Raises ``Malformed`` when it is about none."""
    burst_id = noted(submission).burst_id
    if burst_id is None:
        raise Malformed("view.private_metadata")
    return burst_id


def draft_of(submission: Submission) -> str:
    """The draft that a modal is about. Raises ``Malformed`` when it is about none."""
    draft_id = noted(submission).draft_id
    if draft_id is None:
        raise Malformed("view.private_metadata")
    return draft_id


def moment_ahead(burst: Burst, written: str) -> datetime:
    """The moment that a person means by ``written``, by the burst's site. Raises ``Refused`` (field ``until``)."""
    return parse_until(written, now=clock.now(), calendar=burst.policy.calendars["business"].calendar)


def say(words: str) -> Say:
    """Plain words for the one who acted, alone."""
    return Say(plain(words))


def done(burst: Burst, words: str) -> Say:
    """What was done, and what is promised next, for the one who did it."""
    return Say(after.done(burst, words, now=clock.now()))


def labels(office: Office, burst: Burst, others: Iterable[str] = ()) -> Labels:
    """What the ids of a burst are called, with the names of its people and of ``others``."""
    with office.store.read() as unit:
        return labels_for(unit, office.programme(), burst, others)

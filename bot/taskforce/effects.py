"""What Slack must show or do, as small typed intents.

An effect carries no text: the message is rendered when it is sent, from the state at that moment.
``subject`` holds only numbers and ids (a clock, a log entry, a step, a person). Effects of one lane
are delivered strictly in order; lanes run in parallel.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class EffectKind(StrEnum):
    """Every intent the outbox knows."""

    OPEN_CHANNEL = "open_channel"
    INVITE = "invite"
    POST_CARD = "post_card"
    REFRESH_CARD = "refresh_card"
    PIN_CARD = "pin_card"
    SET_TOPIC = "set_topic"
    POST_CHECKLIST = "post_checklist"
    REFRESH_CHECKLIST = "refresh_checklist"
    POST_PRECEDENTS = "post_precedents"  # archived bursts that look alike, and what fixed them
    POST_NOTICE = "post_notice"  # a log entry shown in the burst's channel
    TELL_ADMINISTRATOR = "tell_administrator"  # what the watchdog found, or that it is over
    TELL_AUTHOR = "tell_author"  # to the author of a message alone: what in it has to go
    TELL_MARKER = "tell_marker"  # to whoever marked a message alone: what became of it
    PING = "ping"  # a person's DM
    SETTLE_PINGS = "settle_pings"  # edit what was sent: the promise is kept, overtaken, or moot
    REFRESH_PINGS = "refresh_pings"  # edit what was sent: it still holds, and its due time has moved
    REVIVE_PINGS = "revive_pings"  # what was taken back with a severity holds again, as that severity does
    POST_ESCALATION = "post_escalation"  # the card in the steering cell's channel
    REFRESH_ESCALATION = "refresh_escalation"
    REDRAW_MESSAGE = "redraw_message"  # a message about several bursts shows again how each stands
    COMPLETE_TRANSCRIPT = "complete_transcript"  # read from Slack what was missed, before it is out of reach
    KEEP_FILE = "keep_file"  # fetch a file that was given as evidence, and keep a copy
    KEEP_MESSAGE = "keep_message"  # read a message that somebody marked, and put it into the log
    POST_SUMMARY = "post_summary"
    SEND_PDF = "send_pdf"  # the summary and its log on paper, to whoever asked
    ARCHIVE_CHANNEL = "archive_channel"
    PUBLISH_HOME = "publish_home"


# Essential effects are retried until done or parked with an alert; the others are courtesies: a
# refusal is noted once and the burst goes on.
COURTESIES = frozenset(
    {
        EffectKind.PIN_CARD,
        EffectKind.POST_PRECEDENTS,
        EffectKind.SET_TOPIC,
        EffectKind.INVITE,
        EffectKind.TELL_AUTHOR,
        EffectKind.TELL_MARKER,
        EffectKind.KEEP_MESSAGE,
        EffectKind.ARCHIVE_CHANNEL,
        EffectKind.PUBLISH_HOME,
    }
)

# A pending effect of these kinds makes another of the same burst and subject needless.
COALESCED = frozenset(
    {
        EffectKind.REFRESH_CARD,
        EffectKind.REFRESH_CHECKLIST,
        EffectKind.REFRESH_ESCALATION,
        EffectKind.REFRESH_PINGS,
        EffectKind.REDRAW_MESSAGE,
        EffectKind.SET_TOPIC,
        EffectKind.SEND_PDF,
        EffectKind.PUBLISH_HOME,
    }
)


# The audience that is the steering cell's channel; every other one is a Slack user.
CELL = "cell"


@dataclass(frozen=True, slots=True)
class Attention:
    """What an intent asks of somebody's attention: whose, how much it weighs, and whether it can wait at all."""

    audience: str
    weight: int = 0
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """One intent. ``lane`` orders it; ``delay_for`` is real time to wait so that several become one.

    With ``attention`` it is held until manners let it go.
    """

    kind: EffectKind
    lane: str
    subject: Mapping[str, str | int] = field(default_factory=dict)
    delay_for: timedelta = timedelta()
    attention: Attention | None = None


def burst_lane(burst_id: int) -> str:
    """The lane of everything that happens in the burst's own channel and its archive."""
    return f"burst:{burst_id}"


def file_lane(burst_id: int) -> str:
    """The lane in which a burst's files are fetched: nothing that people read waits for a large one."""
    return f"file:{burst_id}"


def paper_lane(user: str) -> str:
    """The lane in which what one person asked for on paper goes to them: no ping waits behind it."""
    return f"paper:{user}"


def person_lane(user: str) -> str:
    """The lane of one person's DM."""
    return f"person:{user}"


def cell_lane(burst_id: int) -> str:
    """The lane of the steering cell's card for a burst: it must not wait behind the burst's channel."""
    return f"cell:{burst_id}"


def message_lane(channel: str, ts: str) -> str:
    """The lane of a message about several bursts: one edit at a time, whichever of them changed."""
    return f"message:{channel}:{ts}"


def home_lane(user: str) -> str:
    """The lane of one person's home tab: it is a courtesy, and no ping waits behind it."""
    return f"home:{user}"

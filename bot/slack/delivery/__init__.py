"""How each intent of the outbox is delivered: one small function for each kind."""

from collections.abc import Callable, Mapping

from bot.slack.delivery.administrators import tell_administrator
from bot.slack.delivery.authors import tell_author
from bot.slack.delivery.cell import post_escalation, refresh_escalation
from bot.slack.delivery.channel import archive_channel, invite, open_channel, set_topic
from bot.slack.delivery.files import keep_file
from bot.slack.delivery.homes import publish_home
from bot.slack.delivery.job import Job, Tools
from bot.slack.delivery.marked import keep_message, tell_marker
from bot.slack.delivery.messages import (
    pin_card,
    post_card,
    post_checklist,
    post_notice,
    post_precedents,
    refresh_card,
    refresh_checklist,
)
from bot.slack.delivery.outcome import Again, Done, Joined, Outcome, Stale
from bot.slack.delivery.papers import send_pdf
from bot.slack.delivery.pings import ping, refresh_pings, revive_pings, settle_pings
from bot.slack.delivery.shared import redraw_message
from bot.slack.delivery.summaries import post_summary
from bot.slack.delivery.transcripts import complete_transcript
from bot.taskforce.effects import EffectKind

DELIVERIES: Mapping[EffectKind, Callable[[Job], Outcome]] = {
    EffectKind.OPEN_CHANNEL: open_channel,
    EffectKind.INVITE: invite,
    EffectKind.POST_CARD: post_card,
    EffectKind.REFRESH_CARD: refresh_card,
    EffectKind.PIN_CARD: pin_card,
    EffectKind.SET_TOPIC: set_topic,
    EffectKind.POST_CHECKLIST: post_checklist,
    EffectKind.REFRESH_CHECKLIST: refresh_checklist,
    EffectKind.POST_PRECEDENTS: post_precedents,
    EffectKind.POST_NOTICE: post_notice,
    EffectKind.TELL_ADMINISTRATOR: tell_administrator,
    EffectKind.TELL_AUTHOR: tell_author,
    EffectKind.TELL_MARKER: tell_marker,
    EffectKind.PING: ping,
    EffectKind.SETTLE_PINGS: settle_pings,
    EffectKind.REFRESH_PINGS: refresh_pings,
    EffectKind.REVIVE_PINGS: revive_pings,
    EffectKind.POST_ESCALATION: post_escalation,
    EffectKind.REFRESH_ESCALATION: refresh_escalation,
    EffectKind.REDRAW_MESSAGE: redraw_message,
    EffectKind.COMPLETE_TRANSCRIPT: complete_transcript,
    EffectKind.KEEP_FILE: keep_file,
    EffectKind.KEEP_MESSAGE: keep_message,
    EffectKind.POST_SUMMARY: post_summary,
    EffectKind.SEND_PDF: send_pdf,
    EffectKind.ARCHIVE_CHANNEL: archive_channel,
    EffectKind.PUBLISH_HOME: publish_home,
}

__all__ = ["DELIVERIES", "Again", "Done", "Job", "Joined", "Outcome", "Stale", "Tools"]

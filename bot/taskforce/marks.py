"""What becomes of a message that somebody marked for the log, and that whoever marked it is told."""

from enum import StrEnum

from bot.taskforce.effects import Effect, EffectKind, person_lane


class Fate(StrEnum):
    """What became of the mark."""

    LOGGED = "logged"
    ALREADY = "already"  # it had been logged before
    TAKEN_BACK = "taken_back"  # the mark was taken off; the entry stays
    NOT_YOURS = "not_yours"  # only the task force adds to the log
    ENDED = "ended"
    OURS = "ours"  # the bot's own message
    EMPTY = "empty"
    GONE = "gone"
    UNREADABLE = "unreadable"  # Slack does not let the bot read it


def tell_marker(user: str, channel: str, ts: str, fate: Fate, entry: int = 0) -> Effect:
    """Tell ``user`` alone what became of the message ``ts``; ``entry`` of the log has it, if any does."""
    subject = {"user": user, "channel": channel, "ts": ts, "fate": fate.value, "entry": entry}
    return Effect(EffectKind.TELL_MARKER, person_lane(user), subject)

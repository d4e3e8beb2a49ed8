"""Where a burst lives when Slack lets us make no channel: a thread under its card in its workstream's channel."""

from dataclasses import replace

from bot.errors import PermanentFault
from bot.operations.deliveries import Placed, PlaceLost, Posted
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Again, Done, Outcome
from bot.slack.delivery.posting import post_once
from bot.slack.views.card import card
from bot.taskforce.burst import Place

# How often, in real seconds, it is tried again and somebody's `/burst attach` is looked for.
HOMELESS_FOR = 20.0
ATTACH = "Invite the bot to a channel and type `/burst attach` there."
ATTACH_PRIVATE = "Invite the bot to a private channel and type `/burst attach` there."


def settle(job: Job, refused: PermanentFault) -> Outcome:
    """Move into a thread of the workstream's channel; if that cannot be, say so once and wait for a person."""
    why = f"Slack did not let the bot make a channel ({refused.code})"
    if job.burst.private:
        return _homeless(
            f"{why}, and a private burst does not go into its workstream's channel.", ATTACH_PRIVATE
        )
    channel = job.tools.workstream_channel(job.burst.workstream)
    if channel is None:
        return _homeless(f"{why}, and its workstream has no channel to fall back to.")
    there = replace(job.burst, place=Place(channel, ours=False), place_lost=f"{why}.")
    try:
        posted = post_once(job, channel, card(there, job.labels, now=job.now))
    except PermanentFault as fault:
        return _homeless(f"{why}, and its workstream's channel cannot be used ({fault.code}).")
    return Done(
        (
            Placed(Place(posted.channel, posted.ts, ours=False), f"{why}."),
            Posted("card", posted.channel, posted.ts, job.burst.version),
        )
    )


def _homeless(why: str, remedy: str = ATTACH) -> Outcome:
    return Again((PlaceLost(None, f"{why} {remedy}"),), after=HOMELESS_FOR)

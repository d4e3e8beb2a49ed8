"""A person's home tab."""

from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome
from bot.slack.views.home import MOST_SHOWN, home
from bot.taskforce.burst import Burst
from storage.bursts import BurstFilter


def publish_home(job: Job) -> Outcome:
    """Show what waits for this person; of other people's bursts only those that everybody may see."""
    user = job.word("user")
    with job.tools.store.read() as unit:
        mine = unit.bursts.find(BurstFilter(mine=user), readable=_any, limit=MOST_SHOWN).bursts
        known = {burst.id for burst in mine}
        others = unit.bursts.find(
            BurstFilter(),
            readable=lambda burst: not burst.private and burst.id not in known,
            limit=MOST_SHOWN,
        ).bursts
    job.tools.gateway.screens.publish_home(user, home(mine, others, now=job.now))
    return Done()


def _any(burst: Burst) -> bool:
    return bool(burst.id)

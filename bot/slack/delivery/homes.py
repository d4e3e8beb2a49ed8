"""A person's home tab."""

from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome
from bot.slack.views.home import MOST_SHOWN, home
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.permissions import Actor, Right, allows
from bot.taskforce.terms import ClockKind, Standing
from storage import Unit
from storage.bursts import BurstFilter


def publish_home(job: Job) -> Outcome:
    """Show what waits for this person; of other people's bursts only those that this person may read."""
    user = job.word("user")
    with job.tools.store.read() as unit:
        actor = _actor(job, unit, user)

        def readable(burst: Burst) -> bool:
            return allows(Right.READ, actor, burst)

        mine = unit.bursts.find(BurstFilter(mine=user), readable=readable, limit=MOST_SHOWN).bursts
        known = {burst.id for burst in mine}
        others = unit.bursts.find(
            BurstFilter(),
            readable=lambda burst: burst.id not in known and readable(burst),
            limit=MOST_SHOWN,
        ).bursts
        ended = unit.bursts.get_many(unit.bursts.with_follow_ups()).values()
    to_do = [(burst, one) for burst in ended for one in burst.follow_ups if _is_to_do(burst, one, user)]
    to_do.sort(key=lambda found: found[1].due_at)
    job.tools.gateway.screens.publish_home(user, home(mine, others, to_do, now=job.now))
    return Done()


def _is_to_do(burst: Burst, one: FollowUp, user: str) -> bool:
    """Whether it is the user's, promised and not done."""
    return one.owner == user and clocks.running(burst, ClockKind.FOLLOW_UP, one.number) is not None


def _actor(job: Job, unit: Unit, user: str) -> Actor:
    programme = job.tools.programme()
    person = unit.directory.get(user)
    return Actor(
        user=user,
        standing=Standing.MEMBER if person is None else person.standing,
        leads=programme.actor_leads(user),
        steering=programme.is_steering(user),
        admin=programme.is_admin(user),
    )

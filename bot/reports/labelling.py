"""What the ids of a burst are called, by the programme in force and the people Slack told us of."""

from collections.abc import Iterable, Mapping

from bot.programme import Programme
from bot.reports.labels import Labels
from bot.taskforce.burst import Burst
from storage import Unit


def labels_for(unit: Unit, programme: Programme, burst: Burst, others: Iterable[str] = ()) -> Labels:
    """The labels of ``burst``, with the names of everybody on it and of ``others``, such as who wrote its log."""
    people = unit.directory.get_many({*everybody(burst), *others})
    return Labels.of(programme.file, burst.family, {user: person.name for user, person in people.items()})


def labels_of_many(unit: Unit, programme: Programme, bursts: Mapping[int, Burst]) -> dict[int, Labels]:
    """The labels of several bursts by their ids; people are looked up once for all of them."""
    people = unit.directory.get_many({user for burst in bursts.values() for user in everybody(burst)})
    names = {user: person.name for user, person in people.items()}
    families = {burst.family for burst in bursts.values()}
    of_family = {family: Labels.of(programme.file, family, names) for family in families}
    return {burst_id: of_family[burst.family] for burst_id, burst in bursts.items()}


def everybody(burst: Burst) -> frozenset[str]:
    """The Slack users that a view of the burst may name."""
    named = {burst.raiser, burst.owner, burst.clinical_lead, burst.technical_lead, burst.taken_up_by}
    named |= {burst.resolved_by}
    named |= {one.user for one in burst.participants}
    named |= {one.user for one in burst.sign_offs}
    named |= {one.added_by for one in burst.evidence}
    named |= {user for item in burst.checklist for user in (item.assignee, item.done_by)}
    named |= {user for one in burst.requests for user in (one.asked_by, one.answered_by)}
    named |= {user for one in burst.requests for vote in one.votes for user in (vote.seat, vote.by)}
    named |= {user for one in burst.enquiries for user in (one.asked_by, one.answered_by)}
    named |= {one.by for one in burst.extensions}
    steps = [step for clock in burst.clocks for step in clock.fired]
    named |= {user for step in steps for user in (*step.reached, *step.brought)}
    named |= {one.user for one in burst.stale_take_ups}
    return frozenset(user for user in named if user)

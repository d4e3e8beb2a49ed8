"""What ids are called right now: the programme's labels and the names that Slack told us."""

from collections.abc import Iterable

from bot.programme import Programme
from bot.reports.labels import Labels
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import members
from storage import Store


def labels_for(store: Store, programme: Programme, burst: Burst) -> Labels:
    """The words for one burst: its family, the people who belong to it and whom its ladder reached."""
    reached = {user for clock in burst.clocks for step in clock.fired for user in step.reached}
    with store.read() as unit:
        people = unit.directory.get_many(members(burst) | reached)
    names = {user: person.name for user, person in people.items()}
    return _labels(programme, names, burst.family)


def labels_of(programme: Programme, names: Iterable[tuple[str, str]] = ()) -> Labels:
    """The words of the programme, with these people's names, for no burst in particular."""
    return _labels(programme, dict(names), None)


def _labels(programme: Programme, names: dict[str, str], family: str | None) -> Labels:
    file = programme.file
    return Labels(
        names=names,
        sites={code: site.name for code, site in file.sites.items()},
        stages=dict(file.stages),
        workstreams={name: stream.label for name, stream in file.workstreams.items()},
        roles={name: role.label for name, role in file.roles.items()},
        causes={name: cause.label for name, cause in file.delay_causes.items()},
        family=programme.family(family) if family else None,
    )

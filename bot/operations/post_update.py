"""An update: what is known, what comes next."""

from dataclasses import dataclass

from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


@dataclass(frozen=True, slots=True)
class Posted:
    """The burst with the update; ``news`` says whether that was some, which is what keeps the promise of updates."""

    burst: Burst
    news: bool


def post_update(
    office: Office, request: Request, burst_id: int, text: str, workaround: str | None = None
) -> Posted:
    """Post an update; a substantive one restarts the update clock. Raises ``Refused``."""
    with write(office, request, "post_update") as (unit, now):
        before, actor = load(unit, office, request, burst_id)
        decision = lifecycle.post_update(before, actor, text, workaround=workaround, now=now)
        return Posted(unit.apply(decision, now=now), news=decision.after.news != before.news)

"""Proof that it is fixed."""

from collections.abc import Sequence

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def add_evidence(
    office: Office,
    request: Request,
    burst_id: int,
    kind: str,
    text: str,
    link: str | None = None,
    *,
    files: Sequence[str] = (),
    by_bot: bool = False,
) -> Burst:
    """Add a piece of evidence of one of the family's kinds; ``by_bot``: a bot said it. Raises ``Refused`` naming the kinds."""
    return change(
        office,
        request,
        burst_id,
        "add_evidence",
        lambda burst, actor, now: lifecycle.add_evidence(
            burst, actor, kind, text, link=link, files=files, by_bot=by_bot, now=now
        ),
    )

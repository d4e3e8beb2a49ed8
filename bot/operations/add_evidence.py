"""Proof that it is fixed."""

from collections.abc import Sequence

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Message


def add_evidence(
    office: Office,
    request: Request,
    burst_id: int,
    kind: str,
    text: str,
    link: str | None = None,
    *,
    files: Sequence[str] = (),
    message: Message | None = None,
) -> Burst:
    """Add a piece of evidence of one of the family's kinds; ``message``: where it was said. Raises ``Refused`` naming the kinds."""
    return change(
        office,
        request,
        burst_id,
        "add_evidence",
        lambda burst, actor, now: lifecycle.add_evidence(
            burst, actor, kind, text, link=link, files=files, message=message, now=now
        ),
    )

"""Somebody wants an archived summary as a PDF: the sender makes it and sends it to them."""

from bot.operations.office import Office, Request, load, write
from bot.operations.reading import ended
from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind, paper_lane
from storage.outbox import Intent


def ask_for_pdf(office: Office, request: Request, burst_id: int) -> Burst:
    """Intend to send it to whoever asks; one that waits already is enough.

    Raises ``Refused`` when there is no such burst for this person, or it has not ended.
    """
    with write(office, request, "ask_for_pdf") as (unit, now):
        burst, _ = load(unit, office, request, burst_id)
        ended(burst)
        effect = Effect(EffectKind.SEND_PDF, paper_lane(request.user), {"user": request.user})
        unit.outbox.add((Intent(effect, burst.id, burst.version),), now=now)
    return burst

"""One attempt to deliver one intent: whatever happens, it comes to a settlement."""

import random
import traceback

import structlog

from bot import clock
from bot.errors import PermanentFault, StorageFault, TransientFault, UnknownFault
from bot.operations.deliveries import CourtesyRefused, Fact
from bot.slack.delivery import DELIVERIES, Done, Job, Joined, Outcome, Stale, Tools
from bot.slack.faults import DeadCredentials, Paced
from bot.slack.sending.settlement import Settlement, keep
from bot.taskforce.effects import COURTESIES
from storage.outbox import OutboxRow
from storage.terms import IntentState

log = structlog.get_logger(__name__)

FIRST_WAIT_FOR = 2.0
LONGEST_WAIT_FOR = 300.0
# An error that we did not expect may come from a passing state of the machine; this often it is tried.
UNEXPECTED_TRIES = 3


def attempt(row: OutboxRow, tools: Tools, *, tried: bool) -> Settlement:
    """Deliver ``row``; ``tried`` says that an earlier attempt may have taken effect.

    Raises ``Paced`` when it is too early to call, and ``DeadCredentials``; nothing was sent then.
    """
    try:
        return _settlement(row, _deliver(row, tools, tried=tried))
    except (Paced, DeadCredentials):
        raise
    except TransientFault as fault:
        return _after_transient(row, fault)
    except UnknownFault as fault:
        log.warning("slack_call_unknown", intent=row.id, method=fault.method, code=fault.code)
        return _later(row)
    except PermanentFault as fault:
        if row.kind in COURTESIES and row.burst_id is not None:
            return Settlement(row, IntentState.DONE, (CourtesyRefused(fault.method, fault.code),))
        return _refused(row, tools, str(fault))
    except StorageFault as fault:
        log.warning("storage_fault", intent=row.id, error=type(fault).__name__)
        return _later(row)
    except Exception as error:  # noqa: BLE001 - see below
        # A poisoned intent must not take its lane with it. The message may hold what somebody typed.
        where = traceback.extract_tb(error.__traceback__)[-1]
        name = f"{type(error).__name__} at {where.name}:{where.lineno}"
        log.error("delivery_failed", intent=row.id, kind=row.kind, error=name)  # noqa: TRY400 - no text
        return _later(row) if row.attempt + 1 < UNEXPECTED_TRIES else _refused(row, tools, name)


def wait_after(attempts: int) -> float:
    """Real seconds to wait after so many attempts: doubling, capped, spread so that lanes do not march in step."""
    longest = min(LONGEST_WAIT_FOR, FIRST_WAIT_FOR * 2.0 ** min(attempts, 30))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - guards nothing


def _deliver(row: OutboxRow, tools: Tools, *, tried: bool) -> Outcome:
    burst = None
    if row.burst_id is not None:
        with tools.store.read() as unit:
            burst = unit.bursts.get(row.burst_id)
        if burst is None:
            return Stale()

    def record(facts: tuple[Fact, ...]) -> None:
        keep(tools.store, row, facts)

    return DELIVERIES[row.kind](Job(row, burst, tried, clock.now(), tools, record))


def _settlement(row: OutboxRow, outcome: Outcome) -> Settlement:
    match outcome:
        case Done(facts):
            return Settlement(row, IntentState.DONE, facts)
        case Stale(facts, heir):
            return Settlement(row, IntentState.DROPPED, facts, heir=heir)
        case Joined(carrier):
            return Settlement(row, IntentState.MERGED, carrier=carrier)
        case _:
            return Settlement(
                row,
                IntentState.PENDING,
                outcome.facts,
                after=outcome.after,
                attempt=row.attempt,
                untouched=True,
            )


def _after_transient(row: OutboxRow, fault: TransientFault) -> Settlement:
    if fault.retry_after is None:
        return _later(row)
    return Settlement(
        row,
        IntentState.PENDING,
        after=fault.retry_after,
        attempt=row.attempt,
        untouched=True,
        paused=fault.method,
    )


def _later(row: OutboxRow) -> Settlement:
    return Settlement(row, IntentState.PENDING, after=wait_after(row.attempt), attempt=row.attempt + 1)


def _refused(row: OutboxRow, tools: Tools, reason: str) -> Settlement:
    """It cannot be sent like this. What goes along must not wait with it for an administrator."""
    try:
        with tools.store.read() as unit:
            along = unit.holding.carried(row.id)
    except StorageFault as fault:
        log.warning("storage_fault", intent=row.id, error=type(fault).__name__)
        return _later(row)
    if along:
        log.warning("message_halved", intent=row.id, kind=row.kind, along=len(along), reason=reason)
        return Settlement(row, IntentState.PENDING, attempt=row.attempt, untouched=True, halved=True)
    log.error("intent_parked", intent=row.id, kind=row.kind, burst=row.burst_id, reason=reason)
    return Settlement(row, IntentState.PARKED, reason=reason)

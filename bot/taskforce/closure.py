"""What closing a burst needs: evidence of two kinds, an empty list of blocking items, sign-offs."""

from bot.errors import Refused
from bot.taskforce.burst import Burst, ChecklistItem, SignOff
from bot.taskforce.permissions import technical_signers
from bot.taskforce.terms import Seat, Severity

KINDS_NEEDED = 2
_TWO_SIGNATURES = frozenset({Severity.SEV1, Severity.SEV2})


def kinds_given(burst: Burst) -> frozenset[str]:
    """The family's kinds of evidence that somebody gave and nobody withdrew."""
    return frozenset(piece.kind for piece in burst.evidence if piece.withdrawn_at is None)


def missing_evidence(burst: Burst) -> tuple[tuple[str, str], ...]:
    """The kinds (id, label) of which some must still be given; empty when two kinds are there."""
    given = kinds_given(burst)
    if len(given) >= min(KINDS_NEEDED, len(burst.evidence_kinds)):
        return ()
    return tuple((kind, label) for kind, label, _type in burst.evidence_kinds if kind not in given)


def open_blocking_items(burst: Burst) -> tuple[ChecklistItem, ...]:
    """Items of the checklist that must be done before the burst may close."""
    return tuple(item for item in burst.checklist if item.blocks_closure and item.done_at is None)


def required_seats(burst: Burst) -> tuple[Seat, ...]:
    """Who must sign off: the clinical co-lead, and for sev1 and sev2 the technical side too."""
    if burst.severity in _TWO_SIGNATURES:
        return (Seat.CLINICAL_LEAD, Seat.TECHNICAL_LEAD)
    return (Seat.CLINICAL_LEAD,)


def valid_sign_offs(burst: Burst) -> tuple[SignOff, ...]:
    """Sign-offs that count: given, and not voided since."""
    return tuple(sign_off for sign_off in burst.sign_offs if sign_off.voided_at is None)


def awaited_seats(burst: Burst) -> tuple[Seat, ...]:
    """The seats whose sign-off is still to come."""
    given = {sign_off.seat for sign_off in valid_sign_offs(burst)}
    return tuple(seat for seat in required_seats(burst) if seat not in given)


def signers(burst: Burst, seat: Seat) -> tuple[str, ...]:
    """Who may sign off for the seat; never the owner."""
    if seat is Seat.TECHNICAL_LEAD:
        return technical_signers(burst)
    clinical = burst.clinical_lead
    return (clinical,) if clinical is not None and clinical != burst.owner else ()


def awaited_signers(burst: Burst) -> tuple[str, ...]:
    """Everybody who may give a sign-off that is still to come."""
    return tuple(user for seat in awaited_seats(burst) for user in signers(burst, seat))


def require_proof(burst: Burst) -> None:
    """Raise ``Refused`` while evidence is missing or a blocking item of the checklist is open."""
    missing = missing_evidence(burst)
    if missing:
        needed = min(KINDS_NEEDED, len(burst.evidence_kinds)) - len(kinds_given(burst))
        kinds = "; ".join(f"`{kind}` ({label})" for kind, label in missing)
        raise Refused(
            "missing_evidence",
            f"Evidence of {needed} more {'kind' if needed == 1 else 'kinds'} is needed. "
            f"These count: {kinds}. Add it with `/burst evidence`.",
            field="evidence",
        )
    blocking = open_blocking_items(burst)
    if blocking:
        items = "; ".join(f"{item.number}. {item.text}" for item in blocking)
        raise Refused("blocking_items", f"These items of the checklist must be done first: {items}.")


def require_signers(burst: Burst) -> None:
    """Raise ``Refused`` while a sign-off that is needed has nobody who could give it."""
    for seat in awaited_seats(burst):
        if signers(burst, seat):
            continue
        if seat is Seat.CLINICAL_LEAD:
            raise Refused(
                "no_clinical_lead",
                "Nobody sits in the clinical co-lead's seat to accept the evidence. "
                "Fill it with `/burst pair clinical @user`.",
            )
        raise Refused(
            "no_technical_signer",
            "A second technical person must check the fix, not the owner. "
            "Name one with `/burst pair technical @user`.",
        )

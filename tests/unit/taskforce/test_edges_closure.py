"""Four eyes, whatever the seats say."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.taskforce import closure
from bot.taskforce.terms import Seat
from tests.unit.taskforce.cases import CLINICAL, OWNER, accepted


def test_the_clinical_co_lead_signs_for_the_clinical_side() -> None:
    assert closure.signers(accepted(), Seat.CLINICAL_LEAD) == (CLINICAL.user,)


@pytest.mark.parametrize("seat", list(Seat))
def test_an_owner_in_a_co_leads_seat_signs_for_no_side(seat: Seat) -> None:
    both = replace(accepted(), clinical_lead=OWNER.user, technical_lead=OWNER.user)

    assert OWNER.user not in closure.signers(both, seat)


def test_an_owner_in_the_clinical_seat_leaves_nobody_to_accept_the_evidence() -> None:
    with pytest.raises(Refused, match="Nobody sits in the clinical co-lead's seat"):
        closure.require_signers(replace(accepted(), clinical_lead=OWNER.user))

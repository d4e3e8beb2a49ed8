"""Only active full members whom Slack knows answer for a burst: as owner, as co-lead, by rule or by name."""

import pytest

from bot.errors import Refused
from bot.operations.fill_seat import fill_seat
from bot.operations.hand_over import hand_over
from bot.operations.office import Office
from bot.taskforce.terms import Seat, Standing
from tests.operations.story import CLINICAL, OWNER, accepted, by, everybody_known, known, opened, stored

NOBODY = "U01NOSUCHUSER"
BARRED = [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED]


@pytest.mark.parametrize("standing", BARRED)
@pytest.mark.parametrize("seat", [Seat.CLINICAL_LEAD, Seat.TECHNICAL_LEAD])
def test_no_guest_partner_or_leaver_gets_a_seat(office: Office, standing: Standing, seat: Seat) -> None:
    before = accepted(office)
    known(office, NOBODY, standing)
    with pytest.raises(Refused, match="cannot be a co-lead"):
        fill_seat(office, by(OWNER), before.id, seat, NOBODY)
    assert stored(office, before.id) == before


def test_whom_slack_does_not_know_gets_neither_seat_nor_burst(office: Office) -> None:
    number = accepted(office).id
    everybody_known(office)
    with pytest.raises(Refused, match="cannot be a co-lead"):
        fill_seat(office, by(OWNER), number, Seat.CLINICAL_LEAD, NOBODY)
    with pytest.raises(Refused, match="cannot own"):
        hand_over(office, by(OWNER), number, NOBODY, "Yours now")


def test_before_slack_was_asked_everybody_is_taken_at_their_word(office: Office) -> None:
    burst = fill_seat(office, by(OWNER), accepted(office).id, Seat.CLINICAL_LEAD, "U01YARA")
    assert burst.clinical_lead == "U01YARA"


@pytest.mark.parametrize("standing", BARRED)
def test_a_proposed_owner_who_cannot_be_one_is_passed_over(office: Office, standing: Standing) -> None:
    everybody_known(office)
    assert opened(office).owner == OWNER
    known(office, OWNER, standing)
    burst = opened(office)
    assert burst.owner not in {None, OWNER}
    assert burst.owner_reason


def test_a_proposed_co_lead_who_has_left_is_passed_over(office: Office) -> None:
    everybody_known(office)
    assert opened(office).clinical_lead == CLINICAL
    known(office, CLINICAL, Standing.DEACTIVATED)
    assert opened(office).clinical_lead != CLINICAL

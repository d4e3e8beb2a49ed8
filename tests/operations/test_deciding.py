"""Decisions: logged where they may be taken, else put to those who hold the right, who vote."""

import pytest

from bot.errors import Refused
from bot.operations.cover import cover
from bot.operations.decide import answer, decide
from bot.operations.office import Office
from bot.taskforce.lifecycle import Ballot, Proposal
from bot.taskforce.terms import EntryKind, Verdict
from tests.operations.story import OWNER, by, opened, stored

# The cell is Stella, Dominic, Farah and Gareth; two of them must agree.
STELLA, DOMINIC, FARAH = "U01STELLA", "U01DOMINIC", "U01FARAH"
SCOPE = Proposal(
    "Go live without the ward viewers?",
    clinical_impact="Wards read on the old system.",
    technical_impact="Two routes stay.",
)
YES = Ballot(Verdict.APPROVE, "Yes, for two weeks.")


def kinds(office: Office, number: int) -> list[EntryKind]:
    with office.store.read() as unit:
        return [entry.kind for entry in unit.log.entries(number)]


def test_a_decision_of_the_team_is_logged_at_once(office: Office) -> None:
    number = opened(office).id
    assert decide(office, by(OWNER), number, Proposal("We correct it at the source.")).asked is None
    assert kinds(office, number)[-1] is EntryKind.DECISION


def test_what_only_a_question_has_is_refused_for_the_team(office: Office) -> None:
    number = opened(office).id
    with pytest.raises(Refused) as refused:
        decide(office, by(OWNER), number, Proposal("We wait", "A\nB"))
    assert refused.value.field == "right"


def test_a_decision_of_scope_by_others_becomes_a_question(office: Office) -> None:
    number = opened(office).id
    decided = decide(office, by(OWNER), number, SCOPE, right="scope")
    assert decided.holders.called == "the steering cell"
    (request,) = stored(office, number).requests
    assert (request.right, request.quorum, request.votes) == ("scope", 2, ())
    assert decided.asked == request


def test_it_is_decided_once_two_members_of_the_cell_agree(office: Office) -> None:
    number = opened(office).id
    decide(office, by(OWNER), number, SCOPE, right="scope")
    assert answer(office, by(DOMINIC), number, 1, YES).requests[0].answered_at is None
    decided = answer(office, by(STELLA), number, 1, YES)
    assert (decided.requests[0].answered_by, decided.requests[0].verdict) == (STELLA, Verdict.APPROVE)
    assert kinds(office, number)[-2:] == [EntryKind.DECISION_VOTED, EntryKind.DECISION]


def test_a_member_who_decides_asks_the_others_and_has_voted(office: Office) -> None:
    number = opened(office).id
    decided = decide(office, by(STELLA), number, SCOPE, right="scope")
    assert decided.asked is not None
    assert [vote.seat for vote in decided.asked.votes] == [STELLA]
    assert answer(office, by(FARAH), number, 1, YES).requests[0].verdict is Verdict.APPROVE


def test_a_member_who_gives_options_has_not_chosen_one(office: Office) -> None:
    number = opened(office).id
    proposal = Proposal("May we go live?", "Now\nIn June")
    decided = decide(office, by(STELLA), number, proposal, right="go_live")
    assert decided.asked is not None
    assert decided.asked.votes == ()


def test_a_stand_in_votes_for_whom_they_stand_in(office: Office) -> None:
    number = opened(office).id
    decide(office, by(OWNER), number, SCOPE, right="scope")
    cover(office, by(STELLA), STELLA, "U01TOMAS", "3bd")
    voted = answer(office, by("U01TOMAS"), number, 1, YES)
    assert [(vote.seat, vote.by) for vote in voted.requests[0].votes] == [(STELLA, "U01TOMAS")]


def test_somebody_without_the_right_hears_who_can_answer(office: Office) -> None:
    number = opened(office).id
    decide(office, by(OWNER), number, SCOPE, right="scope")
    before = stored(office, number)
    with pytest.raises(Refused, match="the steering cell can"):
        answer(office, by(OWNER), number, 1, YES)
    assert stored(office, number) == before

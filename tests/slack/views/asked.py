"""Decision requests by the dozen, with everything that one can have."""

from datetime import datetime

from bot.taskforce.burst import DecisionRequest, Enquiry, Vote
from bot.taskforce.terms import Verdict


def many_requests(text: str, asker: str, holder: str, at: datetime) -> tuple[DecisionRequest, ...]:
    """Open questions that hold ``text`` wherever a person could have put it."""
    vote = Vote(holder, holder, Verdict.APPROVE, text, at, option=1)
    return tuple(
        DecisionRequest(
            number,
            text,
            asker,
            at,
            "scope",
            options=(text or "option",) * 5,
            recommended=1,
            clinical_impact=text,
            technical_impact=text,
            quorum=9,
            votes=(vote,) * 9,
        )
        for number in range(1, 20)
    )


def many_enquiries(text: str, asker: str, at: datetime) -> tuple[Enquiry, ...]:
    """Open questions from above."""
    return tuple(Enquiry(number, text, asker, at, at) for number in range(1, 20))

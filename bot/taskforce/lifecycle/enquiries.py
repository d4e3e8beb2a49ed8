"""Questions from above to those who work on a burst: asking holds the ladder, and what they say answers it."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks
from bot.taskforce.burst import Burst, Enquiry
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import hold
from bot.taskforce.lifecycle.answering import settle_answered
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import LIVE, EntryKind, Rank

ASK = "more"
QUESTION_LIMIT = 1000


def ask_for_more(burst: Burst, actor: Actor, question: str, *, now: datetime) -> Decision:
    """Ask the owner and the co-leads; an answer is expected within the time to answer of the last step.

    What is escalated is held as if it were taken up, unless somebody has done that already, and goes on when
    nothing comes. Raises ``Refused`` without the right, and when nobody is there to be asked.
    """
    require(Right.TAKE_UP, actor, burst)
    state_in(burst, LIVE)
    asked = checked(question, what="The question", limit=QUESTION_LIMIT)
    people = tuple(dict.fromkeys(user for user in _seats(burst) if user not in {None, actor.user}))
    if not people:
        raise Refused("nobody", "Nobody else holds a seat of this burst; “Reassign” finds somebody.")
    promise = hold.patience(burst, now)
    _, answer_by = clocks.strictest(burst.policy, now, promise)
    enquiry = Enquiry(len(burst.enquiries) + 1, asked, actor.user, now, answer_by)
    concerned = hold.escalated(burst) if burst.taken_up_by is None else ()
    draft = Draft.of(burst, now)
    draft.change(enquiries=(*burst.enquiries, enquiry))
    if concerned:
        draft.after = hold.begin(draft.after, actor.user, now)
        settle_answered(draft, burst)
    entry = draft.log(
        EntryKind.ASKED,
        actor.user,
        enquiry=enquiry.number,
        text=asked,
        asked=list(people),
        answer_by=answer_by.isoformat(),
        held=[clock.number for clock in concerned],
    )
    draft.notice(entry)
    draft.refresh_card()
    draft.refresh_cell()
    draft.ping(people, Rank.ASKED, ask=ASK, enquiry=enquiry.number)
    return draft.done()


def answer(draft: Draft, user: str) -> None:
    """Whatever ``user`` says answers the open questions of others."""
    waiting = [one for one in draft.after.enquiries if one.answered_at is None and one.asked_by != user]
    if not waiting:
        return
    draft.change(
        enquiries=tuple(
            replace(one, answered_at=draft.now, answered_by=user) if one in waiting else one
            for one in draft.after.enquiries
        )
    )
    draft.cell(EffectKind.SETTLE_PINGS, ask=ASK)
    draft.refresh_card()
    draft.refresh_cell()


def leave(draft: Draft) -> None:
    """Nobody waits for an answer to the open questions any more: the work that they were about is done."""
    if any(one.answered_at is None for one in draft.after.enquiries):
        draft.cell(EffectKind.SETTLE_PINGS, ask=ASK)


def _seats(burst: Burst) -> tuple[str | None, ...]:
    return (burst.owner, burst.clinical_lead, burst.technical_lead)

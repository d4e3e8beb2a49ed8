"""What counts as work on a burst, and what it does to promises: news keeps them, chatter does not."""

import hashlib

from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import enquiries, hold
from bot.taskforce.lifecycle.answering import answered
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.spoken import was_spoken_of
from bot.taskforce.terms import LIVE, ClockKind, State

SUBSTANTIVE_FROM = 20  # characters; anything shorter is a nod, not news
DIGEST_LENGTH = 16  # hex digits: nobody can say enough about one blocker for two texts to share one


def digest(text: str) -> str:
    """What tells a text from a repeat of itself, whatever its case and spacing."""
    words = " ".join(text.casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()[:DIGEST_LENGTH]


def is_news(burst: Burst, text: str) -> bool:
    """Whether a text says something: long enough, and nothing that was said about this burst before."""
    return len(text) >= SUBSTANTIVE_FROM and digest(text) not in burst.news


def told(draft: Draft, user: str, text: str, *, shown: bool = False) -> None:
    """``user`` said something about the work: news restarts promises, anything else is still work.

    ``shown`` says that they brought something new that speaks for itself: a link or a file.
    """
    enquiries.answer(draft, user)
    news = is_news(draft.after, text)
    if news:
        draft.change(news=(*draft.after.news, digest(text)))
    if news or shown:
        _restart(draft)
    worked(draft, user)


def worked(draft: Draft, user: str) -> None:
    """``user`` did something: ladder steps that reached them are answered, an accepted burst is being worked on."""
    if draft.after.state not in LIVE:
        return
    answered(draft, user)
    if draft.after.state is State.ACCEPTED:
        draft.change(state=State.WORKING)


def _restart(draft: Draft) -> None:
    """Begin the time to the next update anew, and keep a take-up fresh."""
    if draft.after.state not in LIVE:
        return
    current = clocks.current(draft.after, ClockKind.UPDATE)
    if was_spoken_of(current):
        draft.settle(current)
        draft.refresh_card()
    draft.after = clocks.restart_update(hold.renew(draft.after, draft.now), draft.now)

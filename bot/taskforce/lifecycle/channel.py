"""Where a burst lives in Slack, and what Slack refused: noted, shown, and never in the way."""

from datetime import datetime

from bot.errors import Refused
from bot.taskforce.burst import Burst, Place
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, already, state_in
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import ENDED, EntryKind, State

_FURNISHING = (
    EffectKind.INVITE,
    EffectKind.POST_CARD,
    EffectKind.PIN_CARD,
    EffectKind.SET_TOPIC,
    EffectKind.POST_CHECKLIST,
    EffectKind.POST_PRECEDENTS,
)


def move_to(burst: Burst, place: Place, why: str, *, now: datetime, furnish: bool = False) -> Decision:
    """The burst lives at ``place`` from now on.

    ``why`` says in words why it is not a channel of our own, when it is not. What belongs there is on
    its way already while a burst waits for its place; one that somebody else supplies needs everything
    anew (``furnish``).
    """
    if burst.place == place:
        already(f"{burst.key} is there already.")
    own = place.ours and place.thread_ts is None
    draft = Draft.of(burst, now)
    draft.change(place=place, place_lost="" if own else why)
    draft.log(
        EntryKind.CHANNEL, SYSTEM, channel=place.channel, thread=place.thread_ts, ours=place.ours, why=why
    )
    if furnish:
        move_in(draft)
    return draft.done()


def lose_place(burst: Burst, why: str, *, now: datetime) -> Decision:
    """The burst has no place: its channel is gone, or none could be made; ``why`` in words.

    A channel that is lost while the burst is under way is followed by another one.
    """
    if burst.place is None and burst.place_lost == why:
        already(f"That {burst.key} has no channel is known.")
    draft = Draft.of(burst, now)
    draft.change(place=None, place_lost=why)
    draft.log(EntryKind.CHANNEL, SYSTEM, channel=None, why=why)
    if burst.place is not None and burst.state not in ENDED:
        draft.effect(EffectKind.OPEN_CHANNEL)
        move_in(draft)
    return draft.done()


def note_refusal(burst: Burst, method: str, code: str, *, now: datetime) -> Decision:
    """Slack refused a courtesy: said once in the log and on the card. A repeat is ``Refused``."""
    refusal = f"{method}: {code}"
    if refusal in burst.refusals:
        already("That refusal is noted already.")
    draft = Draft.of(burst, now)
    draft.change(refusals=(*burst.refusals, refusal))
    draft.log(EntryKind.SLACK_REFUSED, SYSTEM, method=method, code=code)
    if burst.state not in ENDED:
        draft.refresh_card()
    return draft.done()


def link(burst: Burst, actor: Actor, other: int, *, now: datetime) -> Decision:
    """This burst holds up the one with id ``other``: a dependency, told in the log and the channel."""
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    if other == burst.id:
        raise Refused("itself", "A burst holds up another one, not itself; name the other one.")
    draft = Draft.of(burst, now)
    entry = draft.log(EntryKind.LINKED, actor.user, blocks=other)
    draft.notice(entry)
    return draft.done()


def note_held_up(burst: Burst, actor: Actor, by: int, *, now: datetime) -> Decision:
    """The one with id ``by`` holds up this burst: the other end of the same dependency."""
    require(Right.READ, actor, burst)
    state_in(burst, UNDER_WAY)
    draft = Draft.of(burst, now)
    draft.notice(draft.log(EntryKind.LINKED, actor.user, held_up_by=by))
    return draft.done()


def note_elsewhere(burst: Burst, actor: Actor, other: int, *, now: datetime) -> Decision:
    """The same blocker was raised at another site, as the burst with id ``other``: told in the log and the channel."""
    require(Right.READ, actor, burst)
    draft = Draft.of(burst, now)
    draft.change(same_at=(*burst.same_at, other))
    entry = draft.log(EntryKind.LINKED, actor.user, same=other)
    if burst.state is not State.ARCHIVED:
        draft.notice(entry)
        draft.refresh_card()
    return draft.done()


def move_in(draft: Draft) -> None:
    """What a home needs: members, card, pin, topic, checklist."""
    for kind in _FURNISHING:
        draft.effect(kind)

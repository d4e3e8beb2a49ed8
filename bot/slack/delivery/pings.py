"""What reaches one person in their DM, and what becomes of it once nothing is asked any more."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.operations.deliveries import LeftOut, Outdated, Posted, Revived, Settled, Shown
from bot.slack.delivery.direct import UNREACHABLE, tell, told_before
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Again, Done, Joined, Outcome, Stale
from bot.slack.delivery.parts import Parts, in_parts, parts_of, shown
from bot.slack.delivery.posting import GONE, UNEDITABLE
from bot.slack.delivery.redrawing import edit, outdated, posts_at
from bot.slack.views.parts import Rendered
from bot.slack.views.telling import telling
from bot.taskforce import manners
from storage.posts import PostRow

PING = "ping"
# How long, in real seconds, to wait for a ping that is being sent at this moment.
UNDER_WAY_FOR = 1.0
# Whoever deleted the message, or left, is not told; the rest still are.
LOST = UNEDITABLE | GONE | UNREACHABLE


def ping(job: Job) -> Outcome:
    """Tell one person what is asked of them, and whatever goes along, unless it is no longer asked."""
    user = job.word("user")
    if not user:
        return Stale()
    parts = parts_of(job)
    if job.row.id in parts.over:
        return _without_lead(job, user, parts)
    newer = _newer(job)
    if newer is not None and told_before(job, user) is None:
        return Joined(newer)
    told = parts.wanted
    message = telling(list(told.values()), now=job.now)
    facts = tell(job, user, message, PING)
    for fact in facts:
        if job.tried and isinstance(fact, Posted):
            # An earlier attempt may have told it, in other words.
            edit(job, fact.channel, fact.ts, message, lost=LOST)
    return Done((*in_parts(facts, told, message), *parts.left_out))


def _newer(job: Job) -> int | None:
    """The intent with whose message this ping can go along: a later one about the same, that ranks no lower.

    While Slack is out of reach, what is said again and again piles up; it is read once.
    """
    said = job.row.subject
    with job.tools.store.read() as unit:
        behind = unit.holding.behind(job.row) if "clock" in said else []
    same = [one for one in behind if _says_the_same(one.subject, said)]
    return (same[-1].carrier or same[-1].id) if same else None


def _says_the_same(one: Mapping[str, str | int], other: Mapping[str, str | int]) -> bool:
    """Whether both ask the same of a person; who is brought for what they know reads something else."""
    return manners.about(one) == manners.about(other) and one.get("brought") == other.get("brought")


def _without_lead(job: Job, user: str, parts: Parts) -> Outcome:
    """It is not asked any more. What goes along may still be; where an earlier attempt asked it all, that says how it stands."""
    found = told_before(job, user)
    if found is None and parts.wanted:
        # Its name is free for when it holds again: what is posted under it is never posted anew.
        return Stale((LeftOut(job.row.id),), heir=min(parts.wanted))
    if found is None:
        return Stale(parts.left_out)
    message = telling(list(parts.all.values()), now=job.now)
    edit(job, found.channel, found.ts, message, lost=LOST)
    said = Posted(PING, found.channel, found.ts, job.burst.version, user=user)
    job.keep(in_parts([said], parts.all, message))
    posts = posts_at(job, found.channel, found.ts)
    return Done(tuple(Settled(post.id) for post in posts if post.outbox_id in parts.over))


def settle_pings(job: Job) -> Outcome:
    """Edit every ping about a clock that was sent before: it no longer says how things stand.

    With a user and what was asked, only that question to that person; or only one that was overtaken.
    """
    about = _sent_before(job)
    if about is None:
        return Again(after=UNDER_WAY_FOR)
    for place in dict.fromkeys((post.channel, post.ts) for post in about):
        _settle(job, *place, [post for post in about if (post.channel, post.ts) == place])
    return Done() if about else Stale()


def refresh_pings(job: Job) -> Outcome:
    """Edit every ping about a clock that was sent before, and still holds, to name the clock's due time of now."""
    about = _sent_before(job)
    if about is None:
        return Again(after=UNDER_WAY_FOR)
    older = [post for post in about if post.version < job.burst.version]
    for place in dict.fromkeys((post.channel, post.ts) for post in older):
        later = _show(job, *place)
        there = (post for post in older if (post.channel, post.ts) == place)
        job.keep((*(Shown(post.id, job.burst.version) for post in there), *later))
    return Done() if older else Stale()


def _sent_before(job: Job) -> list[PostRow] | None:
    """What was sent before about the same and is not settled; None while some of it is on its way in another lane."""
    with job.tools.store.read() as unit:
        under_way = unit.holding.pings_under_way(job.burst.id)
        sent = unit.posts.find(job.burst.id, PING, unsettled=True)
    if any(intent_id < job.row.id for intent_id in under_way):
        return None
    return [post for post in sent if _is_about(job, post) and (post.outbox_id or 0) < job.row.id]


def revive_pings(job: Job) -> Outcome:
    """Edit what was settled when the promise was put off: the same one holds again, and it says how things stand.

    What was settled for another reason stays so.
    """
    since = datetime.fromisoformat(job.word("set_aside"))
    with job.tools.store.read() as unit:
        sent = unit.posts.find(job.burst.id, PING)
        put_off = {post.outbox_id or 0: post for post in sent if _was_settled(job, post, since)}
        settled = unit.holding.settled_since(put_off)
    others = {
        id_
        for id_, by in settled
        if manners.settles(by, id_, dict(json.loads(put_off[id_].subject)), put_off[id_].user)
    }
    about = [post for id_, post in put_off.items() if id_ not in others]
    # An earlier attempt may have shown what was settled since as if it held.
    seen = put_off.values() if job.tried else about
    for place in dict.fromkeys((post.channel, post.ts) for post in seen):
        _revive(job, *place, [post for post in about if (post.channel, post.ts) == place])
    return Done() if about else Stale()


def _was_settled(job: Job, post: PostRow, since: datetime) -> bool:
    """Whether the post speaks of the clock, and was settled ``since`` that time."""
    speaks_of_it = json.loads(post.subject).get("clock") == job.row.subject["clock"]
    return speaks_of_it and post.settled_at is not None and post.settled_at >= since


def _is_about(job: Job, post: PostRow) -> bool:
    return manners.settles(job.row.subject, post.outbox_id or 0, dict(json.loads(post.subject)), post.user)


def draw(
    job: Job,
    posts: Sequence[PostRow],
    *,
    settled: frozenset[int] = frozenset(),
    revived: frozenset[int] = frozenset(),
) -> Rendered:
    """The message that these posts are, as their bursts stand now; some were just ``settled``, or ``revived``."""
    standing = [replace(post, settled_at=None) if post.id in revived else post for post in posts]
    return telling(shown(job, standing, settled), now=job.now)


def _settle(job: Job, channel: str, ts: str, posts: Collection[PostRow]) -> None:
    settled = frozenset(post.id for post in posts)
    job.keep((*map(Settled, sorted(settled)), *_show(job, channel, ts, settled=settled)))


def _revive(job: Job, channel: str, ts: str, posts: Collection[PostRow]) -> None:
    revived = frozenset(post.id for post in posts)
    job.keep((*map(Revived, sorted(revived)), *_show(job, channel, ts, revived=revived)))


def _show(
    job: Job,
    channel: str,
    ts: str,
    *,
    settled: frozenset[int] = frozenset(),
    revived: frozenset[int] = frozenset(),
) -> tuple[Outdated, ...]:
    """Edit the message now, unless it also speaks of other bursts: then say that it is to be edited soon."""
    later = outdated(job, channel, ts)
    if not later:
        message = draw(job, posts_at(job, channel, ts), settled=settled, revived=revived)
        edit(job, channel, ts, message, lost=LOST)
    return later

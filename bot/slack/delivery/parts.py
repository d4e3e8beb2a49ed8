"""What one message is about: an intent and those that go along with it, or the posts that it became."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.operations.deliveries import Fact, LeftOut, Outdated, Posted
from bot.reports.labelling import labels_of_many
from bot.slack.delivery.job import Job
from bot.slack.delivery.posting import identified
from bot.slack.delivery.redrawing import digest
from bot.slack.views.parts import Rendered
from bot.slack.views.telling import Told
from bot.taskforce import manners
from bot.taskforce.burst import Burst
from bot.taskforce.moot import is_moot
from storage.posts import PostRow

Moot: TypeAlias = Callable[[Burst, Mapping[str, str | int]], bool]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message is made of, by intent: what still has something to say, and what is ``moot`` or settled."""

    wanted: dict[int, Told]
    over: dict[int, Told]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What the message does not tell."""
        return tuple(LeftOut(intent_id) for intent_id in self.over)

    @property
    def all(self) -> dict[int, Told]:
        """All of it, in the order of its making."""
        return dict(sorted({**self.wanted, **self.over}.items()))


def parts_of(job: Job, moot: Moot = is_moot) -> Parts:
    """The parts of the intent's message as their bursts stand now; whoever sees an over one sees it settled."""
    told = _everything(job)
    with job.tools.store.read() as unit:
        settled = unit.holding.settled_since(told)
    over = {
        intent_id
        for intent_id, by in settled
        if manners.settles(by, intent_id, subject := told[intent_id].subject, str(subject.get("user", "")))
    }
    over |= {intent_id for intent_id, one in told.items() if moot(one.burst, one.subject)}
    return Parts(
        {intent_id: one for intent_id, one in told.items() if intent_id not in over},
        {intent_id: replace(one, settled=True) for intent_id, one in told.items() if intent_id in over},
    )


def _everything(job: Job) -> dict[int, Told]:
    """What the intent and those along with it had to say when they were made, by intent."""
    with job.tools.store.read() as unit:
        rows = (job.row, *unit.holding.carried(job.row.id))
        bursts = unit.bursts.get_many(row.burst_id for row in rows if row.burst_id is not None)
        labels = labels_of_many(unit, job.tools.programme(), bursts)
    reader = job.actor(job.word("user"))
    return {
        row.id: Told(burst, row.subject, labels[burst.id], reader=reader)
        for row in sorted(rows, key=lambda row: row.id)
        if (burst := bursts.get(row.burst_id or 0)) is not None
    }


def shown(job: Job, posts: Iterable[PostRow], settled: frozenset[int]) -> list[Told]:
    """What the posts of one message say, as their bursts stand now; ``settled`` are posts that just became moot."""
    posts = list(posts)
    with job.tools.store.read() as unit:
        bursts = unit.bursts.get_many(post.burst_id for post in posts)
        labels = labels_of_many(unit, job.tools.programme(), bursts)
    readers = {user: job.actor(user) for user in {post.user for post in posts} if user}
    return [
        Told(
            burst,
            subject,
            labels[burst.id],
            settled=over or moot,
            overtaken=over and not moot,
            reader=readers.get(post.user or ""),
        )
        for post in posts
        if (burst := bursts.get(post.burst_id)) is not None
        for subject in ({**json.loads(post.subject), "user": post.user or ""},)
        for over, moot in ((post.settled_at is not None or post.id in settled, is_moot(burst, subject)),)
    ]


def in_parts(facts: Iterable[Fact], told: dict[int, Told], message: Rendered) -> tuple[Fact, ...]:
    """The ``facts`` of posting ``message``, its post told once for each intent that it answers.

    One about several bursts is looked at again: they may have changed while it was sent.
    """
    shared = len({one.burst.id for one in told.values()}) > 1
    drawn = digest(message) if shared else None
    found: list[Fact] = []
    for fact in facts:
        if not isinstance(fact, Posted):
            found.append(fact)
            continue
        found += [
            replace(
                fact,
                subject=identified(one.subject),
                version=one.burst.version,
                burst_id=one.burst.id,
                intent_id=intent_id,
                drawn=drawn,
            )
            for intent_id, one in told.items()
        ]
        found += [Outdated(fact.channel, fact.ts)] if shared else []
    return tuple(found)

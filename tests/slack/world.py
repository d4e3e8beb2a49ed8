"""A burst, a database, a sender, and a Slack that fails on demand: what the sender's stories play in."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.privacy import Guard
from bot.programme import Programme
from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import TIERS, Limit, Pacer
from bot.slack.sender import DrainReport, Sender
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision, Detail, Entry
from bot.taskforce.effects import Effect, EffectKind, burst_lane, cell_lane, person_lane
from bot.taskforce.holders import Holders
from bot.taskforce.terms import EntryKind, Notify, Standing
from storage import Store
from storage.directory import Person
from storage.outbox import OutboxRow
from storage.posts import PostRow
from storage.terms import IntentState
from tests.slack.fake_slack import BOT_USER, FakeSlack
from tests.slack.views.bursts import FAMILY, LEAD, NOW, OPEN, OWNER

STEERING, ARCHIVE, STREAM = "C0STEERING", "C0ARCHIVE", "C0STREAM"
STEERER = "U0STEERER"
QUICK = timedelta(seconds=5)


FILE = SimpleNamespace(
    people={},
    sites={},
    stages={},
    workstreams={},
    roles={},
    delay_causes={},
    decision_rights={},
    families={FAMILY.id: FAMILY},
    severity=SimpleNamespace(matrix=None),
    identifying=SimpleNamespace(attributes=(), hl7_fields=()),
    organisation=SimpleNamespace(domains=(), networks=()),
    privacy=SimpleNamespace(deleted_messages="drop"),
)


@dataclass
class Channels:
    """The programme's channels, as a test changes them."""

    steering: str = STEERING
    archive: str = ARCHIVE
    streams: dict[str, str] = field(default_factory=lambda: {"interoperability": STREAM})

    def workstream(self, workstream: str) -> str | None:
        """Where that workstream talks."""
        return self.streams.get(workstream)


class World:
    """Everything around one burst. Nothing in it waits: pacing is wide open, back-off is none."""

    def __init__(self, slack: FakeSlack, store: Store) -> None:
        self.slack = slack
        self.store = store
        self.channels = Channels()
        for channel, name in ((STEERING, "steering"), (ARCHIVE, "archive"), (STREAM, "interoperability")):
            slack.add_channel(channel, name)
        self.senders: list[Sender] = []
        self.settled: list[tuple[str, str]] = []
        self.sender = self.new_sender("first")

    def new_sender(self, holder: str, *, pacer: Pacer | None = None, timeout: int = 1) -> Sender:
        """A sender of another process on the same database, or of this one after a restart."""
        wide_open = dict.fromkeys(TIERS, Limit(1e6, 10_000))
        client = web_client(
            "xoxb-test", base_url=self.slack.url, proxy=None, ssl_context=None, timeout=timeout
        )
        self.pacer = pacer or Pacer(tiers=wide_open, channel=Limit(1e6, 10_000))
        sender = Sender(
            self.store,
            Gateway(client, self.pacer),
            self.programme,
            holder=holder,
            bot_user=BOT_USER,
            on_settled=lambda kind, state: self.settled.append((kind, state)),
        )
        self.senders.append(sender)
        return sender

    def programme(self) -> Programme:
        """The programme in force: what deliveries ask of it."""
        return cast(
            "Programme",
            SimpleNamespace(
                channels=self.channels,
                file=FILE,
                zone=ZoneInfo("Europe/London"),
                guard=Guard(),
                reach=self.reach,
                actor_leads=lambda user: frozenset({FAMILY.workstream} if user == LEAD else ()),
                is_steering=lambda user: user == STEERER,
                is_admin=lambda user: user == "U0ADMIN",
                holders=lambda *_: Holders(dict.fromkeys((STEERER,))),
                people=SimpleNamespace(stands_for=lambda _user, _at: frozenset()),
                with_covers=lambda _standing: self.programme(),
            ),
        )

    def reach(self, burst: Burst, at: datetime) -> dict[Notify, tuple[str, ...]]:
        """Whom the words of a ladder mean."""
        return {Notify.STEERING_CELL: (LEAD,)}

    def stored(self, burst: Burst, *effects: Effect, entries: Sequence[Entry] = ()) -> Burst:
        """Put ``burst`` into the database as it is, with intents that follow from it."""
        opened = Entry(EntryKind.OPENED, burst.raiser, NOW, {"title": burst.title})
        first = replace(burst, version=1, log_count=1 + len(entries), log_head="")
        decision = Decision(None, first, (opened, *entries), effects)
        with self.store.write() as unit:
            return unit.apply(decision, now=NOW)

    def changed(self, burst_id: int, *effects: Effect, **fields: Any) -> Burst:
        """Change the stored burst, with intents that follow."""
        with self.store.write() as unit:
            before = unit.bursts.get(burst_id)
            assert before is not None
            after = replace(before, version=before.version + 1, **fields)
            return unit.apply(Decision(before, after, (), effects), now=NOW)

    def logged(self, burst_id: int, kind: EntryKind, /, *, actor: str = OWNER, **body: Detail) -> int:
        """Add an entry to the burst's log; returns its number."""
        with self.store.write() as unit:
            before = unit.bursts.get(burst_id)
            assert before is not None
            count = before.log_count + 1
            after = replace(before, version=before.version + 1, log_count=count)
            unit.apply(Decision(before, after, (Entry(kind, actor, NOW, body),), ()), now=NOW)
            return count

    def known(self, user: str, *, channel: str | None = None, standing: Standing = Standing.MEMBER) -> None:
        """Let the directory know a person."""
        with self.store.write() as unit:
            unit.directory.put(Person(user, "T0", user.lower(), user, "", "", "", standing, NOW, channel))

    def drain(self) -> DrainReport:
        """Deliver until nothing is due."""
        return self.sender.drain(QUICK)

    def burst(self, burst_id: int = OPEN.id) -> Burst:
        """The burst as it is stored now."""
        with self.store.read() as unit:
            found = unit.bursts.get(burst_id)
        assert found is not None
        return found

    def rows(self, *states: IntentState) -> list[OutboxRow]:
        """The intents in these states; in all of them when none is given."""
        with self.store.read() as unit:
            return unit.outbox.listed(states or tuple(IntentState))

    def posts(self, slot: str) -> list[PostRow]:
        """What is recorded as posted under that slot."""
        with self.store.read() as unit:
            return unit.posts.find(OPEN.id, slot)

    def words(self, channel: str) -> list[str]:
        """The notification texts in a channel, oldest first."""
        return self.slack.texts(channel)

    def close(self) -> None:
        """End every sender."""
        self.slack.over.set()
        for sender in self.senders:
            sender.close()


def here(kind: EffectKind, **subject: str | int) -> Effect:
    """An intent in the burst's lane."""
    return Effect(kind, burst_lane(OPEN.id), subject)


def to(user: str, rank: str, **subject: str | int) -> Effect:
    """A ping to one person."""
    return Effect(EffectKind.PING, person_lane(user), {"user": user, "rank": rank, **subject})


def cell(kind: EffectKind, **subject: str | int) -> Effect:
    """An intent in the steering cell's lane."""
    return Effect(kind, cell_lane(OPEN.id), subject)


HOMELESS = replace(OPEN, place=None)
OPENING = tuple(
    here(kind)
    for kind in (
        EffectKind.OPEN_CHANNEL,
        EffectKind.INVITE,
        EffectKind.POST_CARD,
        EffectKind.PIN_CARD,
        EffectKind.SET_TOPIC,
        EffectKind.POST_CHECKLIST,
    )
)
NAME = "burst-42-dicom-mapping-ngh"


def hurry(world: World) -> None:
    """Let what waits for its time be due now."""
    with world.store.write() as unit:
        for row in unit.outbox.claim("hurry", 10, 4e9):
            unit.outbox.postpone(row.id, row.fence, not_before_wall=0.0, attempt=row.attempt)


def settle_down(world: World) -> None:
    """Deliver what is due now, and then what waits so that several become one."""
    world.drain()
    hurry(world)
    world.drain()

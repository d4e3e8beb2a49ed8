"""Everything that the deliveries left to tell is told to a Slack that takes it; who heard what is judged."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any

from bot.operations.office import Office
from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import TIERS, Limit, Pacer
from bot.slack.requests import Person
from bot.slack.sender import Sender
from bot.slack.views.parts import Rendered
from storage.terms import IntentState
from tests.handlers.workspace import BOT, TEAM, words_of
from tests.hostile.judging import SECRETS, readable, unfit
from tests.hostile.story import SECRET_WORD
from tests.slack.fake_slack import FakeSlack, serving

BUDGET = timedelta(seconds=60)


class Willing(FakeSlack):
    """A Slack in which every channel exists and the bot is in it."""

    def _conversations_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = arguments["channel"]
        if channel not in self.channels:
            self.add_channel(channel, f"room {channel}")
        return super()._conversations_info(arguments)

    def _conversations_archive(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._conversations_info(arguments)
        return super()._conversations_archive(arguments)


def telling(office: Office) -> Iterator[str]:
    """Tell what waits, and yield what Slack would refuse, what was parked, and who heard too much."""
    with serving(Willing()) as slack:
        with closing(_sender(office, slack)) as sender:
            sender.drain(BUDGET)
        yield from _judged(office, slack)


def _judged(office: Office, slack: FakeSlack) -> Iterator[str]:
    with office.store.read() as unit:
        for row in unit.outbox.listed({IntentState.PARKED}, limit=20):
            yield f"parked: {row}"
    for call in slack.calls:
        if call.method in {"chat.postMessage", "chat.update"}:
            message = Rendered(call.arguments["text"], _list(call.arguments.get("blocks")))
            yield from unfit([message], [])
            if SECRET_WORD in words_of(call.arguments) and not _may_hear(office, slack, call.arguments):
                yield f"{call.arguments['channel']} heard what was written in private"
    for user, view in slack.homes.items():
        yield from unfit([], [view])
        if SECRET_WORD in words_of(view) and not readable(office, Person(user, TEAM)):
            yield f"the home tab of {user} shows what was written in private"


def _sender(office: Office, slack: FakeSlack) -> Sender:
    wide_open = dict.fromkeys(TIERS, Limit(1e6, 10_000))
    client = web_client("xoxb-test", base_url=slack.url, proxy=None, ssl_context=None, timeout=10)
    gateway = Gateway(client, Pacer(tiers=wide_open, channel=Limit(1e6, 10_000)))
    return Sender(office.store, gateway, office.programme, holder="telling", bot_user=BOT)


def _may_hear(office: Office, slack: FakeSlack, arguments: Mapping[str, Any]) -> bool:
    """Direct messages of readers, the steering cell's channel, and where the private bursts ever lived."""
    channel = arguments["channel"]
    if channel.startswith("D"):
        return bool(readable(office, Person(f"U{channel[1:]}", TEAM)))
    if channel == office.programme().channels.steering:
        return True
    made = slack.channels.get(channel, {})
    return bool(made.get("is_private")) or channel in _homes(office)


def _homes(office: Office) -> str:
    """The channels that the private bursts' logs name, in one text."""
    with office.store.read() as unit:
        bodies = [entry.body for one in SECRETS for entry in unit.log.entries(one)]
        places = [burst.place for one in SECRETS if (burst := unit.bursts.get(one)) is not None]
    return f"{bodies} {places}"


def _list(blocks: Any) -> list[dict[str, Any]]:
    found = json.loads(blocks) if isinstance(blocks, str) else blocks
    return list(found or ())

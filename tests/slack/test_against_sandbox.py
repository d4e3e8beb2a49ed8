"""The gateway's calls, as strictly read as Slack reads them, by the sandbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import PermanentFault, TransientFault, UnknownFault
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import Limit, Pacer
from bot.slack.views.parts import Rendered, header

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
HELLO = Rendered("hello", [header("Hello")])
BYE = Rendered("bye", [header("Bye")])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A sandbox with the app of our manifest."""
    with running(SandboxSettings(manifest=MANIFEST, port=0, rate_limit_scale=None)) as where:
        yield where


@pytest.fixture
def sandbox(address: str) -> Iterator[SandboxClient]:
    """Its control."""
    with SandboxClient(address) as control:
        control.forget()
        yield control
        control.heal()


@pytest.fixture
def real(address: str) -> Gateway:
    """A gateway to it."""
    client = web_client("xoxb-sandbox", base_url=f"{address}/api/", proxy=None, ssl_context=None)
    return Gateway(client, Pacer(channel=Limit(6000, 100)))


def test_a_channel_lives_and_ends(real: Gateway, sandbox: SandboxClient) -> None:
    ann, ben = sandbox.add_person("ann"), sandbox.add_person("ben")
    me = real.people.identity()
    channel = real.channels.create("burst-1-pacs-ngh", private=True)
    assert real.channels.find_own(channel.name, creator=me.user, since=0.0) == channel
    assert real.channels.invite(channel.id, [ann.id, ben.id, me.user]) == ()
    real.channels.set_topic(channel.id, "BURST-1 · sev2")
    parent = real.messages.post(channel.id, HELLO, op="1")
    reply = real.messages.post(channel.id, HELLO, op="2", thread_ts=parent.ts)
    real.messages.update(channel.id, parent.ts, BYE)
    for _ in range(2):
        real.messages.pin(channel.id, parent.ts)
    assert real.messages.find(channel.id, "1", since=float(parent.ts) - 5) == parent
    assert real.messages.find(channel.id, "2", since=0.0, thread_ts=parent.ts) == reply
    assert ben.messages(channel.id) != []
    for _ in range(2):
        real.channels.archive(channel.id)
    assert real.channels.info(channel.id).is_archived
    with pytest.raises(PermanentFault, match="is_archived"):
        real.messages.post(channel.id, HELLO, op="3")
    refused = [
        call["method"] for call in sandbox.calls() if call["error"] in {"invalid_arguments", "missing_scope"}
    ]
    assert refused == []


def test_one_message_is_read_and_has_an_address(real: Gateway, sandbox: SandboxClient) -> None:
    channel = real.channels.create("burst-3-pacs-ngh", private=True)
    parent = real.messages.post(channel.id, HELLO, op="1")
    reply = real.messages.post(channel.id, BYE, op="2", thread_ts=parent.ts)
    for one in (parent, reply):
        found = real.history.message(channel.id, one.ts)
        assert found is not None
        assert found["ts"] == one.ts
        assert one.ts.replace(".", "") in real.messages.permalink(channel.id, one.ts)
    assert real.history.message(channel.id, "1.000001") is None


def test_a_taken_name_is_said_to_be_taken(real: Gateway) -> None:
    real.channels.create("burst-2-pacs-ngh", private=False)
    with pytest.raises(PermanentFault, match="name_taken"):
        real.channels.create("burst-2-pacs-ngh", private=False)


def test_people_and_their_screens(real: Gateway, sandbox: SandboxClient) -> None:
    cat = sandbox.add_person("cat", tz="Europe/Oslo")
    assert real.people.info(cat.id).zone == "Europe/Oslo"
    assert cat.id in {profile.user for profile in real.people.everybody()}
    real.messages.post(real.channels.open_dm(cat.id), HELLO, op="4")
    real.screens.publish_home(cat.id, {"type": "home", "blocks": HELLO.blocks})
    assert cat.home() is not None


@pytest.mark.parametrize("kind", ["after", "before"])
def test_a_dropped_connection_leaves_it_open_what_happened(
    real: Gateway, sandbox: SandboxClient, kind: str
) -> None:
    dan = sandbox.add_person(f"dan-{kind}")
    channel = real.channels.open_dm(dan.id)
    sandbox.fail("chat.postMessage", "drop", after=kind == "after")
    with pytest.raises(UnknownFault):
        real.messages.post(channel, HELLO, op="5")
    found = real.messages.find(channel, "5", since=0.0)
    assert (found is not None) is (kind == "after")


def test_rate_limits_say_how_long(real: Gateway, sandbox: SandboxClient) -> None:
    sandbox.fail("auth.test", "rate_limit", retry_after=7)
    with pytest.raises(TransientFault) as caught:
        real.people.identity()
    assert caught.value.retry_after == 7.0

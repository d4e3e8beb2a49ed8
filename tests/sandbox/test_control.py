"""The sandbox itself: how it starts, what its control API refuses, what people find."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.sandbox.__main__ import rate_limits, settings_from
from bot.sandbox.client import NeverHappened, Person, Refused, SandboxClient, texts_of, wait_for
from bot.sandbox.errors import Unreachable
from bot.sandbox.seed import read_seed
from bot.sandbox.server import running, serve
from bot.sandbox.settings import SandboxSettings
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.support import fresh, plain, web_client

SEED = """
users:
  - {name: ida, real_name: Ida Example, tz: Europe/Oslo}
  - {name: max, is_restricted: true}
channels:
  - {name: steering, is_private: true, members: [ida], app: true, topic: Escalations}
groups:
  - {handle: pacs, users: [ida]}
"""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "slack.example"])
def test_only_loopback_is_served(host: str) -> None:
    with pytest.raises(Unreachable, match="loopback"):
        serve(SandboxSettings(manifest=MANIFEST, host=host))


def test_a_port_in_use_is_said_in_words(address: str) -> None:
    port = int(address.rpartition(":")[2])
    settings = SandboxSettings(manifest=MANIFEST, port=port)
    with pytest.raises(Unreachable, match=str(port)), running(settings):
        pass


def test_a_seed_is_planted_before_anybody_comes(tmp_path: Path) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(SEED)
    with (
        running(SandboxSettings(manifest=MANIFEST, port=0, seed=seed)) as address,
        SandboxClient(address) as client,
    ):
        ida, guest = client.person("ida"), client.person("max")
        steering = ida.channel("steering")
        assert (steering["topic"]["value"], steering["is_private"]) == ("Escalations", True)
        assert "steering" not in [channel.get("name") for channel in guest.channels()]
        listed = web_client(address).usergroups_list(include_users=True)["usergroups"]
        assert listed[0]["users"] == [ida.id]


@pytest.mark.parametrize("text", ["users: [{nickname: x}]", "[]", "users: 7"])
def test_a_seed_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(text)
    if text == "[]":
        assert read_seed(seed).users == []
        return
    with pytest.raises(Unreachable):
        read_seed(seed)


def test_a_process_says_where_it_listens(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    arguments = ["--manifest", str(MANIFEST), "--port", "0", "--state-file", str(state)]
    with subprocess.Popen([sys.executable, "-m", "bot.sandbox", *arguments]) as process:
        try:
            wait_for(state.exists, within=20)
            with SandboxClient(json.loads(state.read_text())["address"]) as client:
                assert client.about()["connections"] == 0
        finally:
            process.terminate()
    assert process.returncode in (0, -15)


def test_a_process_that_cannot_start_says_why(tmp_path: Path) -> None:
    arguments = ["--manifest", str(tmp_path / "none.yml"), "--port", "0"]
    ended = subprocess.run(
        [sys.executable, "-m", "bot.sandbox", *arguments], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "none.yml" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("word", "scale"), [("on", 1.0), ("off", None), ("scale=2.5", 2.5)])
def test_rate_limits_are_chosen_on_the_command_line(word: str, scale: float | None) -> None:
    assert settings_from(["--rate-limits", word]).rate_limit_scale == scale


@pytest.mark.parametrize("word", ["scale=0", "scale=-1", "fast"])
def test_a_rate_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        rate_limits(word)


def test_what_people_find_is_what_they_may_see(client: SandboxClient, ann: Person, ben: Person) -> None:
    theirs = client.add_channel(fresh("theirs"), is_private=True, members=[ann.name])["id"]
    word = fresh("needle")
    ann.say(theirs, f"a {word}")
    assert [message["text"] for message in ann.search(word)] == [f"a {word}"]
    assert ben.search(word) == []
    with pytest.raises(Refused, match="sees no channel"):
        ben.messages(theirs)


def test_what_a_person_types_is_stored_as_slack_stores_it(channel: str, ann: Person, ben: Person) -> None:
    said = ann.say(channel, f"@{ben.name} a < b & {ann.mention}")
    assert said["text"] == f"<@{ben.id}|{ben.name}> a &lt; b &amp; {ann.mention}"


def test_people_change_only_their_own_words(channel: str, ann: Person, ben: Person) -> None:
    said = ann.say(channel, "mine")
    with pytest.raises(Refused, match="did not write"):
        ben.edit(said, "yours")
    with pytest.raises(Refused, match="did not write"):
        ben.delete(said)


def test_the_record_tells_what_was_called(client: SandboxClient, slack: WebClient, channel: str) -> None:
    slack.chat_postMessage(channel=channel, text="x")
    call = client.calls("chat.*")[-1]
    assert (call["method"], call["ok"], call["arguments"]["text"]) == ("chat.postMessage", True, "x")
    client.forget()
    assert client.calls() == []


@pytest.mark.parametrize("path", ["/switches", "/act/command", "/faults/calls"])
def test_unknown_fields_are_refused(client: SandboxClient, path: str) -> None:
    with pytest.raises(Refused):
        client.post(path, {"refuse_everything": True})


def test_a_name_is_given_once(client: SandboxClient, ann: Person) -> None:
    with pytest.raises(Refused, match="already"):
        client.add_person(ann.name)


def test_a_group_that_is_none_is_not_changed(client: SandboxClient) -> None:
    with pytest.raises(Refused, match="no group"):
        client.post("/groups/S404", {"users": []})


def test_waiting_ends_with_what_was_seen_last() -> None:
    with pytest.raises(NeverHappened, match=r"a ship .* last seen: 0"):
        wait_for(lambda: 0, within=0.1, what="a ship")


def test_all_texts_of_a_view_are_found() -> None:
    view = {"title": plain("Raise"), "blocks": [{"text": plain("a")}, {"elements": [plain("b")]}]}
    assert texts_of(view) == "Raise\na\nb"


def test_a_channel_is_not_renamed_to_a_name_that_is_taken_or_none(
    slack: WebClient, channel: str, ann: Person
) -> None:
    taken = slack.conversations_create(name=fresh("taken"))["channel"]["name"]
    with pytest.raises(Refused, match="name_taken"):
        ann.change_channel(channel, "rename", taken)
    with pytest.raises(Refused, match="invalid_name"):
        ann.change_channel(channel, "rename", "Not A Name")


def test_nobody_writes_into_an_archived_channel(slack: WebClient, channel: str, ann: Person) -> None:
    said = ann.say(channel, "before")
    slack.conversations_archive(channel=channel)
    acts: list[Callable[[], object]] = [
        lambda: ann.say(channel, "after"),
        lambda: ann.react(said, "eyes"),
        lambda: ann.edit(said, "changed"),
        lambda: ann.upload(channel, "x.txt", "x"),
        lambda: ann.change_channel(channel, "join"),
        lambda: ann.command("/plain", channel),
    ]
    for act in acts:
        with pytest.raises(Refused, match="archived"):
            act()


def test_a_guest_does_not_walk_into_channels(client: SandboxClient, channel: str) -> None:
    guest = client.add_person(fresh("guest"), is_restricted=True)
    with pytest.raises(Refused, match="guest"):
        guest.say(channel, "hello")


def test_who_speaks_in_a_public_channel_is_in_it(channel: str, ann: Person) -> None:
    ann.say(channel, "hello")
    assert ann.id in ann.channel(channel)["members"]


def test_a_reply_to_a_reply_stands_in_the_same_thread(channel: str, ann: Person) -> None:
    parent = ann.say(channel, "parent")
    reply = ann.say(channel, "reply", thread_ts=parent["ts"])
    second = ann.say(channel, "second", thread_ts=reply["ts"])
    assert second["thread_ts"] == parent["ts"]


def test_an_app_may_take_no_direct_messages(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("features: {app_home: {messages_tab_enabled: false}}\n")
    with (
        running(SandboxSettings(manifest=manifest, port=0)) as address,
        SandboxClient(address) as client,
        pytest.raises(Refused, match="turned off"),
    ):
        client.add_person("ann").say("app", "hello")


def test_a_manifest_that_is_none_is_refused(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("just words")
    with pytest.raises(Unreachable, match="not an app manifest"):
        serve(SandboxSettings(manifest=manifest, port=0))

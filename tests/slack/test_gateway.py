"""Every way in which a call can go wrong, told apart; and what each call asks of Slack."""

import json
import socket
import ssl
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackRequestError

from bot.errors import PermanentFault, SlackFault, TransientFault, UnknownFault
from bot.slack.faults import DEFAULT_RETRY_AFTER, DeadCredentials, Paced, fault_of
from bot.slack.gateway import Gateway, NotInvited, Posted, web_client
from bot.slack.pacing import Pacer
from bot.slack.views.parts import Rendered
from tests.slack.conftest import Hand
from tests.slack.fake_slack import BOT_USER, FakeSlack, Fault, rate_limited, refusal

HELLO = Rendered("hello", [{"type": "divider"}])


def fault(gateway: Gateway) -> SlackFault:
    """What posting raises."""
    with pytest.raises(SlackFault) as caught:
        gateway.messages.post("C01", HELLO, op="7")
    return caught.value


@pytest.mark.parametrize(
    "broken",
    [
        Fault(drop=True),
        Fault(drop=True, after=True),
        Fault(hang=True),
        Fault(status=500, body='{"ok": false, "error": "internal_error"}'),
        Fault(status=502, body="<html>bad gateway</html>"),
        Fault(status=503, body=""),
        Fault(body="<html>welcome</html>"),
        Fault(body="[]"),
        Fault(body="[1]"),
        Fault(body="{}"),
        Fault(body='"ok"'),
        Fault(body='{"ok": true}'),
        Fault(body='{"ok": true, "channel": 3, "ts": null}'),
        refusal("internal_error"),
        refusal("fatal_error"),
        Fault(status=503, body='{"ok": false, "error": "weird_new_code"}'),
    ],
    ids=str,
)
def test_what_may_have_taken_effect_is_unknown(gateway: Gateway, slack: FakeSlack, broken: Fault) -> None:
    slack.fail("chat.postMessage", broken)
    assert isinstance(fault(gateway), UnknownFault)


@pytest.mark.parametrize(
    "broken",
    [
        refusal("service_unavailable"),
        refusal("request_timeout"),
        refusal("team_added_to_org"),
        refusal("message_limit_exceeded"),
        Fault(status=407, body="<html>proxy</html>"),
        Fault(status=403, body="denied by the proxy"),
    ],
    ids=str,
)
def test_what_never_happened_is_transient(gateway: Gateway, slack: FakeSlack, broken: Fault) -> None:
    slack.fail("chat.postMessage", broken)
    assert isinstance(fault(gateway), TransientFault)


@pytest.mark.parametrize(
    ("broken", "seconds"),
    [
        (rate_limited(17), 17.0),
        (refusal("rate_limited"), DEFAULT_RETRY_AFTER),
        (Fault(status=429, body="slow down", headers=(("retry-after", "3"),)), 3.0),
        (Fault(status=429, body="{}", headers=(("Retry-After", "soon"),)), DEFAULT_RETRY_AFTER),
    ],
)
def test_too_many_calls_says_how_long_to_wait(
    gateway: Gateway, slack: FakeSlack, broken: Fault, seconds: float
) -> None:
    slack.fail("chat.postMessage", broken)
    found = fault(gateway)
    assert isinstance(found, TransientFault)
    assert (found.code, found.retry_after) == ("ratelimited", seconds)


def test_no_call_is_made_before_retry_after_is_over(gateway: Gateway, slack: FakeSlack, hand: Hand) -> None:
    slack.fail("chat.postMessage", rate_limited(17))
    fault(gateway)
    hand.at += 16.9
    assert isinstance(fault(gateway), Paced)
    assert len(slack.calls) == 1
    hand.at += 0.1
    assert gateway.messages.post("C01", HELLO, op="7").channel == "C01"


@pytest.mark.parametrize(
    "code", ["channel_not_found", "invalid_blocks", "restricted_action", "missing_scope"]
)
def test_a_refusal_is_permanent(gateway: Gateway, slack: FakeSlack, code: str) -> None:
    slack.fail("chat.postMessage", refusal(code))
    found = fault(gateway)
    assert type(found) is PermanentFault
    assert found.code == code


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive", "not_authed"])
def test_a_dead_token_is_told_apart(gateway: Gateway, slack: FakeSlack, code: str) -> None:
    slack.fail("chat.postMessage", refusal(code))
    assert isinstance(fault(gateway), DeadCredentials)


def test_a_refusal_says_what_the_administrator_needs(gateway: Gateway, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", refusal("missing_scope", needed="chat:write", provided="commands"))
    assert fault(gateway).detail == "needed scope: chat:write"
    messages = ["[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text]"]
    slack.fail("chat.postMessage", refusal("invalid_blocks", response_metadata={"messages": messages}))
    assert fault(gateway).detail == messages[0]


def test_nobody_listening_is_transient(pacer: Pacer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    client = web_client("xoxb-test", base_url=f"http://127.0.0.1:{port}/api/", proxy=None, ssl_context=None)
    found = fault(Gateway(client, pacer))
    assert isinstance(found, TransientFault)
    assert found.code == "cannot_connect"


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (URLError(socket.gaierror(-2, "unknown")), TransientFault, "cannot_connect"),
        (URLError(ssl.SSLCertVerificationError("self-signed")), TransientFault, "cannot_connect"),
        (URLError(OSError(101, "unreachable")), TransientFault, "cannot_connect"),
        (URLError(ConnectionResetError()), UnknownFault, "connection_dropped"),
        (URLError("no host given"), UnknownFault, "unreadable_answer"),
        (TimeoutError(), UnknownFault, "timeout"),
        (URLError(TimeoutError()), UnknownFault, "timeout"),
        (ValueError(), UnknownFault, "unreadable_answer"),
        (SlackRequestError("invalid proxy"), PermanentFault, "invalid_request"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogate"), PermanentFault, "not_encodable"),
    ],
    ids=repr,
)
def test_a_broken_connection_is_classified_by_whether_the_call_left(
    error: Exception, kind: type[SlackFault], code: str
) -> None:
    found = fault_of("chat.postMessage", error)
    assert isinstance(found, kind)
    assert found.code == code


def test_a_call_is_never_repeated_by_itself(gateway: Gateway, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", Fault(drop=True, after=True))
    fault(gateway)
    assert len(slack.made("chat.postMessage")) == 1


def test_a_post_carries_its_outbox_id_and_unfurls_nothing(gateway: Gateway, slack: FakeSlack) -> None:
    posted = gateway.messages.post("C01", HELLO, op="7", thread_ts="12.5")
    [sent] = slack.made("chat.postMessage")
    assert sent["metadata"] == {"event_type": "issue_burst", "event_payload": {"op": "7"}}
    assert sent["unfurl_links"] is False
    assert sent["unfurl_media"] is False
    assert (sent["thread_ts"], sent["text"], sent["blocks"]) == ("12.5", HELLO.text, HELLO.blocks)
    assert posted == Posted("C01", slack.messages["C01"][0]["ts"])


def test_a_post_is_found_again_on_a_later_page(gateway: Gateway, slack: FakeSlack, hand: Hand) -> None:
    posted = gateway.messages.post("C01", HELLO, op="7")
    slack.messages["C01"].extend({"ts": f"1900000000.{n:06}", "text": "chatter"} for n in range(300))
    assert gateway.messages.find("C01", "7", since=0.0) == posted
    assert gateway.messages.find("C01", "8", since=0.0) is None


def test_a_post_in_a_thread_is_found_in_the_thread(gateway: Gateway, slack: FakeSlack) -> None:
    parent = gateway.messages.post("C01", HELLO, op="1")
    reply = gateway.messages.post("C01", HELLO, op="2", thread_ts=parent.ts)
    assert gateway.messages.find("C01", "2", since=0.0) is None
    assert gateway.messages.find("C01", "2", since=0.0, thread_ts=parent.ts) == reply


def test_metadata_of_other_apps_is_not_taken_for_ours(gateway: Gateway, slack: FakeSlack) -> None:
    other = {"event_type": "else", "event_payload": {"op": "7"}}
    slack.messages["C01"].append({"ts": "1900000000.000001", "text": "", "metadata": other})
    assert gateway.messages.find("C01", "7", since=0.0) is None


def test_an_edit_replaces_text_and_blocks_and_keeps_the_metadata(gateway: Gateway, slack: FakeSlack) -> None:
    posted = gateway.messages.post("C01", HELLO, op="7")
    gateway.messages.update(posted.channel, posted.ts, Rendered("bye"))
    assert slack.texts("C01") == ["bye"]
    assert "metadata" not in slack.made("chat.update")[0]


def test_pinning_twice_is_fine(gateway: Gateway, slack: FakeSlack) -> None:
    gateway.messages.pin("C01", "12.5")
    slack.fail("pins.add", refusal("already_pinned"))
    gateway.messages.pin("C01", "12.5")
    assert slack.pins == [("C01", "12.5")]


def test_a_created_channel_is_found_by_its_maker(gateway: Gateway, slack: FakeSlack) -> None:
    made = gateway.channels.create("burst-1-pacs-ngh", private=True)
    assert made.is_private
    assert gateway.channels.find_own("burst-1-pacs-ngh", creator=BOT_USER, since=0.0) == made
    assert gateway.channels.find_own("burst-1-pacs-ngh", creator="U01", since=0.0) is None
    assert gateway.channels.find_own("burst-1-pacs-ngh", creator=BOT_USER, since=made.created + 1) is None
    gateway.channels.archive(made.id)
    assert gateway.channels.find_own("burst-1-pacs-ngh", creator=BOT_USER, since=0.0) is None


def test_our_own_channel_is_found_among_others_on_a_later_page(gateway: Gateway, slack: FakeSlack) -> None:
    others = {
        "ok": True,
        "channels": [{"id": "C01", "name": "chat"}],
        "response_metadata": {"next_cursor": "2"},
    }
    made = gateway.channels.create("burst-1-pacs-ngh", private=False)
    slack.fail("users.conversations", Fault(body=json.dumps(others)))
    assert gateway.channels.find_own("burst-1-pacs-ngh", creator=BOT_USER, since=0.0) == made
    assert gateway.channels.find_own("burst-2-pacs-ngh", creator=BOT_USER, since=0.0) is None


def test_archiving_twice_is_fine(gateway: Gateway, slack: FakeSlack) -> None:
    slack.add_channel("C01", "old")
    gateway.channels.archive("C01")
    gateway.channels.archive("C01")
    assert gateway.channels.info("C01").is_archived


def test_an_invitation_says_who_could_not_be_added_and_why(gateway: Gateway, slack: FakeSlack) -> None:
    errors = [
        {"user": "U02", "ok": False, "error": "user_is_restricted"},
        {"user": "U03", "ok": False, "error": "already_in_channel"},
    ]
    slack.fail("conversations.invite", refusal("user_is_restricted", errors=errors))
    assert gateway.channels.invite("C01", ["U01", "U02", "U03"]) == (NotInvited("U02", "user_is_restricted"),)
    assert slack.made("conversations.invite")[0] == {"channel": "C01", "users": "U01,U02,U03", "force": True}


@pytest.mark.parametrize(
    ("code", "users", "refused"),
    [
        ("already_in_channel", ["U01"], ()),
        ("cant_invite_self", ["U01"], ()),
        ("ura_max_channels", ["U01"], (NotInvited("U01", "ura_max_channels"),)),
        ("cant_invite", ["U01", "U02"], (NotInvited("", "cant_invite"),)),
    ],
)
def test_a_refused_invitation_without_a_list_is_about_whom_it_can_be(
    gateway: Gateway, slack: FakeSlack, code: str, users: list[str], refused: tuple[NotInvited, ...]
) -> None:
    slack.fail("conversations.invite", refusal(code))
    assert gateway.channels.invite("C01", users) == refused


def test_a_large_team_is_invited_a_hundred_at_a_time(gateway: Gateway, slack: FakeSlack) -> None:
    assert gateway.channels.invite("C01", [f"U{n}" for n in range(150)]) == ()
    assert [call["users"].count(",") + 1 for call in slack.made("conversations.invite")] == [100, 50]


def test_an_archived_channel_refuses_the_whole_invitation(gateway: Gateway, slack: FakeSlack) -> None:
    slack.fail("conversations.invite", refusal("is_archived"))
    with pytest.raises(PermanentFault):
        gateway.channels.invite("C01", ["U01"])


def test_a_topic_is_cut_to_what_slack_takes(gateway: Gateway, slack: FakeSlack) -> None:
    gateway.channels.set_topic("C01", "x" * 300)
    assert len(slack.made("conversations.setTopic")[0]["topic"]) == 250


def test_a_direct_message_is_opened(gateway: Gateway) -> None:
    assert gateway.channels.open_dm("U02") == "D02"


def test_who_we_are_and_what_we_may_do(gateway: Gateway) -> None:
    identity = gateway.people.identity()
    assert (identity.user, identity.team) == (BOT_USER, "T0")
    assert identity.scopes == {"chat:write", "pins:write"}
    assert not identity.enterprise_install


def test_everybody_is_read_page_by_page(gateway: Gateway, slack: FakeSlack) -> None:
    first = {
        "ok": True,
        "members": [{"id": "U01", "name": "pat", "deleted": True, "profile": {"display_name": "Pat"}}],
        "response_metadata": {"next_cursor": "more"},
    }
    last = {"ok": True, "members": [{"id": "U02", "is_restricted": True}]}
    slack.fail("users.list", Fault(body=json.dumps(first)), Fault(body=json.dumps(last)))
    people = list(gateway.people.everybody())
    assert [(p.user, p.name, p.deleted, p.is_restricted) for p in people] == [
        ("U01", "Pat", True, False),
        ("U02", "", False, True),
    ]
    assert slack.made("users.list")[1]["cursor"] == "more"


def test_one_person_is_described(gateway: Gateway) -> None:
    assert gateway.people.info("U07").zone == "Europe/London"


def test_a_modal_is_opened_once_for_a_trigger(gateway: Gateway, slack: FakeSlack) -> None:
    view = {"type": "modal"}
    assert gateway.screens.open("1.2.3", view) == "V01"
    slack.fail("views.open", refusal("exchanged_trigger_id"))
    assert gateway.screens.open("1.2.3", view) == ""
    assert gateway.screens.publish_home("U01", {"type": "home"}) == "V02"
    assert slack.homes == {"U01": {"type": "home"}}


def test_an_expired_modal_is_a_refusal(gateway: Gateway, slack: FakeSlack) -> None:
    slack.fail("views.open", refusal("expired_trigger_id"))
    with pytest.raises(PermanentFault):
        gateway.screens.open("1.2.3", {"type": "modal"})


def test_every_call_is_counted_with_its_outcome(slack: FakeSlack, pacer: Pacer) -> None:
    counted: list[tuple[str, str]] = []
    client = web_client("xoxb-test", base_url=slack.url, proxy=None, ssl_context=None)
    gateway = Gateway(client, pacer, lambda method, outcome, _: counted.append((method, outcome)))
    gateway.channels.set_topic("C01", "BURST-1")
    slack.fail("conversations.setTopic", refusal("is_archived"))
    with pytest.raises(PermanentFault):
        gateway.channels.set_topic("C01", "BURST-1")
    assert counted == [("conversations.setTopic", "ok"), ("conversations.setTopic", "is_archived")]


def test_nothing_that_people_wrote_is_logged(
    gateway: Gateway, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    slack.fail("chat.postMessage", Fault(body="<html>hello</html>"), Fault(drop=True))
    fault(gateway)
    fault(gateway)
    assert "hello" not in caplog.text
    # These two trace what they do, never what was said; in life they are held at warnings.
    assert {record.name.partition(".")[0] for record in caplog.records} <= {"httpx", "httpcore"}

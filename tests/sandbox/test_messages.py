"""Messages: who may post where, what an edit keeps, who sees what."""

import pytest
from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient
from tests.sandbox.support import fresh, refusal, refused, section

META = {"event_type": "op", "event_payload": {"id": "42"}}


def test_what_the_app_posts_is_signed_and_seen(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person
) -> None:
    posted = slack.chat_postMessage(channel=channel, text="hello")
    seen = ann.messages(channel)[-1]
    app = client.about()
    assert (seen["ts"], seen["text"]) == (posted["ts"], "hello")
    assert (seen["bot_id"], seen["app_id"]) == (app["bot_id"], app["app_id"])


def test_timestamps_are_unique_and_increase(slack: WebClient, channel: str) -> None:
    stamps = [slack.chat_postMessage(channel=channel, text=str(n))["ts"] for n in range(20)]
    assert sorted(set(stamps)) == stamps


def test_the_app_posts_only_where_it_is_a_member(
    client: SandboxClient, slack: WebClient, ann: Person
) -> None:
    theirs = client.add_channel(fresh("theirs"), members=[ann.name])["id"]
    assert refusal(slack.chat_postMessage, channel=theirs, text="hi") == "not_in_channel"


@pytest.mark.parametrize("channel_id", ["C404", "U404", "nowhere"])
def test_nothing_is_posted_into_nowhere(slack: WebClient, channel_id: str) -> None:
    assert refusal(slack.chat_postMessage, channel=channel_id, text="hi") == "channel_not_found"


def test_a_persons_id_reaches_their_direct_messages(slack: WebClient, ann: Person) -> None:
    posted = slack.chat_postMessage(channel=ann.id, text="accept, please")
    assert str(posted["channel"]).startswith("D")
    assert ann.dms()[-1]["text"] == "accept, please"


def test_a_message_needs_something_to_say(slack: WebClient, channel: str) -> None:
    empty = {"channel": channel, "text": ""}
    assert refusal(slack.api_call, api_method="chat.postMessage", json=empty) == "no_text"


def test_wrong_blocks_are_named_where_they_are_wrong(slack: WebClient, channel: str) -> None:
    answer = refused(slack.chat_postMessage, channel=channel, text="x", blocks=[section("x" * 3001)])
    assert answer["error"] == "invalid_blocks"
    assert "/blocks/0/text/text" in answer["response_metadata"]["messages"][0]


def test_blocks_that_are_no_json_are_refused(slack: WebClient, channel: str) -> None:
    assert refusal(slack.chat_postMessage, channel=channel, text="x", blocks="[{") == "invalid_blocks_format"


def test_a_name_of_its_own_needs_its_own_scope(slack: WebClient, channel: str) -> None:
    answer = refused(slack.chat_postMessage, channel=channel, text="x", username="other")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write.customize")


def test_an_edit_without_blocks_drops_the_old_ones_and_is_marked(
    slack: WebClient, channel: str, ann: Person
) -> None:
    posted = slack.chat_postMessage(channel=channel, text="a", blocks=[section("a")])
    slack.chat_update(channel=channel, ts=posted["ts"], text="b")
    seen = ann.messages(channel)[-1]
    assert (seen["text"], "blocks" in seen, "edited" in seen) == ("b", False, True)


def test_an_edit_with_blocks_is_not_marked(slack: WebClient, channel: str, ann: Person) -> None:
    posted = slack.chat_postMessage(channel=channel, text="a", blocks=[section("a")])
    slack.chat_update(channel=channel, ts=posted["ts"], text="b", blocks=[section("b")])
    seen = ann.messages(channel)[-1]
    assert (seen["blocks"][0]["text"]["text"], "edited" in seen) == ("b", False)


def test_an_edit_keeps_metadata_until_it_is_emptied(slack: WebClient, channel: str, ann: Person) -> None:
    posted = slack.chat_postMessage(channel=channel, text="a", metadata=META)
    slack.chat_update(channel=channel, ts=posted["ts"], text="b")
    assert ann.messages(channel)[-1]["metadata"] == META
    slack.chat_update(channel=channel, ts=posted["ts"], text="c", metadata={})
    assert "metadata" not in ann.messages(channel)[-1]


def test_an_edit_is_shorter_than_a_post_may_be(slack: WebClient, channel: str) -> None:
    posted = slack.chat_postMessage(channel=channel, text="x" * 4001)
    assert refusal(slack.chat_update, channel=channel, ts=posted["ts"], text="x" * 4001) == "msg_too_long"


def test_only_its_own_messages_does_the_app_edit_or_delete(
    slack: WebClient, channel: str, ann: Person
) -> None:
    theirs = ann.say(channel, "mine")["ts"]
    assert refusal(slack.chat_update, channel=channel, ts=theirs, text="x") == "cant_update_message"
    assert refusal(slack.chat_delete, channel=channel, ts=theirs) == "cant_delete_message"


def test_what_is_deleted_is_gone(slack: WebClient, channel: str, ann: Person) -> None:
    posted = slack.chat_postMessage(channel=channel, text="gone")["ts"]
    slack.chat_delete(channel=channel, ts=posted)
    assert refusal(slack.chat_delete, channel=channel, ts=posted) == "message_not_found"
    assert refusal(slack.chat_update, channel=channel, ts=posted, text="x") == "message_not_found"
    assert "gone" not in [message["text"] for message in ann.messages(channel)]


def test_a_deleted_parent_leaves_a_tombstone(slack: WebClient, channel: str, ann: Person) -> None:
    parent = slack.chat_postMessage(channel=channel, text="parent")["ts"]
    slack.chat_postMessage(channel=channel, text="child", thread_ts=parent)
    slack.chat_delete(channel=channel, ts=parent)
    assert ann.messages(channel)[-1]["subtype"] == "tombstone"
    assert ann.messages(channel, thread_ts=parent)[-1]["text"] == "child"


def test_an_ephemeral_message_is_its_readers_alone(
    slack: WebClient, channel: str, ann: Person, ben: Person
) -> None:
    slack.conversations_invite(channel=channel, users=[ann.id, ben.id])
    shown = slack.chat_postEphemeral(channel=channel, user=ann.id, text="psst")["message_ts"]
    assert ann.messages(channel)[-1]["text"] == "psst"
    assert "psst" not in [message["text"] for message in ben.messages(channel)]
    history = slack.conversations_history(channel=channel)["messages"]
    assert shown not in [message["ts"] for message in history]
    assert refusal(slack.chat_update, channel=channel, ts=shown, text="x") == "message_not_found"


def test_an_ephemeral_message_needs_a_member(slack: WebClient, channel: str, ann: Person) -> None:
    code = refusal(slack.chat_postEphemeral, channel=channel, user=ann.id, text="psst")
    assert code == "user_not_in_channel"


def test_a_thread_stands_below_its_parent(slack: WebClient, channel: str, ann: Person) -> None:
    parent = slack.chat_postMessage(channel=channel, text="parent")["ts"]
    reply = ann.say(channel, "reply", thread_ts=parent)
    thread = slack.conversations_replies(channel=channel, ts=parent)["messages"]
    assert [message["text"] for message in thread] == ["parent", "reply"]
    assert (thread[0]["reply_count"], thread[0]["latest_reply"]) == (1, reply["ts"])
    top = slack.conversations_history(channel=channel)["messages"]
    assert reply["ts"] not in [message["ts"] for message in top]


def test_a_broadcast_reply_shows_in_the_channel_too(slack: WebClient, channel: str) -> None:
    parent = slack.chat_postMessage(channel=channel, text="parent")["ts"]
    reply = slack.chat_postMessage(channel=channel, text="all", thread_ts=parent, reply_broadcast=True)
    latest = slack.conversations_history(channel=channel)["messages"][0]
    assert (latest["ts"], latest["subtype"]) == (reply["ts"], "thread_broadcast")


def test_there_is_no_thread_below_a_reply_or_below_nothing(slack: WebClient, channel: str) -> None:
    parent = slack.chat_postMessage(channel=channel, text="parent")["ts"]
    reply = slack.chat_postMessage(channel=channel, text="reply", thread_ts=parent)["ts"]
    for thread_ts in (reply, "1.000001"):
        code = refusal(slack.chat_postMessage, channel=channel, text="x", thread_ts=thread_ts)
        assert code == "cannot_reply_to_message"
    assert refusal(slack.conversations_replies, channel=channel, ts="1.000001") == "thread_not_found"


def test_history_hides_metadata_unless_asked(slack: WebClient, channel: str) -> None:
    slack.chat_postMessage(channel=channel, text="a", metadata=META)
    shown = slack.conversations_history(channel=channel)["messages"][0]["metadata"]
    assert shown == {"event_type": "op"}
    whole = slack.conversations_history(channel=channel, include_all_metadata=True)["messages"][0]
    assert whole["metadata"] == META


def test_history_is_cut_at_both_ends(slack: WebClient, channel: str) -> None:
    first, middle, last = (
        slack.chat_postMessage(channel=channel, text=text)["ts"] for text in ("1", "2", "3")
    )

    def texts(**bounds: object) -> list[str]:
        found = slack.api_call("conversations.history", params={"channel": channel, **bounds})
        return [message["text"] for message in found["messages"]]

    assert texts(oldest=first, latest=last) == ["2"]
    assert texts(oldest=first, latest=last, inclusive=1) == ["3", "2", "1"]
    assert texts(oldest=middle) == ["3"]
    assert refusal(slack.conversations_history, channel=channel, oldest="x") == "invalid_ts_oldest"


def test_history_comes_in_pages_latest_first(slack: WebClient, channel: str) -> None:
    for number in range(5):
        slack.chat_postMessage(channel=channel, text=str(number))
    pages = [
        [message["text"] for message in page["messages"]]
        for page in slack.conversations_history(channel=channel, limit=2)
    ]
    assert pages[:2] == [["4", "3"], ["2", "1"]]


def test_history_is_for_members(client: SandboxClient, slack: WebClient, ann: Person) -> None:
    theirs = client.add_channel(fresh("theirs"), members=[ann.name])["id"]
    assert refusal(slack.conversations_history, channel=theirs) == "not_in_channel"


def test_a_permalink_leads_to_a_message(slack: WebClient, channel: str) -> None:
    posted = slack.chat_postMessage(channel=channel, text="a")["ts"]
    link = slack.chat_getPermalink(channel=channel, message_ts=posted)["permalink"]
    assert link.endswith(f"/archives/{channel}/p{posted.replace('.', '')}")
    assert refusal(slack.chat_getPermalink, channel=channel, message_ts="1.1") == "message_not_found"


def test_a_channel_is_reached_by_its_name_too(slack: WebClient, channel: str, ann: Person) -> None:
    name = ann.channel(channel)["name"]
    assert slack.chat_postMessage(channel=f"#{name}", text="by name")["channel"] == channel


def test_nobody_deactivated_is_written_to(client: SandboxClient, slack: WebClient, ann: Person) -> None:
    client.change_person(ann, deleted=True)
    assert refusal(slack.chat_postMessage, channel=ann.id, text="x") == "user_disabled"


def test_a_workspace_may_keep_apps_from_posting(
    client: SandboxClient, slack: WebClient, channel: str
) -> None:
    client.switch(refuse_posting=True)
    assert refusal(slack.chat_postMessage, channel=channel, text="x") == "restricted_action"


def test_a_deleted_reply_is_in_no_thread(slack: WebClient, channel: str) -> None:
    parent = slack.chat_postMessage(channel=channel, text="parent")["ts"]
    reply = slack.chat_postMessage(channel=channel, text="reply", thread_ts=parent)["ts"]
    only = slack.conversations_replies(channel=channel, ts=reply)["messages"]
    assert [message["text"] for message in only] == ["reply"]
    slack.chat_delete(channel=channel, ts=reply)
    left = slack.conversations_replies(channel=channel, ts=parent)["messages"]
    assert [message["text"] for message in left] == ["parent"]


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ("{", "invalid_metadata_format"),
        ({"event_type": "op"}, "invalid_metadata_schema"),
        ({"event_type": "op", "event_payload": {"x": "y" * 20_000}}, "metadata_too_large"),
    ],
)
def test_metadata_has_a_shape_and_a_size(slack: WebClient, channel: str, metadata: object, code: str) -> None:
    given = {"channel": channel, "text": "x", "metadata": metadata}
    assert refusal(slack.api_call, api_method="chat.postMessage", json=given) == code

"""What each person sees on the page, and what they can do there."""

from html.parser import HTMLParser

import httpx
import pytest
from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient
from tests.sandbox.support import fresh

BUTTON = {
    "type": "button",
    "action_id": "press",
    "value": "v",
    "text": {"type": "plain_text", "text": "Press me"},
}


class _Scripts(HTMLParser):
    """Collects what a browser would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if tag in {"script", "style"} and "src" not in given:
            self.inline.append(tag)
        if tag in {"script", "img", "link"}:
            self.addresses.append(given.get("src") or given.get("href") or "")


class _Swaps(HTMLParser):
    """Collects how what is said to a person would be put on the page, by everything that can say it."""

    _EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta"})

    def __init__(self) -> None:
        super().__init__()
        self._above: list[tuple[str, str]] = []
        self.of_the_toast: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inherited = self._above[-1][1] if self._above else "innerHTML"
        own = given.get("hx-swap") or inherited
        if given.get("hx-target") == "#toast":
            self.of_the_toast.add(own)
        if tag not in self._EMPTY:
            self._above.append((tag, inherited if given.get("hx-disinherit") == "hx-swap" else own))

    def handle_endtag(self, tag: str) -> None:
        while self._above and self._above.pop()[0] != tag:
            pass


def seen(browser: httpx.Client, person: Person, place: str, **query: str) -> str:
    """The page as the person sees it."""
    answer = browser.get(f"/as/{person.name}/{place}", params=query)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.text


def test_everybody_can_be_chosen(browser: httpx.Client, ann: Person) -> None:
    assert f'href="/as/{ann.name}/home"' in browser.get("/").text


def test_people_stand_by_their_site_after_those_with_something_to_start_with(
    browser: httpx.Client, client: SandboxClient
) -> None:
    site = fresh("site")
    ida = client.add_person(fresh("ida"), site=site, title="Analyst")
    uma = client.add_person(fresh("uma"), site=site, start="Ask for the key.")
    starts, by_site = browser.get("/").text.split(f">{site}</h2>")
    assert f'href="/as/{uma.name}/home"' in starts.partition("Start here as")[2]
    assert "Ask for the key." in starts
    assert f'href="/as/{ida.name}/home"' not in starts
    assert all(f'href="/as/{one.name}/home"' in by_site for one in (ida, uma))
    assert f'<optgroup label="{site}">' in seen(browser, ida, "home")


def test_a_message_is_seen_by_whoever_is_in_the_channel(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    slack.chat_postMessage(channel=channel, text="Scanner two is *back*")
    assert "Scanner two is <strong>back</strong>" in seen(browser, ann, channel)


def test_an_ephemeral_message_is_seen_by_its_addressee_alone(
    browser: httpx.Client, slack: WebClient, ann: Person, ben: Person, channel: str
) -> None:
    for person in (ann, ben):
        slack.conversations_invite(channel=channel, users=person.id)
    slack.chat_postEphemeral(channel=channel, user=ann.id, text="for ann alone")
    assert "for ann alone" in seen(browser, ann, channel)
    assert "for ann alone" not in seen(browser, ben, channel)


def test_a_private_channel_does_not_exist_for_those_outside(
    browser: httpx.Client, slack: WebClient, ann: Person, private: str
) -> None:
    name = slack.conversations_info(channel=private)["channel"]["name"]
    assert browser.get(f"/as/{ann.name}/{private}").status_code == httpx.codes.CONFLICT
    assert name not in seen(browser, ann, "home")


def test_what_is_new_is_counted_until_it_is_looked_at(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    seen(browser, ann, channel)
    slack.chat_postMessage(channel=channel, text="one")
    slack.chat_postMessage(channel=channel, text="two")
    assert 'aria-label="2 new"' in seen(browser, ann, "home")
    seen(browser, ann, channel)
    assert "new</span>" not in seen(browser, ann, "home").partition("</nav>")[0].replace("2 new", "")


def test_what_is_new_to_whom_is_counted_where_people_are_chosen(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    slack.chat_postMessage(channel=channel, text="one")
    card = browser.get("/").text.partition(f'href="/as/{ann.name}/home"')[2].partition("</a>")[0]
    assert 'aria-label="1 new"' in card


def test_where_one_is_nothing_is_new(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    slack.chat_postMessage(channel=channel, text="one")
    assert " new</span>" not in seen(browser, ann, channel).partition("</nav>")[0]
    slack.chat_postMessage(channel=channel, text="two")
    assert "1 new" not in seen(browser, ann, f"{channel}/sidebar")


def test_that_a_topic_was_set_is_no_news(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    slack.conversations_setTopic(channel=channel, topic="Quiet, please")
    assert 'class="badge"' not in seen(browser, ann, "home").partition("</nav>")[0]


def test_a_person_writes_replies_reacts_and_pins(
    browser: httpx.Client, ann: Person, channel: str, client: SandboxClient
) -> None:
    browser.post(f"/as/{ann.name}/{channel}/say", data={"text": "who has the key?"})
    message = ann.messages(channel)[-1]
    acts = f"/as/{ann.name}/{channel}/message/{message['ts']}"
    browser.post(f"/as/{ann.name}/{channel}/say", data={"text": "me", "thread": message["ts"]})
    browser.post(f"{acts}/react", params={"name": "eyes"})
    browser.post(f"{acts}/pin")
    shown = seen(browser, ann, channel)
    assert "1 reply" in shown
    assert "👀 1" in shown
    assert "pinned" in shown
    assert "me" in seen(browser, ann, channel, thread=message["ts"])


def test_a_file_is_shared_and_shown(browser: httpx.Client, ann: Person, channel: str) -> None:
    browser.post(
        f"/as/{ann.name}/{channel}/say",
        data={"text": "the log"},
        files={"file": ("worklist.txt", b"A-ASSOCIATE-RJ 1/1/7")},
    )
    file = ann.messages(channel)[-1]["files"][0]
    assert "worklist.txt" in seen(browser, ann, channel)
    answer = browser.get(f"/as/{ann.name}/file/{file['id']}")
    assert answer.content == b"A-ASSOCIATE-RJ 1/1/7"


def test_a_button_reaches_the_app(browser: httpx.Client, app: App, ann: Person, channel: str) -> None:
    pressed: list[str] = []

    @app.action("press")
    def press(ack: Ack, context: BoltContext) -> None:
        ack()
        pressed.append(str(context.user_id))

    app.client.chat_postMessage(
        channel=channel, text="?", blocks=[{"type": "actions", "block_id": "b", "elements": [BUTTON]}]
    )
    message = ann.messages(channel)[-1]
    touch = {"ts": message["ts"], "action_id": "press", "block_id": "b", "value": "v"}
    browser.post(f"/as/{ann.name}/{channel}/click", data=touch)
    assert pressed == [ann.id]


def _text_input(name: str) -> dict[str, object]:
    return {
        "type": "input",
        "block_id": name,
        "label": {"type": "plain_text", "text": f"Your {name}"},
        "element": {"type": "plain_text_input", "action_id": name, "multiline": True},
    }


@pytest.fixture
def form(app: App, ann: Person) -> list[dict[str, object]]:
    """A modal on Ann's screen; what she submits is collected."""
    told: list[dict[str, object]] = []

    @app.command("/plain")
    def command(ack: Ack, body: dict[str, str], client: WebClient) -> None:
        ack()
        view = {
            "type": "modal",
            "callback_id": "form",
            "title": {"type": "plain_text", "text": "A form"},
            "submit": {"type": "plain_text", "text": "Send"},
            "blocks": [_text_input("text")],
        }
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("form")
    def submitted(ack: Ack, body: dict[str, object]) -> None:
        view = body["view"]
        assert isinstance(view, dict)
        told.append(view["state"]["values"])
        text = view["state"]["values"]["text"]["text"]["value"]
        if text == "wrong":
            ack(response_action="errors", errors={"text": "Not like that."})
        else:
            ack()

    return told


def test_a_modal_is_filled_in_refused_at_its_field_and_taken(
    browser: httpx.Client, ann: Person, channel: str, form: list[dict[str, object]]
) -> None:
    browser.post(f"/as/{ann.name}/{channel}/say", data={"text": "/plain"})
    assert "Your text" in seen(browser, ann, "home")
    view = ann.views()[-1]
    address = f"/as/{ann.name}/view/{view['id']}/submit"
    field = {"drawn": "text|text"}
    assert "Please complete this required field." in browser.post(address, data=field).text
    refused = browser.post(address, data={**field, "text|text": "wrong"}).text
    assert "Not like that." in refused
    assert ">wrong</textarea>" in refused
    browser.post(address, data={**field, "text|text": "two\r\nlines"})
    assert ann.views() == []
    assert form[-1] == {"text": {"text": {"type": "plain_text_input", "value": "two\nlines"}}}


def test_what_the_app_refuses_to_hear_is_said(
    browser: httpx.Client, app: App, ann: Person, channel: str
) -> None:
    assert app.client.token, "the app is connected, and has no such command"
    answer = browser.post(f"/as/{ann.name}/{channel}/say", data={"text": "/plain"})
    assert "did not answer" in answer.text


def test_a_command_of_nobody_is_refused_in_words(browser: httpx.Client, ann: Person, channel: str) -> None:
    answer = browser.post(f"/as/{ann.name}/{channel}/say", data={"text": "/nothing"})
    assert answer.status_code == httpx.codes.CONFLICT
    assert answer.json() == {"error": "/nothing is not a command of any app here."}


def test_a_hostile_message_is_inert_and_nothing_is_fetched_from_elsewhere(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    hostile = "<script>alert(1)</script> \u202e desrever 👩‍⚕️ " + "a" * 3000
    slack.chat_postMessage(channel=channel, text=hostile)
    image = {"type": "image", "image_url": "https://elsewhere.example/x.png", "alt_text": "a picture"}
    slack.chat_postMessage(channel=channel, text="?", blocks=[image])
    answer = browser.get(f"/as/{ann.name}/{channel}")
    found = _Scripts()
    found.feed(answer.text)
    assert found.inline == []
    assert all(address.startswith("/page/static/") for address in found.addresses)
    assert "a picture" in answer.text
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "headers",
    [{"host": "rebound.example"}, {"sec-fetch-site": "cross-site"}],
    ids=["rebound", "another page"],
)
def test_other_pages_cannot_act_here(
    browser: httpx.Client, ann: Person, channel: str, headers: dict[str, str]
) -> None:
    answer = browser.post(f"/as/{ann.name}/{channel}/say", data={"text": "hello"}, headers=headers)
    assert answer.status_code == httpx.codes.FORBIDDEN
    assert all(message["text"] != "hello" for message in ann.messages(channel))


def test_the_names_to_complete_are_those_that_the_person_may_know(
    browser: httpx.Client, slack: WebClient, ann: Person, private: str
) -> None:
    secret = slack.conversations_info(channel=private)["channel"]["name"]
    names = browser.get(f"/page/names/{ann.name}").json()
    assert {"/plain"} <= {one["name"] for one in names["commands"]}
    assert ann.name in {one["name"] for one in names["people"]}
    assert secret not in {one["name"] for one in names["channels"]}


def test_open_pages_hear_of_changes(
    browser: httpx.Client, ann: Person, slack: WebClient, channel: str
) -> None:
    with browser.stream("GET", "/page/live") as live:
        lines = (line for line in live.iter_lines() if line.startswith("data:"))
        first = next(lines)
        slack.chat_postMessage(channel=channel, text="news")
        assert next(lines) != first


def test_many_messages_come_page_by_page(
    browser: httpx.Client, ann: Person, client: SandboxClient, slack: WebClient
) -> None:
    room = str(slack.conversations_create(name=fresh("busy"))["channel"]["id"])
    for number in range(60):
        slack.chat_postMessage(channel=room, text=f"line {number:02}")
    shown = seen(browser, ann, room)
    assert "line 59" in shown
    assert "line 09" not in shown
    earlier = shown.partition("?before=")[2].partition('"')[0]
    assert "line 09" in seen(browser, ann, room, before=earlier)


def test_the_inspector_shows_what_went_to_and_fro_and_breaks_things(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    browser.post("/page/fault/limit")
    assert "*: rate_limit" in browser.get("/page/inspector").text
    browser.post("/page/fault/clear")
    slack.chat_postMessage(channel=channel, text="hello")
    assert "chat.postMessage" in browser.get("/page/inspector").text
    assert "no file" in browser.post("/page/time/forward/15").text


def test_what_is_said_to_a_person_leaves_the_place_where_it_is_said(
    browser: httpx.Client, ann: Person, channel: str
) -> None:
    message = ann.say(channel, "hello")
    swaps = _Swaps()
    swaps.feed(seen(browser, ann, channel, thread=message["ts"]))
    swaps.feed(browser.get("/page/inspector").text)
    assert swaps.of_the_toast == {"innerHTML"}


def test_what_cannot_be_done_to_a_message_is_said(browser: httpx.Client, ann: Person, channel: str) -> None:
    message = ann.say(channel, "hello")
    answer = browser.post(f"/as/{ann.name}/{channel}/message/{message['ts']}/fold")
    assert answer.json() == {"error": "Nothing called fold can be done to a message."}


def test_a_conversation_begins_at_its_end_and_the_home_at_its_top(
    browser: httpx.Client, ann: Person, channel: str
) -> None:
    assert "data-scroll" in seen(browser, ann, channel)
    assert "data-scroll" not in seen(browser, ann, "home")


def test_a_button_of_a_message_that_was_just_edited_is_still_that_button(
    browser: httpx.Client, slack: WebClient, ann: Person, channel: str
) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    ts = str(slack.chat_postMessage(channel=channel, text="press", blocks=blocks)["ts"])
    [drawn] = slack.conversations_history(channel=channel, latest=ts, inclusive=True, limit=1)["messages"]
    slack.chat_update(channel=channel, ts=ts, text="press", blocks=blocks)

    touch = {"ts": ts, "action_id": "press", "block_id": drawn["blocks"][0]["block_id"], "value": "v"}

    assert browser.post(f"/as/{ann.name}/{channel}/click", data=touch).status_code == httpx.codes.OK

"""Modals and Home: triggers live three seconds and work once, stacks are three deep."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.client import Person, texts_of
from bot.sandbox.errors import SlackError
from bot.sandbox.workspace import triggers
from bot.sandbox.workspace.triggers import Triggers
from tests.sandbox.support import Clock, button, fresh, modal, plain, refusal, section

Trigger = Callable[[Person], str]


@pytest.fixture
def trigger(app: App) -> Trigger:
    """Let a person run a command and return the trigger that the app got for it."""
    seen: list[str] = []

    @app.command("/plain")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body["trigger_id"])
        ack()

    def get(person: Person) -> str:
        person.command("/plain", "general")
        return seen[-1]

    return get


def test_a_trigger_opens_one_view_for_the_person_who_acted(
    slack: WebClient, trigger: Trigger, ann: Person, ben: Person
) -> None:
    trigger_id = trigger(ann)
    opened = slack.views_open(trigger_id=trigger_id, view=modal("form"))["view"]
    assert [view["id"] for view in ann.views()] == [opened["id"]]
    assert ben.views() == []
    assert refusal(slack.views_open, trigger_id=trigger_id, view=modal()) == "exchanged_trigger_id"


def test_an_unknown_trigger_opens_nothing(slack: WebClient) -> None:
    assert refusal(slack.views_open, trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"


def test_a_trigger_is_too_old_after_three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(triggers, "time", clock)
    book = Triggers()
    made = book.new("U1")
    clock.now += 3.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        book.exchange(made.id)


def test_a_wrong_view_does_not_use_the_trigger_up(slack: WebClient, trigger: Trigger, ann: Person) -> None:
    trigger_id = trigger(ann)
    wrong = modal("form", title=plain("x" * 25))
    assert refusal(slack.views_open, trigger_id=trigger_id, view=wrong) == "invalid_arguments"
    assert slack.views_open(trigger_id=trigger_id, view=modal())["ok"]


def test_a_view_is_at_most_250_kilobytes(slack: WebClient, trigger: Trigger, ann: Person) -> None:
    blocks = [section("x" * 3000) for _ in range(90)]
    code = refusal(slack.views_open, trigger_id=trigger(ann), view=modal("big", *blocks))
    assert code == "view_too_large"


def test_views_stack_three_deep(slack: WebClient, trigger: Trigger, ann: Person) -> None:
    first = slack.views_open(trigger_id=trigger(ann), view=modal("one"))["view"]
    second = slack.views_push(trigger_id=trigger(ann), view=modal("two"))["view"]
    slack.views_push(trigger_id=trigger(ann), view=modal("three"))
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    assert [view["callback_id"] for view in ann.views()] == ["one", "two", "three"]
    code = refusal(slack.views_push, trigger_id=trigger(ann), view=modal("four"))
    assert code == "push_limit_reached"


def test_nothing_is_pushed_onto_nothing(slack: WebClient, trigger: Trigger, ann: Person) -> None:
    assert refusal(slack.views_push, trigger_id=trigger(ann), view=modal()) == "not_found"


def test_a_view_is_updated_by_id_or_external_id(slack: WebClient, trigger: Trigger, ann: Person) -> None:
    name = fresh("draft")
    opened = slack.views_open(trigger_id=trigger(ann), view=modal("one", external_id=name))["view"]
    slack.views_update(view_id=opened["id"], view=modal("two", external_id=name))
    slack.views_update(external_id=name, view=modal("three", external_id=name))
    assert ann.views()[-1]["callback_id"] == "three"
    assert refusal(slack.views_update, view_id="V404", view=modal()) == "not_found"


def test_an_outdated_hash_loses(slack: WebClient, trigger: Trigger, ann: Person) -> None:
    opened = slack.views_open(trigger_id=trigger(ann), view=modal("one"))["view"]
    given = {"view_id": opened["id"], "hash": opened["hash"]}
    slack.views_update(**given, view=modal("two"))
    assert refusal(slack.views_update, **given, view=modal("three")) == "hash_conflict"


def test_an_external_id_is_used_once(slack: WebClient, trigger: Trigger, ann: Person, ben: Person) -> None:
    view = modal("one", external_id=fresh("draft"))
    slack.views_open(trigger_id=trigger(ann), view=view)
    code = refusal(slack.views_open, trigger_id=trigger(ben), view=view)
    assert code == "duplicate_external_id"


def test_a_home_tab_is_published_and_guarded_by_its_hash(slack: WebClient, ann: Person) -> None:
    home = {"type": "home", "blocks": [section("first")]}
    shown = slack.views_publish(user_id=ann.id, view=home)["view"]
    second = {"type": "home", "blocks": [section("second")]}
    slack.views_publish(user_id=ann.id, view=second, hash=shown["hash"])
    assert "second" in texts_of(ann.home() or {})
    code = refusal(slack.views_publish, user_id=ann.id, view=home, hash=shown["hash"])
    assert code == "hash_conflict"
    assert refusal(slack.views_publish, user_id="U404", view=home) == "user_not_found"


def test_what_was_typed_survives_an_update_that_keeps_its_input(
    slack: WebClient, trigger: Trigger, ann: Person
) -> None:
    opened = slack.views_open(trigger_id=trigger(ann), view=modal())["view"]
    with_button = modal(
        "form",
        *modal()["blocks"],
        {"type": "actions", "block_id": "more", "elements": [button("more")]},
    )
    slack.views_update(view_id=opened["id"], view=with_button)
    ann.click(ann.views()[-1], "more", values={"title": "half typed"})
    slack.views_update(view_id=opened["id"], view=with_button)
    state = ann.views()[-1]["state"]["values"]
    assert state["title"]["title"]["value"] == "half typed"

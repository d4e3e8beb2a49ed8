"""What must hold after every delivery, whatever it was."""

from collections.abc import Iterable, Iterator, Mapping
from traceback import extract_tb
from typing import Any

from bot.operations.office import Office, actor_for
from bot.operations.office import Request as Asked
from bot.slack import requests
from bot.slack.answers import Say
from bot.slack.requests import Malformed, Person
from bot.slack.views.parts import Rendered
from bot.taskforce.permissions import Right, allows
from tests.handlers.workspace import words_of
from tests.hostile.doors import Answer
from tests.hostile.story import PRIVATE, SECRET_WORD, Delivery
from tests.slack.views.slack_rules import assert_opens, assert_posts

CANCELLED_IN_PRIVATE = 5
SECRETS = (PRIVATE, CANCELLED_IN_PRIVATE)
# Nothing that a person sees speaks of our insides.
INSIDES = ("Traceback", 'File "', "sqlalchemy", "sqlite3", "slack_bolt", ".py", "object at 0x")
LONGEST_ERROR = 2_000
FAILED = 500


def actor_of(delivery: Delivery) -> Person | None:
    """Who acts, as our own reading has it; None for an event, and for what cannot be read."""
    readers: tuple[Any, ...] = (requests.command,)
    if delivery.door == "interaction":
        readers = (requests.click, requests.submission, requests.shortcut)
    for read in readers:
        try:
            return read(delivery.body).person  # type: ignore[no-any-return]  # one of our own typed values
        except Malformed:
            continue
    return None


def readable(office: Office, person: Person | None) -> frozenset[int]:
    """Which of the private bursts the person may read now.

    By the table of rights itself, not by the operations that are under attack.
    """
    if person is None:
        return frozenset()
    with office.store.read() as unit:
        actor = actor_for(unit, office, Asked("judge", person.user, person.team))
        return frozenset(
            burst.id for burst in unit.bursts.get_many(SECRETS).values() if allows(Right.READ, actor, burst)
        )


def problems(
    delivery: Delivery,
    answer: Answer,
    told: list[Say],
    views: list[Mapping[str, Any]],
    before: frozenset[int],
    after: frozenset[int],
) -> Iterator[str]:
    """Everything that is wrong with what one delivery was answered."""
    if answer.status >= FAILED:
        yield f"answered {answer.status}"
    words = "\n".join((answer.body, words_of(answer.json), *(words_of(one.message.blocks) for one in told)))
    words += "\n".join(one.message.text for one in told) + words_of(views)
    yield from (f"shows {inside}" for inside in INSIDES if inside in words and inside not in _sent(delivery))
    if SECRET_WORD in words and not before:
        yield "shows what was written in private"
    if delivery.door != "event" and after - before:
        yield "let somebody into a private burst by their own delivery"
    body = answer.json
    messages = [one.message for one in told]
    if isinstance(body.get("text"), str) and body["text"]:
        messages.append(Rendered(body["text"], list(body.get("blocks") or ())))
    shown = [*views, body["view"]] if isinstance(body.get("view"), dict) else views
    yield from unfit(messages, shown)
    yield from _mute(body.get("errors"))


def _sent(delivery: Delivery) -> str:
    return words_of(delivery.body)


def unfit(messages: Iterable[Rendered], views: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What Slack would not take, or what calls somebody who is not meant."""
    for message in messages:
        yield from _caught(assert_posts, message)
    for view in views:
        yield from _caught(assert_opens, dict(view))


def _mute(errors: Any) -> Iterator[str]:
    """A refused page has to say why."""
    if errors is not None and not (
        errors
        and all(isinstance(words, str) and 0 < len(words) <= LONGEST_ERROR for words in errors.values())
    ):
        yield f"errors that show nothing: {str(errors)[:200]}"


def _caught(check: Any, shown: Any) -> Iterator[str]:
    try:
        check(shown)
    except (AssertionError, UnicodeEncodeError) as error:
        line = extract_tb(error.__traceback__)[-1].line
        yield f"{check.__name__} fails at {line}: {str(error)[:300]} {str(shown)[:500]!r}"

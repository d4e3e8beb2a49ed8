"""Block Kit's composition objects: text, confirmation, image source, filter, dispatch configuration.

Source: docs.slack.dev/reference/block-kit/composition-objects, checked against slack_sdk 3.47's models.
"""

from collections.abc import Iterator, Mapping

from bot.sandbox.rules.problem import problem
from bot.sandbox.rules.schema import ByType, Choice, Fields, Flag, Items, Record, Rule, String, typed

ANY_URL = r"[A-Za-z][A-Za-z0-9+.\-]*:\S+"
WEB_URL = r"https?://\S+"
SECURE_URL = r"https://\S+"
USER_ID = r"[UW][A-Z0-9]+"
CHANNEL_ID = r"[CG][A-Z0-9]+"
CONVERSATION_ID = r"[CGD][A-Z0-9]+"


def plain(longest: int) -> ByType:
    """A ``plain_text`` object of 1 to `longest` characters; it may say `emoji`, never `verbatim`."""
    return ByType({"plain_text": _plain(longest)})


def either(longest: int) -> ByType:
    """A ``plain_text`` or ``mrkdwn`` object of 1 to `longest` characters; only mrkdwn may say `verbatim`."""
    return ByType({"plain_text": _plain(longest), "mrkdwn": _mrkdwn(longest)})


def _plain(longest: int) -> Fields:
    return typed("plain_text", {"text": String(longest)}, {"emoji": Flag()})


def _mrkdwn(longest: int) -> Fields:
    return typed("mrkdwn", {"text": String(longest)}, {"verbatim": Flag()})


def url(pattern: str = ANY_URL) -> String:
    """An address of at most 3,000 characters."""
    return String(3000, pattern=pattern, wanted="must be a valid URL")


CONFIRMATION = Fields(
    {"title": plain(100), "text": either(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Choice("primary", "danger")},
)

DISPATCH = Fields(
    optional={"trigger_actions_on": Items(Choice("on_enter_pressed", "on_character_entered"), most=2)}
)


def _filters_something(value: Record, at: str) -> Iterator[str]:
    if not value:
        yield problem(
            "must define at least one of `include`, `exclude_external_shared_channels`, `exclude_bot_users`",
            at,
        )


CONVERSATION_FILTER = Fields(
    optional={
        "include": Items(Choice("im", "mpim", "private", "public"), most=4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    checks=(_filters_something,),
)


def exactly_one(*names: str) -> "tuple[ExactlyOne]":
    """A check that just one of the properties `names` is there, ready to be given as `checks`."""
    return (ExactlyOne(names),)


class ExactlyOne:
    """Calls for exactly one of several properties."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Call for exactly one of `names`."""
        self.names = names

    def __call__(self, value: Record, at: str) -> Iterator[str]:
        """Report when none or several of the names are there."""
        if sum(name in value for name in self.names) != 1:
            listed = " or ".join(f"`{name}`" for name in self.names)
            yield problem(f"must define either {listed}", at)


SLACK_FILE = Fields(
    optional={"id": String(pattern=r"F[A-Z0-9]+"), "url": url(SECURE_URL)},
    checks=exactly_one("id", "url"),
)

IMAGE_SOURCE: Mapping[str, Rule] = {"image_url": url(WEB_URL), "slack_file": SLACK_FILE}

WORKFLOW = Fields(
    {
        "trigger": Fields(
            {"url": url(SECURE_URL)},
            {"customizable_input_parameters": Items(Fields({"name": String(), "value": String()}))},
        )
    }
)

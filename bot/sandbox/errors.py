"""What can be refused, by the Web API and by the control API."""

from bot.sandbox.values import JsonObject


class SlackError(Exception):
    """A Web API refusal: HTTP 200 with `ok: false` and Slack's own error code.

    `details` are merged into the answer (`needed` and `provided` of a missing scope,
    `errors` of an invitation, `response_metadata` of invalid arguments).
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details: JsonObject = dict(details)

    def as_json(self) -> JsonObject:
        """Return the body that Slack would answer."""
        return {"ok": False, "error": self.code, **self.details}


def invalid_arguments(*messages: str) -> SlackError:
    """Return Slack's `invalid_arguments`, naming what is wrong in `response_metadata.messages`."""
    lines = [f"[ERROR] {message}" for message in messages]
    return SlackError("invalid_arguments", response_metadata={"messages": lines})


class Impossible(Exception):
    """Something that a person cannot do in the Slack client: the message says why."""


class Unreachable(Exception):
    """The sandbox was asked to start in a way that it refuses, such as on a public address."""

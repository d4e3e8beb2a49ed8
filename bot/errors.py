"""The errors that cross rooms.

A ``Refused`` is an answer, not an accident: somebody asked for something that the rules do not
allow, and the message says why and what is allowed. It is written for the person who asked and
never repeats what they typed. Everything else is a fault, which a person only ever meets as an
error id.
"""


class BotError(Exception):
    """Base of every error that this project raises on purpose."""


class Refused(BotError):
    """A request that the rules refuse, in words for the person who made it.

    ``code`` is stable and meant for tests and logs; ``field`` names the form field or command part
    that is wrong, when there is one.
    """

    def __init__(self, code: str, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class ProgrammeError(BotError):
    """A programme file that cannot be used; ``problems`` are lines for the administrator."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class StorageFault(BotError):
    """The database cannot be used as it is: wrong revision, owned by another process, full, unreadable."""


class SlackFault(BotError):
    """A Web API call that did not succeed; ``code`` is Slack's error code or the transport's name."""

    def __init__(self, method: str, code: str, *, detail: str = "") -> None:
        super().__init__(f"{method}: {code}" + (f" ({detail})" if detail else ""))
        self.method = method
        self.code = code
        self.detail = detail


class TransientFault(SlackFault):
    """Nothing happened at Slack and trying again later is safe; wait at least ``retry_after`` seconds."""

    def __init__(self, method: str, code: str, *, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(method, code, detail=detail)
        self.retry_after = retry_after


class PermanentFault(SlackFault):
    """Slack refused; the same call will be refused again."""


class UnknownFault(SlackFault):
    """The call may or may not have taken effect; look before trying again."""

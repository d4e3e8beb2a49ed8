"""The way of one Web API call: token, fault, rate limit, scopes, arguments, effect, record."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.errors import SlackError
from bot.sandbox.faults import CallFault, Faults
from bot.sandbox.record import CallEntry, Record
from bot.sandbox.values import JsonObject
from bot.sandbox.web.limits import PER_CHANNEL, RateLimits
from bot.sandbox.web.method import Call, Method
from bot.sandbox.workspace.workspace import Workspace


@dataclass
class Outcome:
    """What the caller gets: a JSON body, another text, or a cut connection."""

    status: int = 200
    body: JsonObject = field(default_factory=dict)
    text: str | None = None
    retry_after: int | None = None
    cut: bool = False


@dataclass(frozen=True)
class Tokens:
    """The two tokens of the installed app."""

    bot: str
    app: str


@dataclass
class Gateway:
    """Runs calls against the workspace, one after the other."""

    workspace: Workspace
    tokens: Tokens
    limits: RateLimits
    faults: Faults
    record: Record
    base_url: str

    async def call(
        self, method: Method | None, name: str, token: str, given: Mapping[str, object]
    ) -> Outcome:
        """Run one call by its name and raw arguments and return what the caller gets."""
        entry = CallEntry(name, dict(given))
        self.record.calls.append(entry)
        started = time.monotonic()
        outcome = await self._run(method, token, entry)
        entry.took = time.monotonic() - started
        entry.status = 0 if outcome.cut else outcome.status
        entry.ok = bool(outcome.body.get("ok")) and not outcome.cut
        entry.error = outcome.body.get("error")
        entry.retry_after = outcome.retry_after
        entry.answer = outcome.body
        return outcome

    async def _run(self, method: Method | None, token: str, entry: CallEntry) -> Outcome:
        if self.faults.outage:
            entry.fault = "outage"
            return Outcome(status=503, text="Service Unavailable")
        fault = self.faults.for_call(entry.method, entry.arguments)
        if fault is not None:
            entry.fault = f"{fault.kind} {'after' if fault.after else 'before'}"
            await asyncio.sleep(0 if fault.after else fault.delay_for)
            if not fault.after and fault.kind != "delay":
                return _broken(fault)
        outcome = self._perform(method, token, entry.arguments)
        if fault is not None and fault.after:
            await asyncio.sleep(fault.delay_for)
            return outcome if fault.kind == "delay" else _broken(fault)
        return outcome

    def _perform(self, method: Method | None, token: str, given: JsonObject) -> Outcome:
        if method is None:
            return Outcome(body=SlackError("unknown_method").as_json())
        try:
            self._check_token(method, token)
            wait = self._wait(method, given)
            if wait:
                return _limited(wait)
            if method.token == "bot":
                method.scopes.check(self.workspace.manifest.scopes)
            call = Call(method, self.workspace, method.arguments.read(given), self.base_url)
            return Outcome(body={"ok": True, **method.perform(call)})
        except SlackError as error:
            return Outcome(body=error.as_json())

    def _check_token(self, method: Method, token: str) -> None:
        if method.token == "none":
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (self.tokens.bot, self.tokens.app):
            raise SlackError("invalid_auth")
        wanted = self.tokens.app if method.token == "app" else self.tokens.bot
        if method.token != "any" and token != wanted:
            raise SlackError("not_allowed_token_type")

    def _wait(self, method: Method, given: JsonObject) -> int:
        if method.posts_to is not None:
            wait = self.limits.take(f"channel {self._channel(given.get(method.posts_to))}", PER_CHANNEL)
            if wait:
                return wait
        return self.limits.take(method.name, method.rate)

    def _channel(self, named: object) -> str:
        """The id of a conversation, however it is named: id, name, its other person, or a response URL to it."""
        name, conversations = str(named), self.workspace.conversations
        url = self.workspace.response_urls.urls.get(name)
        if url is not None:
            return url.channel
        bot = self.workspace.app.bot_user
        found = conversations.by_name(name.removeprefix("#")) or conversations.direct([bot, name])
        return name if found is None else found.id


def _limited(wait: int) -> Outcome:
    return Outcome(status=429, body={"ok": False, "error": "ratelimited"}, retry_after=wait)


def _broken(fault: CallFault) -> Outcome:
    if fault.kind == "drop":
        return Outcome(cut=True)
    if fault.kind == "rate_limit":
        return _limited(fault.retry_after)
    if fault.kind == "error":
        return Outcome(body={"ok": False, "error": fault.error})
    if fault.kind == "non_json":
        return Outcome(status=fault.status, text="<html><body>Something went wrong</body></html>")
    return Outcome(status=fault.status, text="Internal Server Error")

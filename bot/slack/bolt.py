"""Builds the Bolt app: one listener for each way Slack talks to us, one place where errors become words.

Bolt runs with ``process_before_response=True``: a listener finishes its transaction before Slack is
answered, and Bolt does not poll for ``ack``. What Slack hears when something goes wrong is decided
here and nowhere else:

- a command, refused or failed, is answered 200 in words;
- a refused page is answered with ``errors`` on a named input block, so that the text is not lost;
- a refused button is answered to that person alone through ``response_url``, or in a small modal where
  there is none (a global shortcut, the home tab), at most once;
- a failed event is answered 500, or not acked in Socket Mode, so that Slack sends it again;
- a delivery that Bolt itself cannot read is answered 400: sending it again would not help.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.errors import Refused
from bot.operations.office import AlreadyDone
from bot.slack import requests
from bot.slack.answers import Answer, Errors, Say, Show
from bot.slack.gateway import Gateway, Identity
from bot.slack.pulse import refusing_what_waited
from bot.slack.requests import Click, Command, Event, Malformed, Payload, Shortcut, Submission
from bot.slack.views import refusals
from bot.slack.views.modals.told import told

__all__ = ["App", "Routes", "build"]

log = structlog.get_logger(__name__)

NO_DELIVERY = "The body is no delivery of Slack."

Ack = Callable[..., Any]
Asked = TypeVar("Asked", Command, Click, Submission, Shortcut)


@dataclass(frozen=True, slots=True)
class Routes:
    """Which handler answers what; everything that is not here is acknowledged and ignored."""

    command: Callable[[Command], Answer]
    clicks: Mapping[str, Callable[[Click], Answer]]
    submissions: Mapping[str, Callable[[Submission], Answer]]
    shortcuts: Mapping[str, Callable[[Shortcut], Answer]]
    events: Mapping[str, Callable[[Event], None]]


def build(
    routes: Routes,
    gateway: Gateway,
    identity: Identity,
    *,
    signing_secret: str = "",
    just_woke: Callable[[], bool] = lambda: False,
) -> App:
    """The Bolt app that serves ``routes``; without a signing secret only Socket Mode may deliver to it.

    ``just_woke`` as of ``Pulse``: what came while this process was frozen is left unanswered.
    """
    app = App(
        # Without a name Bolt reads the source of every caller to find one, which takes longer than all the rest.
        name="issue-burst",
        # Bolt wants a client and would call auth.test with it; ours has no token and is never used.
        client=WebClient(retry_handlers=[]),
        signing_secret=signing_secret,
        request_verification_enabled=bool(signing_secret),
        process_before_response=True,
        authorize=lambda: AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_user_id=identity.user,
            bot_id=identity.bot,
        ),
        # Bolt's own pool is not used: listeners run on the thread that delivers, and none are lazy.
        listener_executor=ThreadPoolExecutor(max_workers=1, thread_name_prefix="bolt"),
    )
    app.use(refusing_what_waited(just_woke))
    desk = _Desk(routes, gateway)
    everything = re.compile(".*", re.DOTALL)
    app.command(everything)(desk.command)
    app.action(everything)(desk.click)
    app.view(everything)(desk.submission)
    app.view_closed(everything)(lambda ack: ack())
    app.shortcut(everything)(desk.shortcut)
    app.event(everything)(desk.event)
    app.error(_failed)
    return app


class _Undone(Exception):
    """An event that our handler could not carry out; it has been reported."""


class _Desk:
    """Takes deliveries from Bolt, hands them to handlers, and turns answers into what Slack expects."""

    def __init__(self, routes: Routes, gateway: Gateway) -> None:
        self._routes = routes
        self._gateway = gateway
        self._courier = ThreadPoolExecutor(max_workers=4, thread_name_prefix="response-url")

    def command(self, ack: Ack, body: Payload) -> None:
        """Answer a slash command, always 200."""
        answer = _outcome(requests.command, self._routes.command, body)
        if isinstance(answer, Show):
            answer = self._opened(answer, str(body.get("trigger_id", "")))
        if isinstance(answer, Say):
            ack(text=answer.message.text, blocks=list(answer.message.blocks))
        else:
            ack()

    def click(self, ack: Ack, body: Payload) -> None:
        """Acknowledge a click; what it answers goes to the person alone after the transaction."""
        ack()
        answer = _outcome(requests.click, self._click, body)
        self._show_or_tell(answer, body)

    def shortcut(self, ack: Ack, body: Payload) -> None:
        """Acknowledge a shortcut; it opens a modal or answers the person alone."""
        ack()
        answer = _outcome(requests.shortcut, self._shortcut, body)
        self._show_or_tell(answer, body)

    def submission(self, ack: Ack, body: Payload) -> None:
        """Answer a submitted page: close it, replace it, or say at its fields what is wrong."""
        try:
            answer = self._submission(requests.submission(body))
        except AlreadyDone:
            answer = None  # the page came twice and the first one counted: there is nothing left to fill in
        except Refused as refused:
            answer = Errors({_block_for(body, refused.field): refused.message})
        except Malformed:
            answer = Errors({_block_for(body, None): refusals.MALFORMED})
        except Exception as error:  # noqa: BLE001 - whatever broke, the page must not lose its text
            answer = Errors({_block_for(body, None): refusals.failed(_report(error))})
        ack(**_page_answer(answer))

    def event(self, body: Payload) -> None:
        """Take an event; raising makes Slack send it again, a refusal does not."""
        try:
            event = requests.event(body)
            handler = self._routes.events.get(event.kind)
            if handler is not None:
                handler(event)
        except Malformed as malformed:
            log.warning("malformed_event", where=malformed.where)
        except Refused as refused:
            log.info("event_refused", code=refused.code)
        except Exception as error:
            _report(error)
            raise _Undone from error

    def _click(self, click: Click) -> Answer:
        handler = self._routes.clicks.get(click.action)
        return handler(click) if handler else None

    def _shortcut(self, shortcut: Shortcut) -> Answer:
        handler = self._routes.shortcuts.get(shortcut.callback)
        return handler(shortcut) if handler else None

    def _submission(self, submission: Submission) -> Answer:
        handler = self._routes.submissions.get(submission.callback)
        return handler(submission) if handler else None

    def _show_or_tell(self, answer: Answer, body: Payload) -> None:
        trigger = str(body.get("trigger_id", ""))
        if isinstance(answer, Show):
            answer = self._opened(answer, trigger)
        if isinstance(answer, Say):
            self._tell(answer, body)

    def _opened(self, answer: Show, trigger: str) -> Answer:
        """Show the modal while its trigger lives (3 s); if that fails, say so in words."""
        try:
            self._gateway.screens.open(trigger, answer.view)
        except Exception as error:  # noqa: BLE001 - the person hears that there is no window, whyever
            return Say(refusals.not_shown(_report(error)))
        return None

    def _tell(self, answer: Say, body: Payload) -> None:
        """Words to the person alone; where no conversation is at hand, in a window."""
        url, trigger = body.get("response_url"), body.get("trigger_id")
        if isinstance(url, str) and url:
            self._courier.submit(_respond, url, answer)
        elif isinstance(trigger, str) and trigger:
            # At most once, like every answer: words for which no window opens are noted, not repeated.
            self._opened(Show(told(answer.message)), trigger)


def _outcome(read: Callable[[Payload], Asked], handle: Callable[[Asked], Answer], body: Payload) -> Answer:
    """The handler's answer, or words about what went wrong."""
    try:
        return handle(read(body))
    except Refused as refused:
        return Say(refusals.refused(refused))
    except Malformed:
        return Say(refusals.plain(refusals.MALFORMED))
    except Exception as error:  # noqa: BLE001 - a person gets words and an id, never a stack trace
        return Say(refusals.plain(refusals.failed(_report(error))))


def _page_answer(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Errors):
        return {"response_action": "errors", "errors": dict(answer.by_block)}
    if isinstance(answer, Show):
        return {"response_action": "update", "view": dict(answer.view)}
    return {}


def _block_for(body: Payload, field_name: str | None) -> str:
    """The input block that shows a refusal: the field's own, else ``text``, else the page's first."""
    view = body.get("view")
    blocks = view.get("blocks") if isinstance(view, dict) else None
    inputs = [
        str(block.get("block_id"))
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, dict) and block.get("type") == "input"
    ]
    for wanted in (field_name, f"f_{field_name}", "text"):
        if wanted in inputs:
            return str(wanted)
    return inputs[0] if inputs else "text"


def _respond(url: str, answer: Say) -> None:
    """Answer one person through a ``response_url``: at most once, so a failure is only noted."""
    client = WebhookClient(url, timeout=10, retry_handlers=[])
    try:
        client.send(
            text=answer.message.text,
            blocks=list(answer.message.blocks),
            response_type="ephemeral",
            replace_original=False,
        )
    except Exception as error:  # noqa: BLE001 - at most once by design: noted, not repeated
        _report(error)


def _report(error: Exception) -> str:
    """Log a failure under a new error id and return the id; the id is all that a person sees."""
    error_id = secrets.token_hex(4)
    log.error("handler_failed", error_id=error_id, exc_info=error)
    return error_id


def _failed(error: Exception) -> BoltResponse | None:
    """Leave Bolt's 500 for an event of ours that failed; what Bolt could not read gets 400 and comes no more."""
    if isinstance(error, _Undone):
        return None
    log.warning("delivery_unreadable", error=type(error).__name__)
    return BoltResponse(status=400, body=NO_DELIVERY, headers={"x-slack-no-retry": ["1"]})

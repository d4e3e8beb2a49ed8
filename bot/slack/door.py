"""The privacy guard at the door: what people send is inspected before any handler sees it.

- A command or a page that identifies a patient is refused, the page at its fields.
- What may be about one is asked about: a command is sent again with ``confirm:not-patient``, a page is shown
  again with a box to tick. The handler gets what was confirmed by category, and the office logs that it was.
- A message that somebody points at with a shortcut was written by another: what was found is taken out of it.

Nothing that was found is stored, posted, logged or repeated.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.errors import Refused
from bot.operations.guarding import Doubtful, Identifying, guarded
from bot.operations.office import Office
from bot.privacy import Category
from bot.slack.answers import Answer, Errors, Show
from bot.slack.ids import Block
from bot.slack.markup import words
from bot.slack.requests import Command, Shortcut, Submission
from bot.slack.views.modals.doubts import asked_again

NOT_PATIENT = "not-patient"
AGAIN = f"To confirm, send it again with `confirm:{NOT_PATIENT}`."

_CONFIRM = re.compile(r"(?:^|(?<=\s))confirm:(\S+)\s*")
_TEXT = "text"


class Door:
    """Lets deliveries through to handlers."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def command(self, handle: Callable[[Command], Answer]) -> Callable[[Command], Answer]:
        """``handle`` for commands whose text may be taken. It raises ``Refused`` for others."""

        def inspected(command: Command) -> Answer:
            text, confirmed = _confirmation(command.text)
            try:
                found = self._guarded({_TEXT: words(text)}, confirmed=confirmed)
            except Identifying as identifying:
                raise Refused("identifying", identifying.problems[_TEXT]) from None
            except Doubtful as doubtful:
                raise Refused("doubtful", f"{doubtful.problems[_TEXT]} {AGAIN}") from None
            return handle(replace(command, text=text, confirmed=found))

        return inspected

    def submission(self, handle: Callable[[Submission], Answer]) -> Callable[[Submission], Answer]:
        """``handle`` for pages whose fields may be taken; others are refused or asked about."""

        def inspected(submission: Submission) -> Answer:
            confirmed = bool(submission.many(Block.CONFIRM))
            try:
                found = self._guarded(_typed(submission), confirmed=confirmed)
            except Identifying as identifying:
                return Errors(identifying.problems)
            except Doubtful as doubtful:
                return Show(asked_again(submission.view, submission.values, doubtful.problems))
            return handle(replace(submission, confirmed=found))

        return inspected

    def shortcut(self, handle: Callable[[Shortcut], Answer]) -> Callable[[Shortcut], Answer]:
        """``handle`` for shortcuts, with what the guard found taken out of the message."""

        def inspected(shortcut: Shortcut) -> Answer:
            text = shortcut.message.get(_TEXT)
            if not isinstance(text, str):
                return handle(shortcut)
            guard = self._office.programme().guard
            found = guard.inspect(words(text)).categories
            if not found:
                return handle(shortcut)
            self._office.noticed("redacted", found)
            redacted = html.escape(guard.redact(words(text)), quote=False)
            return handle(replace(shortcut, message={**shortcut.message, _TEXT: redacted}))

        return inspected

    def _guarded(self, typed: Mapping[str, object], *, confirmed: bool) -> tuple[Category, ...]:
        try:
            found = guarded(self._office.programme(), typed, confirmed=confirmed)
        except Identifying as identifying:
            self._office.noticed("refused", identifying.categories)
            raise
        except Doubtful as doubtful:
            self._office.noticed("asked", doubtful.categories)
            raise
        self._office.noticed("confirmed", found)
        return found


def _confirmation(text: str) -> tuple[str, bool]:
    """The text without ``confirm:not-patient``, and whether that was there."""
    given = {found[1] for found in _CONFIRM.finditer(text)}
    if given - {NOT_PATIENT}:
        raise Refused("bad_confirm", f"What can be confirmed is `confirm:{NOT_PATIENT}`.")
    return _CONFIRM.sub("", text), bool(given)


def _typed(submission: Submission) -> dict[str, list[str]]:
    """What was typed, by input block; what was chosen is ours."""
    return {
        block: [value for state in elements.values() if isinstance(value := state.get("value"), str)]
        for block, elements in submission.values.items()
    }

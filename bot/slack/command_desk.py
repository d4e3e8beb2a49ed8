"""The entrance of ``/burst``: which word is meant, which burst it is about, and who answers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from bot.operations import reading
from bot.operations.office import Office
from bot.slack.answers import Answer, Say
from bot.slack.command_text import Line, parse
from bot.slack.exchange import asked
from bot.slack.requests import Command
from bot.slack.views.help import unknown

CommandHandler: TypeAlias = Callable[[Office, Line], Answer]

OPEN = "open"


class CommandDesk:
    """Answers slash commands with the handlers of ``commands``, by word.

    Bare ``/burst`` opens "Raise a blocker"; a word that nobody knows is answered with the nearest ones.
    """

    def __init__(self, commands: Mapping[str, CommandHandler], office: Office) -> None:
        self._commands = commands
        self._office = office

    def __call__(self, command: Command) -> Answer:
        """Answer one command. Raises ``Refused`` as its handler does."""
        line = parse(command)
        handler = self._commands.get(line.word or OPEN)
        if handler is None:
            return Say(unknown(line.word))
        return handler(self._office, self._placed(line))

    def _placed(self, line: Line) -> Line:
        """The line with the burst of the channel it was written in, when it names none itself."""
        if line.burst_id is not None:
            return line
        here = reading.burst_in(self._office, asked(line), line.command.channel)
        return replace(line, burst_id=here)

"""The programme: the whole configuration of a hospital, in one YAML file over a shipped imaging default.

``load`` gives the programme in force or every problem of its file; ``examine`` and ``check`` tell problems and gaps;
``starter`` is a file to begin with.
"""

from bot.programme.loading import Ask, Examined, check, examine, load, starter
from bot.programme.programme import Channels, Programme

__all__ = ["Ask", "Channels", "Examined", "Programme", "check", "examine", "load", "starter"]

"""The command line: ``burst``."""

from bot.cli.main import main

__all__ = ["main"]

"""The key of a burst as an argument of a command."""

import re

import click

_KEY = re.compile(r"(?:BURST-)?([1-9][0-9]{0,8})", re.IGNORECASE | re.ASCII)


class BurstKey(click.ParamType[int]):
    """``BURST-42`` or ``42``."""

    name = "key"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The burst's number."""
        found = _KEY.fullmatch(str(value))
        if found is None:
            self.fail(f"'{value}' is no key; a key is BURST-42.", param, ctx)
        return int(found[1])

"""What a burst's channel is called."""

import re

from bot.taskforce.burst import Burst

NAME_LIMIT = 80  # docs.slack.dev, conversations.create
SUFFIXES = ("", *(f"-{number}" for number in range(2, 10)))


def channel_names(burst: Burst) -> tuple[str, ...]:
    """The names to try, in order: ``burst-42-dicom-mapping-ngh``, then the same with -2, -3 and so on to -9.

    Never made from anything that a person typed: a channel's name is not a place for it.
    """
    site = burst.sites[0] if len(burst.sites) == 1 else "multi"
    name = re.sub(r"[^a-z0-9]+", "-", f"burst-{burst.id}-{burst.family}-{site}".lower()).strip("-")
    return tuple(name[: NAME_LIMIT - len(suffix)].rstrip("-") + suffix for suffix in SUFFIXES)

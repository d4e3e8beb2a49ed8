"""Who is in the user groups that the programme names, as Slack last told. Kept as settings: there are few."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from storage.settings import Settings

_NAME = "user_group:{}"


class Groups:
    """The user groups of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._settings = Settings(connection)

    def get(self, group: str) -> tuple[str, ...]:
        """The users of a group, none while it is not known."""
        kept = self._settings.get(_NAME.format(group))
        return tuple(json.loads(kept)) if kept is not None else ()

    def put(self, group: str, users: Iterable[str]) -> None:
        """Keep who is in a group now, each once, in the order given."""
        self._settings.put(_NAME.format(group), json.dumps(list(dict.fromkeys(users))))

"""The cast: the programme's people at their Slack clients, by handle and by role."""

from collections.abc import Sequence

from bot.demo.policy_time import PolicyTime
from bot.programme import Programme
from bot.sandbox.client import Person, SandboxClient


class Cast:
    """Everybody of the workspace. Raises ``KeyError`` for somebody who is not there."""

    def __init__(self, slack: SandboxClient, programme: Programme, time: PolicyTime) -> None:
        everybody = slack.people()
        self._by_name = {person.name: person for person in everybody}
        self._by_id = {person.id: person for person in everybody}
        self._programme = programme
        self._time = time

    def __getitem__(self, name: str) -> Person:
        return self._by_name[name]

    def whose(self, user: str) -> Person:
        """The person of that Slack id."""
        return self._by_id[user]

    def filling(self, role: str, sites: Sequence[str]) -> Person:
        """Who is first in line for a role at these sites now."""
        return self._by_id[self._programme.people_for(role, sites, self._time.now())[0]]

    def names(self) -> dict[str, str]:
        """Handles by Slack id."""
        return {person.id: person.name for person in self._by_id.values()}

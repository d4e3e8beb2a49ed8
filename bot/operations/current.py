"""The programme in force, with the people that Slack found for it."""

from threading import Lock

from bot.programme import Programme
from storage import Store, Unit


class Current:
    """The programme in force: ask by calling it. Thread safe.

    Replacing it moves no promise: policies are frozen with their bursts. Whom it names by e-mail or by
    a user group is read from the directory, where Slack's answers and events are kept.
    """

    def __init__(self, programme: Programme, store: Store) -> None:
        self._store = store
        self._changing = Lock()
        self._programme = programme
        self.learn()

    def __call__(self) -> Programme:
        """The programme in force."""
        return self._programme

    def replace(self, programme: Programme) -> None:
        """Use another programme from now on."""
        with self._changing:
            self._programme = self._known(programme)

    def learn(self) -> None:
        """Look again who is behind addresses and user groups, after the directory has changed."""
        with self._changing:
            self._programme = self._known(self._programme)

    def _known(self, programme: Programme) -> Programme:
        with self._store.read() as unit:
            return with_known_people(programme, unit)


def with_known_people(programme: Programme, unit: Unit) -> Programme:
    """The programme with those whom it names by e-mail or by a user group, and without those who are gone from Slack."""
    addresses, groups = programme.people.addresses(), programme.user_groups
    found = unit.directory.by_email(address.casefold() for address in addresses)
    members = {group: unit.groups.get(group) for group in groups}
    return programme.with_people(found, members, unit.directory.deactivated())

"""Having a person's home tab published: when they open it, choose something on it, or did something elsewhere."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot import clock
from bot.operations.office import Office
from bot.taskforce.effects import Effect, EffectKind, home_lane
from storage import Unit
from storage.homes import Home, Outlook
from storage.outbox import Intent

# A tab that nobody opened for so long (policy time) is on no screen any more: it is published when it is opened again.
ON_SCREEN_FOR = timedelta(hours=12)


def open_home(office: Office, key: str, user: str, *, blank: bool) -> None:
    """The person looks at it; ``blank`` when Slack has nothing to show there, whatever was published once.

    A publication that waits already is enough.
    """
    now = clock.now()
    with office.store.write() as unit:
        if unit.inbox.remember(key, "open_home", now):
            before = unit.homes.get(user)
            outlook, drawn = (before.outlook, before.drawn) if before is not None else (Outlook(), None)
            unit.homes.put(Home(user, outlook, None if blank else drawn, now))
            _publish(unit, user, now)


def arrange_home(office: Office, key: str, user: str, arranged: Callable[[Outlook], Outlook]) -> None:
    """The person chose to see it otherwise, as ``arranged`` says; the choice stays until the next one."""
    now = clock.now()
    with office.store.write() as unit:
        if unit.inbox.remember(key, "arrange_home", now):
            before = unit.homes.get(user) or Home(user, Outlook(), None, now)
            unit.homes.put(Home(user, arranged(before.outlook), before.drawn, now))
            _publish(unit, user, now)


def refresh_home(office: Office, key: str, user: str) -> None:
    """The person did something: their tab shows it, if it may be on their screen."""
    now = clock.now()
    with office.store.read() as unit:
        home = unit.homes.get(user)
    if home is None or now - home.opened_at > ON_SCREEN_FOR:
        return
    with office.store.write() as unit:
        if unit.inbox.remember(key, "refresh_home", now):
            _publish(unit, user, now)


def _publish(unit: Unit, user: str, now: datetime) -> None:
    effect = Effect(EffectKind.PUBLISH_HOME, home_lane(user), {"user": user})
    unit.outbox.add((Intent(effect, None, 0),), now=now)

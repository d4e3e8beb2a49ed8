"""Somebody opened the home tab: it is rendered and published by the sender, never while Slack waits."""

from bot import clock
from bot.operations.office import Office
from bot.taskforce.effects import Effect, EffectKind, home_lane
from storage.outbox import Intent


def show_home(office: Office, key: str, user: str) -> None:
    """Intend to publish ``user``'s home tab; a tab that waits already is enough."""
    now = clock.now()
    effect = Effect(EffectKind.PUBLISH_HOME, home_lane(user), {"user": user})
    with office.store.write() as unit:
        if unit.inbox.remember(key, "show_home", now):
            unit.outbox.add((Intent(effect, None, 0),), now=now)

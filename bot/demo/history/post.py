"""The sender's work while history is made: the same deliveries, one after the other and at no rate limit."""

from bot.config import Config
from bot.operations.office import Office
from bot.slack.delivery import Tools
from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import TIERS, Limit, Pacer
from bot.slack.sending.attempt import attempt
from bot.slack.sending.settlement import settle

_HOLDER = "history"
_LANES = 50
_LATER = 4e9  # real seconds, far ahead: what would wait to be tried again is tried now
_UNLIMITED = Limit(1e9, 10**9)


def hurried(settings: Config) -> Gateway:
    """The Web API of a workspace that has no rate limits for now."""
    pacer = Pacer(tiers=dict.fromkeys(TIERS, _UNLIMITED), channel=_UNLIMITED)
    client = web_client(
        settings.bot_token, base_url=settings.slack_api_url, proxy=None, ssl_context=settings.ssl_context()
    )
    return Gateway(client, pacer)


def deliver_everything(office: Office, gateway: Gateway) -> None:
    """Deliver all that may be delivered now, until nothing is left."""
    tools = Tools(gateway, office.store, office.programme, office.bot_user)
    while True:
        with office.store.write() as unit:
            rows = unit.outbox.claim(_HOLDER, _LANES, _LATER)
        if not rows:
            return
        for row in rows:
            settle(office.store, attempt(row, tools, tried=row.fence > 1 or row.attempt > 0))

"""Who we are in Slack: asked at each start, and remembered for a start while Slack is away.

Promises fall due while Slack is down, and a bot that died then must come back to them.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict

import structlog

from bot.errors import TransientFault, UnknownFault
from bot.slack.gateway import Identity
from storage import Store
from storage.settings import OWN_IDENTITY

log = structlog.get_logger(__name__)


def own_identity(store: Store, token: str, ask: Callable[[], Identity]) -> Identity:
    """What ``ask`` says; while Slack cannot be reached, what it said at an earlier start with this ``token``.

    Raises what ``ask`` raises when nothing is remembered, or when Slack refuses.
    """
    mark = hashlib.sha256(token.encode()).hexdigest()
    try:
        found = ask()
    except (TransientFault, UnknownFault) as fault:
        remembered = _remembered(store, mark)
        if remembered is None:
            raise
        log.warning("started_without_slack", code=fault.code)
        return remembered
    kept = {**asdict(found), "scopes": sorted(found.scopes)}
    with store.write() as unit:
        unit.settings.put(OWN_IDENTITY, json.dumps({"token": mark, "identity": kept}))
    return found


def _remembered(store: Store, mark: str) -> Identity | None:
    with store.read() as unit:
        kept = json.loads(unit.settings.get(OWN_IDENTITY) or "{}")
    if kept.get("token") != mark:
        return None  # another token may belong to another workspace
    fields = kept["identity"]
    return Identity(**{**fields, "scopes": frozenset(fields["scopes"])})

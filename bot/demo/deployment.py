"""How a bot of the stories is run: by which way Slack reaches it, and on which database."""

import random
import socket
from dataclasses import dataclass
from typing import Literal

LOOPBACK = "127.0.0.1"
_SECRET = "sandbox-signing-secret"  # noqa: S105 - the sandbox's, and nobody else's
# Below the ports that systems give to outgoing connections, one of which could otherwise take ours
# while the bot is down.
_PORTS = range(20_000, 30_000)


@dataclass(frozen=True, slots=True)
class Deployment:
    """``database_url`` is empty for the SQLite file in the data folder; ``port`` is where Slack posts to in HTTP mode."""

    mode: Literal["socket", "http"] = "socket"
    database_url: str = ""
    port: int = 0

    def settings(self) -> dict[str, str]:
        """What the bot's environment says of it."""
        database = {"BURST_DATABASE_URL": self.database_url} if self.database_url else {}
        secret = (
            {"SLACK_SIGNING_SECRET": _SECRET} if self.mode == "http" else {"SLACK_APP_TOKEN": "xapp-sandbox"}
        )
        return {"BURST_MODE": self.mode, "BURST_HTTP_PORT": str(self.port), **secret, **database}

    def sandbox_options(self) -> tuple[str, ...]:
        """What the sandbox's command line says of it."""
        if self.mode == "socket":
            return ()
        url = f"http://{LOOPBACK}:{self.port}/slack/events"
        return ("--deliver-to", url, "--signing-secret", _SECRET)


USUAL = Deployment()


def over_http(database_url: str = "") -> Deployment:
    """HTTP mode on a port that is free now."""
    return Deployment("http", database_url, _free_port())


def _free_port() -> int:
    for port in random.sample(_PORTS, len(_PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise OSError("no port is free")

"""How one sandbox is started."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.errors import Unreachable


@dataclass(frozen=True)
class SandboxSettings:
    """Where the sandbox listens, what app is installed in it, and how strict it is.

    `deliver_to` switches from Socket Mode to signed HTTP requests to that URL.
    `rate_limit_scale` multiplies Slack's documented rates; None turns rate limits off.
    `retry_waits_for` are the seconds before each of the three repeats of an event that was not
    acknowledged; Slack documents at once, one minute, five minutes.
    `state_file` is written once the sandbox listens: its address and the app's identifiers, as
    JSON, for a process that started it on port 0.
    `clock_file` is where the app reads policy time from, for the page to show and to move it.
    `acknowledge_within` is Slack's deadline of 3 s, for every delivery.
    """

    manifest: Path
    host: str = "127.0.0.1"
    port: int = 8642
    bot_token: str = "xoxb-sandbox"
    app_token: str = "xapp-sandbox"
    signing_secret: str = "sandbox-signing-secret"
    deliver_to: str | None = None
    rate_limit_scale: float | None = 1.0
    seed: Path | None = None
    state_file: Path | None = None
    clock_file: Path | None = None
    retry_waits_for: tuple[float, ...] = (0.0, 60.0, 300.0)
    acknowledge_within: float = 3.0

    def require_loopback(self) -> None:
        """Raise `Unreachable` unless the host is a loopback address: the sandbox has no locks."""
        if self.host == "localhost":
            return
        try:
            loopback = ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            loopback = False
        if not loopback:
            raise Unreachable(f"The sandbox listens on loopback addresses only, not on {self.host}.")
